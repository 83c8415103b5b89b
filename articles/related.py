"""What to read after an article: its neighbours by date and related stories."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from math import log2

from articles.lists import shown
from articles.models import Article, Listing
from articles.models.listing import list_tag
from articles.signals import cards_shown
from lib import pagecache

CARDS = 3
"""How many related stories stand below an article; more only where an editor chose more."""
MOST_PICKS = 6
CANDIDATES = 12
"""How many of the newest stories of each tag are considered."""
HALF_LIFE = timedelta(days=90)
"""A story that is so much older is worth half as much: with twice the tags in common it stands level."""

_LINK = re.compile(r'href="[^"]*?/news/([1-9][0-9]{0,17})/')


@dataclass(frozen=True)
class Around:
    previous: Article | None
    """The story before this one in its category, by date."""
    next: Article | None
    related: list[Article]
    """What the editor chose, then what shares most tags with it lately, then the newest of its category."""


def around(article: Article, now: datetime) -> Around:
    """Finds what to read after ``article``, in five queries, and tells the page cache of it.

    No story stands there twice, nor one that the text links to, nor the article itself.
    """
    home = f"category:{article.category_id}"
    tags = [f"tag:{tag.pk}" for tag in article.tags.all()]
    lists = _newest([home, *tags], article.language, now)
    earlier, later = Listing.objects.beside(home, article.language, article.cursor, now)
    if later is not None and later.publish_at > now:
        pagecache.expires(later.publish_at)
        later = None
    beside = {row.article_id for row in (earlier, later) if row}
    taken = {article.pk, *linked_in(article.body), *beside, *article.related}
    ranked = [*_by_shared_tags([lists[key] for key in tags]), *(row.article_id for row in lists[home])]
    wanted = list(islice((pk for pk in dict.fromkeys(ranked) if pk not in taken), CARDS))
    cards = _cards({*wanted, *beside, *article.related}, now)
    picks = [cards[pk] for pk in article.related if pk in cards and pk != article.pk][:MOST_PICKS]
    found = picks + [cards[pk] for pk in wanted if pk in cards][: max(CARDS - len(picks), 0)]
    previous, following = (cards.get(row.article_id) if row else None for row in (earlier, later))
    shown([*found, *filter(None, (previous, following))])
    cards_shown.send(Article, articles=found)
    return Around(previous if previous not in picks else None, following if following not in picks else None, found)


def _newest(keys: list[str], language: str, now: datetime) -> dict[str, list[Listing]]:
    """Returns the newest rows of several lists, in one query."""
    lists: dict[str, list[Listing]] = {key: [] for key in keys}
    for row in Listing.objects.newest_of_each(keys, language, now, CANDIDATES):
        if row.publish_at > now:
            pagecache.expires(row.publish_at)
        else:
            lists[row.key].append(row)
    pagecache.tag(*(list_tag(key, language) for key in keys))
    return lists


def _by_shared_tags(lists: list[list[Listing]]) -> list[int]:
    """Returns the articles of the lists of tags, the best first.

    Each doubling of the tags in common weighs as much as one HALF_LIFE of age. Which of two stories is better does
    therefore not depend on when it is asked, and a page that is stored stays right.
    """
    shared = Counter(row.article_id for rows in lists for row in rows)
    times = {row.article_id: row.publish_at for rows in lists for row in rows}
    worth = {pk: log2(number) + times[pk].timestamp() / HALF_LIFE.total_seconds() for pk, number in shared.items()}
    return sorted(worth, key=lambda pk: (worth[pk], pk), reverse=True)


def linked_in(body: str) -> set[int]:
    """Returns the keys of the articles that a text links to."""
    return {int(pk) for pk in _LINK.findall(body)}


def _cards(keys: set[int], now: datetime) -> dict[int, Article]:
    """Returns those of the articles that readers see, and marks when others will be seen."""
    pagecache.tag(*(f"article:{pk}" for pk in keys))
    found = Article.objects.in_lists().for_cards().in_bulk(keys)
    for each in found.values():
        if each.is_scheduled(now):
            pagecache.expires(each.publish_at)
    return {pk: each for pk, each in found.items() if each.is_live(now)}

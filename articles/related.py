"""What stands around an article: what to read next, and the article in other languages."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from articles.lists import newest_keys, shown
from articles.models import Article
from lib import pagecache

CARDS = 3


@dataclass(frozen=True)
class Around:
    related: list[Article]
    """The newest stories that share a tag with the article, then of its category; never itself."""
    translations: list[Article]


def around(article: Article, now: datetime) -> Around:
    """Finds what stands around ``article``, in two queries, and tells the page cache of it."""
    tags = [f"tag:{tag.pk}" for tag in article.tags.all()]
    category = f"category:{article.category_id}"
    lists = newest_keys([*tags, category], article.language, now=now, size=CARDS + 1)
    wanted = {pk for each in lists.values() for pk in each}
    found = Article.objects.in_lists().for_cards().exclude(pk=article.pk)
    near = {each.pk: each for each in found.filter(Q(pk__in=wanted) | Q(translation_group=article.translation_group))}
    tagged = [near[pk] for pk in {pk for key in tags for pk in lists[key]} if pk in near]
    by_date = sorted(tagged, key=lambda each: each.cursor, reverse=True)
    rest = [near[pk] for pk in lists[category] if pk in near and near[pk] not in tagged]
    related = [*by_date, *rest][:CARDS]
    shown(related)
    return Around(related, _translations(article, list(near.values()), now))


def _translations(article: Article, near: list[Article], now: datetime) -> list[Article]:
    pagecache.tag(f"translations:{article.translation_group}")
    others = [each for each in near if each.translation_group == article.translation_group]
    for each in others:
        pagecache.expires(each.publish_at if each.is_scheduled(now) else each.unpublish_at)
    return [each for each in others if each.is_live(now)]

"""Lists by date, paged by a cursor: page 1,000 costs what page 1 costs, and nothing shifts when a story arrives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from articles.models import Article, Listing
from articles.models.listing import Cursor, list_tag
from lib import pagecache

PAGE_SIZE = 20


@dataclass(frozen=True)
class ListPage:
    articles: list[Article]
    older: Cursor | None
    """Where the next page begins; None on the last."""


def list_page(
    key: str,
    language: str,
    *,
    now: datetime,
    before: Cursor | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    size: int = PAGE_SIZE,
    with_text: bool = False,
) -> ListPage:
    """Returns a page of the list ``key`` (see Listing), and tells the page cache what it shows.

    Cards leave out text and names; ``with_text`` brings both, for a feed.
    """
    listed = Article.objects.published(now).listed(key, language, before=before, since=since, until=until)
    found = list((listed.for_page() if with_text else listed.for_cards())[: size + 1])
    articles = found[:size]
    pagecache.tag(list_tag(key, language))
    pagecache.expires(Listing.objects.next_change([key], language, now))
    shown(found)  # the one beyond the page too: it decides whether there is an older page
    if with_text:
        details_shown(articles)
    return ListPage(articles, articles[-1].cursor if len(found) > size else None)


def newest(keys: Sequence[str], language: str, *, now: datetime, size: int) -> dict[str, list[Article]]:
    """Returns cards of the newest articles of several lists, in two queries however many lists there are."""
    ids = newest_keys(keys, language, now=now, size=size)
    cards = Article.objects.published(now).for_cards().in_bulk({pk for each in ids.values() for pk in each})
    shown(cards.values())
    return {key: [cards[pk] for pk in ids[key] if pk in cards] for key in keys}


def newest_keys(keys: Sequence[str], language: str, *, now: datetime, size: int) -> dict[str, list[int]]:
    """Returns the primary keys of the newest articles of several lists, in one query."""
    ids: dict[str, list[int]] = {key: [] for key in keys}
    for row in Listing.objects.newest_of_each(keys, language, now, size):
        if row.publish_at > now:
            pagecache.expires(row.publish_at)
        else:
            ids[row.key].append(row.article_id)
    pagecache.tag(*(list_tag(key, language) for key in keys))
    return ids


def shown(articles: Iterable[Article]) -> None:
    """Tells the page cache that cards of ``articles`` stand on the page."""
    for article in articles:
        pagecache.expires(article.unpublish_at)
        pagecache.tag(f"article:{article.pk}", f"category:{article.category_id}", f"media:{article.hero_id}")


def details_shown(articles: Iterable[Article]) -> None:
    """Tells the page cache that the authors, tags, sources and corrections of ``articles`` stand on the page."""
    for article in articles:
        pagecache.tag(*(f"author:{byline.author_id}" for byline in article.bylines.all()))
        pagecache.tag(*(f"tag:{tag.pk}" for tag in article.tags.all()))
        pagecache.tag(*(f"source:{citation.source_id}" for citation in article.citations.all()))
        for correction in article.corrections.all():
            pagecache.expires(correction.published_at)

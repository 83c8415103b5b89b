"""Lists by date, paged by a cursor: page 1,000 costs what page 1 costs, and nothing shifts when a story arrives."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import get_language

from articles.models import Article, CategoryPin, Listing
from articles.models.category import pins_tag
from articles.models.listing import MICROSECOND, Cursor, list_tag, month_tag
from lib import pagecache
from lib.days import Span, months

PAGE_SIZE = 20


@dataclass(frozen=True)
class ListPage:
    articles: list[Article]
    is_first: bool = True
    newer: Cursor | None = None
    """Where the page before this one begins; None when that is the first one."""
    older: Cursor | None = None
    """Where the next page begins; None on the last."""

    @property
    def is_thin(self) -> bool:
        """Whether the whole list has too few stories to be worth a search engine's while."""
        return self.is_first and self.older is None and len(self.articles) < settings.THIN_LIST

    def without(self, others: Collection[Article]) -> "ListPage":
        """Returns this page without what stands elsewhere on it already."""
        return replace(self, articles=[article for article in self.articles if article not in others])


def list_page(
    key: str,
    language: str,
    *,
    now: datetime,
    before: Cursor | None = None,
    span: Span | None = None,
    size: int = PAGE_SIZE,
    with_text: bool = False,
) -> ListPage:
    """Returns a page of the list ``key`` (see Listing), and tells the page cache what it shows.

    ``span`` is for all news only. Cards leave out text and names; ``with_text`` brings both, for a feed.
    """
    listed = Article.objects.published(now).listed(key, language, before=before, span=span)
    found = list((listed.for_page() if with_text else listed.for_cards())[: size + 1])
    articles = found[:size]
    _list_shown(key, language, span, now)
    shown(found)  # the one beyond the page too: it decides whether there is an older page
    if with_text:
        details_shown(articles)
    return ListPage(
        articles,
        is_first=before is None,
        newer=_newer(key, language, articles[0].cursor, span, now, size) if before and articles else None,
        older=articles[-1].cursor if len(found) > size else None,
    )


def _list_shown(key: str, language: str, span: Span | None, now: datetime) -> None:
    """Tells the page cache that a list, or all news of a span of time, stands on the page."""
    if span is None:
        pagecache.tag(list_tag(key, language))
    else:
        pagecache.tag(*month_tags(localdate(span.since), localdate(span.until - MICROSECOND), language))
    if span is None or span.until > now:
        pagecache.expires(Listing.objects.next_change([key], language, now))


def tell_lists(key: str, now: datetime) -> None:
    """Tells the page cache that the page hangs on whether a list has stories, in any language."""
    for code, _name in settings.LANGUAGES:
        _list_shown(key, code, None, now)
    pagecache.expires(Listing.objects.next_disappearance(now))


def month_tags(first: date, last: date, language: str) -> set[str]:
    """Returns the page cache's names for all news of the months from that of ``first`` to that of ``last``."""
    return {month_tag(month, language) for month in months(first, last)}


def _newer(key: str, language: str, first: Cursor, span: Span | None, now: datetime, size: int) -> Cursor | None:
    """Returns where the page begins that ends right before ``first``; None if that is the first page."""
    rows = Listing.objects.live(key, language, now).after(first)
    if span is not None:
        rows = rows.filter(publish_at__lt=span.until)
    beyond = rows.order_by("publish_at", "article_id").values_list("publish_at", "article_id")[size : size + 1]
    return next((Cursor(*each) for each in beyond), None)


def also_in(key: str, *, now: datetime) -> list[str]:
    """Returns the other languages of the site in which a list has stories, and tells the page cache of it."""
    return [code for code, _name in settings.LANGUAGES if code != get_language() and _has_stories(key, code, now)]


def _has_stories(key: str, language: str, now: datetime) -> bool:
    oldest = Listing.objects.live(key, language, now).order_by("publish_at", "article_id").first()
    if oldest is None:
        _list_shown(key, language, None, now)
        return False
    # One story proves it. The oldest stays longest: what is published in that language leaves this page alone.
    pagecache.tag(f"article:{oldest.article_id}")
    pagecache.expires(oldest.unpublish_at)
    return True


def pinned(category: int, language: str, *, now: datetime) -> list[Article]:
    """Returns cards of what is held on top of a category, in one query, and tells the page cache of it."""
    pins = CategoryPin.objects.holding(now).filter(category=category, article__language=language)
    held = pins.select_related("article__category", "article__hero").defer("article__body")
    pagecache.tag(pins_tag(category))
    shown(pin.article for pin in held)
    for pin in held:
        pagecache.expires(pin.until)
        pagecache.expires(pin.article.publish_at)
    return [pin.article for pin in held if pin.article.is_live(now)][: CategoryPin.MOST]


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

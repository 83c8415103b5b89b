"""What search engines may read: month by month, the news of the last two days, and the lists worth a visit.

The protocol: https://www.sitemaps.org/protocol.html (50,000 addresses a file; ours have fewer, so that one renders
in a moment). News: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import CharField, Count, Func, Max, Q
from django.utils import timezone, translation

from articles.models import Article, Author, Category, Listing, Tag
from articles.models.article import ArticleQuerySet
from articles.models.listing import list_tag, month_tag
from lib import pagecache

MOST = 10_000
"""Addresses in a file."""
NEWS = timedelta(days=2)
MOST_NEWS = 1_000
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True)
class Month:
    first: date
    stories: int
    changed: datetime

    @property
    def parts(self) -> list[str]:
        """The names of its files: ``2026-11``, ``2026-11-2``…"""
        return part_names(f"{self.first:%Y-%m}", self.stories)


@dataclass(frozen=True)
class Place:
    """A page that is no article, and when what it shows changed last, where that is known."""

    address: str
    modified_at: datetime | None = None

    def get_absolute_url(self) -> str:
        return self.address


def part_names(stem: str, entries: int) -> list[str]:
    """Returns the names of the files that hold so many entries: none for none."""
    names = [stem, *(f"{stem}-{number}" for number in range(2, -(-entries // MOST) + 1))]
    return names if entries else []


class MonthOf(Func):
    """The month of a moment in Greenwich, as ``2026-11``. Django's own would call Python for each row on SQLite."""

    output_field = CharField()
    template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM')"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="substr(%(expressions)s, 1, 7)", **context)


def _indexed(now: datetime) -> ArticleQuerySet:
    """Articles that search engines may show."""
    return Article.objects.published(now).filter(noindex=False)


def months(now: datetime) -> list[Month]:
    """Returns each month that has stories, the newest first."""
    _tag_lists(now)
    rows = _indexed(now).annotate(month=MonthOf("publish_at")).order_by("-month").values("month")
    found = rows.annotate(stories=Count("pk"), changed=Max("modified_at")).values_list("month", "stories", "changed")
    return [Month(date.fromisoformat(f"{month}-01"), stories, changed) for month, stories, changed in found]


def in_month(month: date, part: int, now: datetime) -> list[Article]:
    """Returns what stands in one file of a month, the oldest first, so that a full file changes no more.

    Raises OverflowError or ValueError for a month at the edge of the calendar.
    """
    since = datetime(month.year, month.month, 1, tzinfo=UTC)
    until = datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=UTC)
    listed = Listing.objects.filter(publish_at__gte=since, publish_at__lt=until)
    # A month in Greenwich begins or ends within another one of the site's own zone.
    days = {timezone.localdate(since), timezone.localdate(until - timedelta(seconds=1))}
    for language in LANGUAGES:
        pagecache.tag(*(month_tag(day, language) for day in days))
        pagecache.expires(listed.next_change(["all"], language, now))
    pagecache.expires(listed.next_disappearance(now))
    found = _indexed(now).filter(publish_at__gte=since, publish_at__lt=until).select_related("hero")
    wanted = found.only("language", "slug", "modified_at", "publish_at", "canonical_url", "hero__file")
    stories = wanted.order_by("publish_at", "pk")[(part - 1) * MOST : part * MOST]
    return [each for each in stories if not each.canonical_url]  # what was printed elsewhere first is found there


def news(now: datetime) -> list[Article]:
    """Returns the news of the last two days in every language, the newest first; no advertisements."""
    _tag_lists(now)
    recent = _indexed(now).filter(publish_at__gte=now - NEWS, canonical_url="", sponsor_name="")
    wanted = ("language", "slug", "title", "lead", "publish_at", "hero__file")
    newest = list(recent.select_related("hero").only(*wanted).order_by("-publish_at", "-pk")[:MOST_NEWS])
    for oldest in newest[-1:]:
        pagecache.expires(oldest.cursor.publish_at + NEWS)
    return newest


def lists(now: datetime) -> list[Place]:
    """Returns the pages of categories and authors that have stories, in every language."""
    _tag_lists(now)
    pagecache.tag("categories", "authors")
    changed = _last_stories("category:", now) | _last_stories("author:", now)
    found: list[Category | Author] = [*Category.objects.shown(), *Author.objects.filter(binned_at=None)]
    return _places([(f"{each._meta.model_name}:{each.pk}", each) for each in found], changed)


def tags(now: datetime) -> list[Place]:
    """Returns the pages of tags with enough stories to be worth a visit, in every language."""
    _tag_lists(now)
    pagecache.tag("tags")
    changed = _last_stories("tag:", now, at_least=settings.THIN_LIST)
    return _places([(f"tag:{each.pk}", each) for each in Tag.objects.all()], changed)


def _places(
    found: list[tuple[str, Category | Author]] | list[tuple[str, Tag]], changed: dict[tuple[str, str], datetime]
) -> list[Place]:
    places: list[Place] = []
    for language in LANGUAGES:
        with translation.override(language):
            here = [(each, changed[key, language]) for key, each in found if (key, language) in changed]
            places += [Place(each.get_absolute_url(), at) for each, at in here]
    return places


def _last_stories(prefix: str, now: datetime, at_least: int = 1) -> dict[tuple[str, str], datetime]:
    """Returns when the newest story came to each list that has ``at_least`` so many: by key and language."""
    # A range instead of LIKE, which no index of SQLite answers with case in mind.
    listed = Listing.objects.filter(key__gte=prefix, key__lt=f"{prefix[:-1]};", publish_at__lte=now)
    still = listed.filter(Q(unpublish_at=None) | Q(unpublish_at__gt=now)).values("key", "language").order_by()
    rows = still.annotate(stories=Count("pk"), changed=Max("publish_at")).filter(stories__gte=at_least)
    return {(key, language): changed for key, language, changed in rows.values_list("key", "language", "changed")}


def _tag_lists(now: datetime) -> None:
    """Tells the page cache that the page changes with every publication."""
    for language in LANGUAGES:
        pagecache.tag(list_tag("all", language))
        pagecache.expires(Listing.objects.next_change(["all"], language, now))
    pagecache.expires(Listing.objects.next_disappearance(now))

"""One narrow table that serves every list by date."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Self

from django.db import connections, models
from django.db.models import Q
from django.utils import timezone

from lib.days import Span

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, order=True)
class Cursor:
    """A place in a list: the time and key of the last article that was shown."""

    publish_at: datetime
    article: int

    def __str__(self) -> str:
        return f"{(self.publish_at - EPOCH) // MICROSECOND}-{self.article}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads what ``str`` wrote. Raises ValueError for anything else."""
        match = re.fullmatch(r"([0-9]{1,18})-([0-9]{1,18})", text)
        if match is None:
            raise ValueError("not a cursor")
        try:
            return cls(EPOCH + int(match[1]) * MICROSECOND, int(match[2]))
        except OverflowError as error:
            raise ValueError("a time that no calendar has") from error


class ListingQuerySet(models.QuerySet["Listing"]):
    def next_change(self, keys: Collection[str], language: str, now: datetime) -> datetime | None:
        """Returns the next moment at which a scheduled article joins one of the lists, if there is one."""
        coming = self.filter(key__in=keys, language=language, publish_at__gt=now)
        change: datetime | None = coming.aggregate(next=models.Min("publish_at"))["next"]
        return change

    def next_disappearance(self, now: datetime) -> datetime | None:
        """Returns the next moment at which any article goes off by the clock."""
        # Asked of the article, which has an index for it.
        going = self.filter(key="all", article__unpublish_at__gt=now)
        change: datetime | None = going.aggregate(next=models.Min("article__unpublish_at"))["next"]
        return change

    def live(self, key: str, language: str, now: datetime) -> Self:
        """Rows of a list whose articles anyone may read at ``now``."""
        return self.filter(key=key, language=language, publish_at__lte=now).exclude(unpublish_at__lte=now)

    def after(self, cursor: Cursor) -> Self:
        """Rows that stand before ``cursor`` in a list, which begins with the newest."""
        later = Q(publish_at__gt=cursor.publish_at) | Q(article__gt=cursor.article)
        return self.filter(later, publish_at__gte=cursor.publish_at)

    def days_around(self, language: str, span: Span, now: datetime) -> tuple[date | None, date | None]:
        """Returns the nearest days with news before and after ``span``, each None if there is none."""
        rows = self.filter(key="all", language=language).exclude(unpublish_at__lte=now)
        # One upper bound: of two, SQLite may begin at the later one and read on from there.
        earlier = rows.filter(publish_at__lte=min(now, span.since - MICROSECOND)).order_by("-publish_at", "-article_id")
        later = rows.filter(publish_at__gte=span.until, publish_at__lte=now).order_by("publish_at", "article_id")
        before, after = (each.values_list("publish_at", flat=True).first() for each in (earlier, later))
        return before and timezone.localdate(before), after and timezone.localdate(after)

    def have_news(self, language: str, spans: Sequence[Span], now: datetime) -> list[bool]:
        """Says for each span of time whether it has news, in one query.

        In SQL, since Django cannot say «look once for each»: however many stories a span has, one is read.
        """
        if not spans:
            return []
        moment = connections[self.db].ops.adapt_datetimefield_value
        asked = [[number, moment(span.since), moment(span.until)] for number, span in enumerate(spans)]
        values = [*chain.from_iterable(asked), language, moment(now), moment(now)]
        with connections[self.db].cursor() as cursor:
            cursor.execute(ONE_OF_EACH_SPAN % {"spans": ", ".join(["(%s, %s, %s)"] * len(spans))}, values)
            found = {number for (number,) in cursor.fetchall()}
        return [number in found for number in range(len(spans))]

    def newest_of_each(self, keys: Sequence[str], language: str, now: datetime, size: int) -> list["Listing"]:
        """Returns the ``size`` newest rows of every list, and the row that will join it next, in one query.

        In SQL, since Django cannot say «the first few of each» without reading the lists to their end.
        """
        if not keys:
            return []
        # SQLite compares times as text in Django's format, PostgreSQL takes the value itself.
        moment = connections[self.db].ops.adapt_datetimefield_value(now)
        values = [value for key in keys for value in (key, language, moment, moment, size, key, language, moment)]
        return list(self.raw(" UNION ALL ".join([ONE_LIST] * len(keys)), values))

    def beside(self, key: str, language: str, cursor: Cursor, now: datetime) -> "tuple[Listing | None, Listing | None]":
        """Returns the nearest rows of a list before and after a place in it, in one query.

        What has gone off is passed over. The later one may still be to come.
        """
        to_database = connections[self.db].ops.adapt_datetimefield_value
        at, moment = to_database(cursor.publish_at), to_database(now)
        one_side = [key, language, moment, at, at, cursor.article]
        rows = list(self.raw(BESIDE, [*one_side, *one_side]))
        earlier = [row for row in rows if Cursor(row.publish_at, row.article_id) < cursor]
        later = [row for row in rows if row not in earlier]
        return next(iter(earlier), None), next(iter(later), None)


ONE_LIST = """
    SELECT * FROM (
        SELECT id, key, article_id, publish_at FROM articles_listing
        WHERE key = %s AND language = %s AND publish_at <= %s AND (unpublish_at IS NULL OR unpublish_at > %s)
        ORDER BY publish_at DESC, article_id DESC LIMIT %s
    ) AS newest
    UNION ALL SELECT * FROM (
        SELECT id, key, article_id, publish_at FROM articles_listing
        WHERE key = %s AND language = %s AND publish_at > %s
        ORDER BY publish_at LIMIT 1
    ) AS coming"""

ONE_OF_EACH_SPAN = """
    WITH span (number, since, until) AS (VALUES %(spans)s)
    SELECT number FROM span WHERE (
        SELECT article_id FROM articles_listing
        WHERE key = 'all' AND language = %%s AND publish_at >= since AND publish_at < until
            AND publish_at <= %%s AND (unpublish_at IS NULL OR unpublish_at > %%s)
        ORDER BY publish_at LIMIT 1
    ) IS NOT NULL"""

# The first condition on the time lets the index find its place; the second settles equal times.
BESIDE = """
    SELECT * FROM (
        SELECT id, key, article_id, publish_at FROM articles_listing
        WHERE key = %s AND language = %s AND (unpublish_at IS NULL OR unpublish_at > %s)
          AND publish_at <= %s AND (publish_at < %s OR article_id < %s)
        ORDER BY publish_at DESC, article_id DESC LIMIT 1
    ) AS earlier
    UNION ALL SELECT * FROM (
        SELECT id, key, article_id, publish_at FROM articles_listing
        WHERE key = %s AND language = %s AND (unpublish_at IS NULL OR unpublish_at > %s)
          AND publish_at >= %s AND (publish_at > %s OR article_id > %s)
        ORDER BY publish_at, article_id LIMIT 1
    ) AS later"""


class Listing(models.Model):
    """An article in a list: ``all``, ``category:3``, ``tag:5``, ``author:7``, ``source:2``, ``opinion``.

    A published article stands in its categories and in every category above them. Rows are written by
    ``articles.publishing`` in the same transaction as the publication.
    """

    key = models.CharField(max_length=32)
    language = models.CharField(max_length=2)
    publish_at = models.DateTimeField()
    unpublish_at = models.DateTimeField(null=True)
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="listings")

    objects = ListingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "key"], name="listing_once")]
        indexes = [models.Index(fields=["key", "language", "-publish_at", "-article"], name="listing_by_date")]

    def __str__(self) -> str:
        return f"{self.key}:{self.language} {self.publish_at:%Y-%m-%d %H:%M} {self.article_id}"

    @property
    def cache_tags(self) -> set[str]:
        tags = {list_tag(self.key, self.language)}
        if self.key == "all":
            tags.add(month_tag(timezone.localdate(self.publish_at), self.language))
        return tags


def list_tag(key: str, language: str) -> str:
    """Returns the page cache's name for a list in one language."""
    return f"list:{key}:{language}"


def month_tag(day: date, language: str) -> str:
    """Returns the page cache's name for the news of the month of ``day``: a new story leaves older months alone."""
    return f"month:{day:%Y-%m}:{language}"

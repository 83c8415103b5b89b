"""One narrow table that serves every list by date."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Self

from django.db import connections, models
from django.utils import timezone

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
        change: datetime | None = self.filter(unpublish_at__gt=now).aggregate(next=models.Min("unpublish_at"))["next"]
        return change

    def days_around(
        self, language: str, since: datetime, until: datetime, now: datetime
    ) -> tuple[date | None, date | None]:
        """Returns the nearest days with news before ``since`` and from ``until`` on, each None if there is none."""
        listed = self.filter(key="all", language=language, publish_at__lte=now).exclude(unpublish_at__lte=now)
        times = listed.values_list("publish_at", flat=True)
        before = times.filter(publish_at__lt=since).order_by("-publish_at", "-article_id").first()
        after = times.filter(publish_at__gte=until).order_by("publish_at", "article_id").first()
        return before and timezone.localdate(before), after and timezone.localdate(after)

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
        constraints = [models.UniqueConstraint(fields=["article", "key"], name="listing_once")]
        indexes = [models.Index(fields=["key", "language", "-publish_at", "-article"], name="listing_by_date")]

    def __str__(self) -> str:
        return f"{self.key}:{self.language} {self.publish_at:%Y-%m-%d %H:%M} {self.article_id}"

    @property
    def cache_tag(self) -> str:
        return list_tag(self.key, self.language)


def list_tag(key: str, language: str) -> str:
    """Returns the page cache's name for a list in one language."""
    return f"list:{key}:{language}"

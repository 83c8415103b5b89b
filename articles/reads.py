"""Counts how often articles are read, without a cookie, and without knowing who reads what.

A beacon appends a line to the spool: the key of the article and a mark. A mark is a hash of address, browser,
article and time under a key that is random, changes each day and is deleted when the day is over. So two lines of one
reader on two articles have nothing in common, and after the day nobody can tell whose a mark was.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone

from articles.models import Article, HourlyReads
from lib.daily_key import daily_key, forget_keys
from lib.days import midnight
from lib.spool import Batch, Spool
from lib.spool.draining import drain, known, remember
from lib.visitors import mark, network_of, not_a_reader

logger = logging.getLogger(__name__)

HOURS = 6
"""A browser counts once for an article within a part of the day that is so long."""
SEATS = 32
"""So many browsers of one address count at most: a mobile network has many readers behind it, a flood has one."""
HOURLY = timedelta(days=8)
"""How long counts are kept by the hour; after that by the day."""
ADD_TO_HOURS = """
    INSERT INTO articles_hourlyreads (article_id, hour, number) VALUES (%s, %s, %s)
    ON CONFLICT (article_id, hour) DO UPDATE SET number = articles_hourlyreads.number + excluded.number"""
ADD_TO_DAYS = """
    INSERT INTO articles_dailyreads (article_id, day, number) VALUES (%s, %s, %s)
    ON CONFLICT (article_id, day) DO UPDATE SET number = articles_dailyreads.number + excluded.number"""


@dataclass(frozen=True)
class Read:
    article: int
    at: float
    mark: str
    """What it counts once by: the seat of a reader at an address, for this article and part of the day."""

    @classmethod
    def of(cls, request: HttpRequest, article: int, now: datetime) -> Self:
        """Returns what is kept of a request. Raises OSError if there can be no key of the day."""
        here, browser = timezone.localtime(now), request.headers.get("User-Agent", "")
        key = daily_key(spool_folder(), here.date())
        seat = int(mark(key, browser), 16) % SEATS
        return cls(article, now.timestamp(), mark(key, article, here.hour // HOURS, network_of(request), seat))

    @property
    def key(self) -> str:
        return f"read:{self.mark}"

    @property
    def hour(self) -> datetime:
        return datetime.fromtimestamp(self.at, UTC).replace(minute=0, second=0, microsecond=0)


def spool_folder() -> Path:
    folder: Path = settings.SPOOL_DIR / "reads"
    return folder


def note(request: HttpRequest, article: int, now: datetime) -> None:
    """Appends that ``article`` was read, if a reader asks. A full disk costs the count, never the page."""
    if not_a_reader(request):
        return
    try:
        Spool(spool_folder()).append(asdict(Read.of(request, article, now)))
    except OSError:
        logger.exception("A reader is not counted: the spool takes nothing.")


def count(now: datetime) -> int:
    """Adds what waits in the spool to the counts; returns how many readers that were."""
    forget_keys(spool_folder(), timezone.localdate(now))
    return sum(drain(Spool(spool_folder()), _count, now))


def _count(batch: Batch) -> int:
    reads = _counting(batch)
    public = Article.objects.published().only("pk").in_bulk({read.article for read in reads})
    reads = [read for read in reads if read.article in public]
    until = timedelta(hours=HOURS)
    remember({read.key: datetime.fromtimestamp(read.at, UTC) + until for read in reads})
    add(Counter((read.article, read.hour) for read in reads))
    return len(reads)


def _counting(batch: Batch) -> list[Read]:
    """Returns the reads of ``batch`` that do not count already."""
    told = [read for record in batch.records() if (read := _read(record))]
    counted = known({read.key for read in told})
    new = {read.key: read for read in reversed(told) if read.key not in counted}
    return list(new.values())


def _read(record: dict[str, Any]) -> Read | None:
    """Reads a line of the spool; None if it is not one of ours."""
    try:
        return Read(int(record["article"]), float(record["at"]), str(record["mark"]))
    except (KeyError, TypeError, ValueError):
        return None


def add(hours: Mapping[tuple[int, datetime], int]) -> None:
    """Adds numbers of readers to the counts of articles by the hour."""
    adapt = connection.ops.adapt_datetimefield_value
    _add(ADD_TO_HOURS, [(article, adapt(hour), number) for (article, hour), number in hours.items()])


def _add(query: str, rows: list[tuple[int, Any, int]]) -> None:
    """Sorted, so that two that count do not wait for each other in a circle."""
    with connection.cursor() as cursor:
        cursor.executemany(query, sorted(rows))


@transaction.atomic
def thin(now: datetime) -> None:
    """Sums up by the day what was counted by the hour long ago."""
    old = HourlyReads.objects.filter(hour__lt=midnight(timezone.localdate(now - HOURLY)))
    rows = list(old.select_for_update().order_by("pk"))
    days = Counter[tuple[int, date]]()
    for row in rows:
        days[row.article_id, timezone.localdate(row.hour)] += row.number
    if rows:
        _add(ADD_TO_DAYS, [(article, day.isoformat(), number) for (article, day), number in days.items()])
        old.filter(pk__lte=rows[-1].pk).delete()


def readers_since(moment: datetime, articles: Iterable[Article]) -> dict[int, int]:
    """Returns how many readers each of ``articles`` had since ``moment``, in one query; 0 is left out."""
    read = HourlyReads.objects.filter(article__in=[article.pk for article in articles], hour__gt=moment)
    return dict(read.values_list("article").annotate(Sum("number")))

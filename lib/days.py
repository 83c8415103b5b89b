"""Days and months of the calendar in the time zone of the site."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone


@dataclass(frozen=True)
class Span:
    """A span of time: from ``since`` on, and before ``until``."""

    since: datetime
    until: datetime

    @classmethod
    def of_days(cls, first: date, after: date) -> "Span":
        """Returns the time from the day ``first`` to the day before ``after``.

        Raises ValueError or OverflowError at the edge of the calendar, where a time zone leads out of it.
        """
        span = cls(midnight(first), midnight(after))
        for moment in (span.since, span.until):
            moment.astimezone(UTC)  # what a database is asked
        return span


def midnight(day: date) -> datetime:
    """Returns the aware moment at which ``day`` begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


def midnight_after(moment: datetime) -> datetime:
    """Returns the aware moment at which the day of ``moment`` is over."""
    return midnight(timezone.localtime(moment).date() + timedelta(days=1))


def month_after(first: date) -> date:
    """Returns the first day of the next month. Raises ValueError after the last month of the calendar."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def months(first: date, last: date) -> Iterator[date]:
    """Yields the first day of every month from that of ``first`` to that of ``last``."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = month_after(month)

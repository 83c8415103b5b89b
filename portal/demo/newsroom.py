"""When a newsroom publishes: busy mornings, quiet evenings, hardly anything on a Sunday."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import count

WEEKDAY = ("07:10", "07:55", "08:40", "09:05", "09:50", "10:35", "11:20", "12:40", "14:05", "15:30", "17:15", "19:20")
SATURDAY = ("09:15", "10:40", "12:05", "14:30", "17:50", "20:10")
SUNDAY = ("10:20", "13:45", "18:05")
FRESH = (timedelta(minutes=12), timedelta(minutes=47))
"""However quiet the hour, a newsroom at work has just published something."""


def times_before(now: datetime) -> Iterator[datetime]:
    """Yields the times at which stories came out, the latest first, without an end; ``now`` is local time."""
    yield from (now - ago for ago in FRESH)
    latest = now - FRESH[-1] * 2
    for days in count():
        day = (now - timedelta(days=days)).date()
        for hour in reversed(_hours(day.weekday())):
            moment = datetime.combine(day, time.fromisoformat(hour), now.tzinfo)
            # Minutes differ from day to day, as people do.
            moment += timedelta(minutes=(days * 7 + moment.hour * 3) % 11)
            if moment < latest:
                yield moment


def _hours(weekday: int) -> tuple[str, ...]:
    return {5: SATURDAY, 6: SUNDAY}.get(weekday, WEEKDAY)

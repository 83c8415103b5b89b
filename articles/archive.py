"""The archive by the calendar: which days, months and years have news.

It costs a look into one index for each day or month that is asked for, however many stories they have.
"""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import get_format
from django.utils.timezone import localdate

from articles.lists import month_tags
from articles.models import Listing
from articles.models.listing import list_tag
from lib import pagecache
from lib.days import Span, month_after

FAR = 366
"""Days between neighbours with news beyond which a page keeps an eye on all news instead of every month between."""


@dataclass(frozen=True)
class Place:
    """A day or a month (its first day) of the calendar."""

    date: date
    has_news: bool


@dataclass(frozen=True)
class Year:
    number: int
    months: list[Place]


@dataclass(frozen=True)
class Neighbours:
    """The nearest days with news before and after a span of time, each None if there is none."""

    before: date | None
    after: date | None


def weekdays() -> list[date]:
    """Returns a date of each day of the week, in the order of the active language."""
    first = _first_weekday()
    return [date(2024, 1, 1 + (first + number) % 7) for number in range(7)]  # which began on a Monday


def _first_weekday() -> int:
    """Returns the first day of the week as Python counts them, from Monday; Django counts from Sunday."""
    return (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7


def calendar(month: date, language: str, now: datetime) -> list[list[Place | None]]:
    """Returns the weeks of the month that begins with ``month``; None stands for days of other months."""
    weeks = Calendar(_first_weekday()).monthdatescalendar(month.year, month.month)
    days = [day for week in weeks for day in week if day.month == month.month]
    places = _places([(day, Span.of_days(day, _day_after(day))) for day in days], language, now)
    return [[places.get(day) for day in week] for week in weeks]


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def year(number: int, language: str, now: datetime) -> Year:
    """Returns the months of a year."""
    return years(number, number, language, now)[0]


def years(first: int, last: int, language: str, now: datetime) -> list[Year]:
    """Returns the years from ``last`` back to ``first`` with their months, in one query."""
    starts = [date(number, month, 1) for number in range(first, last + 1) for month in range(1, 13)]
    places = _places([(start, Span.of_days(start, month_after(start))) for start in starts], language, now)
    return [
        Year(number, [places[start] for start in starts if start.year == number])
        for number in range(last, first - 1, -1)
    ]


def _places(spans: list[tuple[date, Span]], language: str, now: datetime) -> dict[date, Place]:
    """Looks which of ``spans`` have news, and tells the page cache so."""
    pagecache.tag(*month_tags(spans[0][0], spans[-1][0], language))
    if spans[-1][1].until > now:
        pagecache.expires(Listing.objects.next_change(["all"], language, now))
    pagecache.expires(Listing.objects.next_disappearance(now))
    found = Listing.objects.have_news(language, [span for _day, span in spans], now)
    return {day: Place(day, has_news) for (day, _span), has_news in zip(spans, found, strict=True)}


def neighbours(span: Span, language: str, now: datetime) -> Neighbours:
    """Returns the days with news around ``span``, and tells the page cache of what decides that.

    Stands beside a calendar, which tells it already of the next story that goes off.
    """
    before, after = Listing.objects.days_around(language, span, now)
    if before and after and (after - before).days < FAR:
        pagecache.tag(*month_tags(before, after, language))
    else:
        pagecache.tag(list_tag("all", language))
    if after is None:  # a scheduled story comes after every one that readers see
        pagecache.expires(Listing.objects.next_change(["all"], language, now))
    return Neighbours(before, after)


def whole(language: str, now: datetime) -> list[Year]:
    """Returns every year from the first to the last one with news, the newest first."""
    pagecache.tag(list_tag("all", language))
    live = Listing.objects.live("all", language, now).values_list("publish_at", flat=True)
    first, last = live.order_by("publish_at").first(), live.order_by("-publish_at").first()
    if first is None or last is None:
        pagecache.expires(Listing.objects.next_change(["all"], language, now))
        return []
    found = years(localdate(first).year, localdate(last).year, language, now)
    return [each for each in found if any(month.has_news for month in each.months)]

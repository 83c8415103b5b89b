"""Pages of the archive: every year, a year, a month, a day. A month and a day are lists of stories too."""

from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import archive
from articles.list_pages import list_response
from lib.days import Span, month_after
from lib.pagecache import cached_page


@require_safe
@cached_page
def every_year(request: HttpRequest) -> HttpResponse:
    context = {"title": _("Archive"), "years": archive.whole(str(get_language()), timezone.now())}
    return TemplateResponse(request, "articles/archive.html", context)


@require_safe
@cached_page
def year(request: HttpRequest, year: int) -> HttpResponse:
    first = _day(year)
    span = _span(first, _day(year + 1))
    now, language = timezone.now(), str(get_language())
    found = archive.year(year, language, now)
    if not any(month.has_news for month in found.months):
        raise Http404("a year without news")
    context = {
        "title": _("News of %d") % year,
        "year": found,
        "around": archive.neighbours(span, language, now),
    }
    return TemplateResponse(request, "articles/year.html", context)


@require_safe
@cached_page
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    first = _day(year, month)
    span = _span(first, month_after(first))
    now = timezone.now()
    context = _calendar(first, now) | {
        "title": date_format(first, "F Y"),
        "around": archive.neighbours(span, str(get_language()), now),
    }
    return list_response(request, "all", "articles/month.html", context, now=now, span=span, may_be_empty=False)


@require_safe
@cached_page
def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    wanted = _day(year, month, day)
    span = _span(wanted, date.fromordinal(wanted.toordinal() + 1))
    now = timezone.now()
    context = _calendar(wanted.replace(day=1), now) | {
        "title": date_format(wanted, "j E Y"),
        "day": wanted,
        "around": archive.neighbours(span, str(get_language()), now),
    }
    return list_response(request, "all", "articles/day.html", context, now=now, span=span)


def _calendar(first: date, now: datetime) -> dict[str, object]:
    weeks = archive.calendar(first, str(get_language()), now)
    has_news = any(place and place.has_news for week in weeks for place in week)
    # A month without news has no page, so nothing leads there.
    return {"month": first if has_news else None, "weekdays": archive.weekdays(), "weeks": weeks}


def _day(year: int, month: int = 1, day: int = 1) -> date:
    """Returns a day of the calendar. Raises Http404 where there is none."""
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Http404(str(error)) from error


def _span(first: date, after: date) -> Span:
    """Returns the time between two days. Raises Http404 at the edge of the calendar."""
    try:
        return Span.of_days(first, after)
    except (ValueError, OverflowError) as error:
        raise Http404(str(error)) from error

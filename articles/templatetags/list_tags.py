"""Tags of lists: their days, and the calendar beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import structured
from articles.models import Article, Author, Category
from lib import pagecache
from lib.days import midnight, midnight_after
from lib.jsonld import json_ld

register = template.Library()

WEEKDAYS = [
    gettext_lazy("Mo"),
    gettext_lazy("Tu"),
    gettext_lazy("We"),
    gettext_lazy("Th"),
    gettext_lazy("Fr"),
    gettext_lazy("Sa"),
    gettext_lazy("Su"),
]


@dataclass(frozen=True)
class DayOfNews:
    date: date
    title: str
    """Today, yesterday, 12 August; with the year when it is another one."""
    articles: list[Article]


@register.simple_tag
def by_day(articles: Iterable[Article]) -> list[DayOfNews]:
    """``{% by_day page.articles as days %}``: articles of a list under their days, in the order of the list."""
    days = groupby(articles, lambda article: timezone.localdate(article.publish_at))
    return [DayOfNews(day, _day_in_words(day), list(found)) for day, found in days]


def _day_in_words(day: date) -> str:
    """Names a day as people do, and lets the page expire when it is called otherwise."""
    now = timezone.localtime()
    today = now.date()
    if day >= today - timedelta(days=1):
        pagecache.expires(midnight_after(now))
        return _("Today") if day == today else _("Yesterday")
    if day.year == today.year:
        pagecache.expires(midnight(date(today.year + 1, 1, 1)))
        return date_format(day, "MONTH_DAY_FORMAT")
    return date_format(day, "j E Y")


@register.filter
def weekday(day: date) -> str:
    """``{{ day|weekday }}``: the day of the week in two letters, as calendars have it."""
    return str(WEEKDAYS[day.weekday()])


@register.filter
def without_scheme(address: str) -> str:
    """``{{ source.url|without_scheme }}``: an address as people write it, t.me/zarechye."""
    return address.partition("://")[2].rstrip("/") or address


@register.filter
def initials(author: Author) -> str:
    """``{{ author|initials }}``: what stands in place of a photo."""
    return "".join(word[0] for word in str(author).split()[:2])


@register.simple_tag
def profile_json_ld(author: Author) -> SafeString:
    """``{% profile_json_ld author %}``: the author for search engines."""
    return json_ld(structured.profile(author))


@register.simple_tag
def category_json_ld(home: str, above: list[Category], category: Category) -> SafeString:
    """``{% category_json_ld site.name above category %}``: the way from the front page to a category."""
    steps = [(str(each), each.get_absolute_url()) for each in (*above, category)]
    return json_ld(structured.breadcrumbs([(home, reverse("front")), *steps]))

"""The site's own part of the sitemap, and how the whole of it is divided into files."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from articles import sitemaps
from articles.models import Article
from articles.sitemaps import Place
from lib import pagecache
from portal.models import Page

ALWAYS_THERE = ("front", "articles:latest", "articles:archive", "articles:authors", "articles:corrections")
SECTION = re.compile(r"(?P<name>site|tags|[0-9]{4}-[0-9]{2})(?:-(?P<part>[1-9][0-9]{0,3}))?")


@dataclass(frozen=True)
class File:
    """A file of the sitemap: its name, and when something in it changed last, where that is known."""

    section: str
    changed: datetime | None = None


def files(now: datetime) -> list[File]:
    """Returns every file of the sitemap, those of the newest months first."""
    tags = sitemaps.part_names("tags", len(sitemaps.tags(now)))
    months = [File(part, month.changed) for month in sitemaps.months(now) for part in month.parts]
    return [File("site"), *map(File, tags), *months]


def entries(section: str, now: datetime) -> list[Article] | list[Place]:
    """Returns what stands in the file ``section``. Raises LookupError if there is no such file."""
    match = SECTION.fullmatch(section)
    if match is None or match["part"] == "1":
        raise LookupError(section)
    name, part = match["name"], int(match["part"] or 1)
    if name not in {"site", "tags"}:
        return _of_month(name, part, now)
    places = _site(now) if name == "site" else sitemaps.tags(now)
    found = places[(part - 1) * sitemaps.MOST : part * sitemaps.MOST]
    if not found:
        raise LookupError(section)
    return found


def _of_month(name: str, part: int, now: datetime) -> list[Article]:
    try:
        found = sitemaps.in_month(date.fromisoformat(f"{name}-01"), part, now)
    except (ValueError, OverflowError) as error:
        raise LookupError(name) from error
    if not found:
        raise LookupError(name)
    return found


def _site(now: datetime) -> list[Place]:
    """Returns the front pages, what lists articles, and the static pages, in every language."""
    pagecache.tag("pages")
    places = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            places += [Place(reverse(name)) for name in ALWAYS_THERE]
    pages = [Place(page.get_absolute_url(), page.modified_at) for page in Page.objects.published()]
    return [*places, *sitemaps.lists(now), *pages]

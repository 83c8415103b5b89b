"""Guesses where visitors wanted to go by an address that nothing answers any more: mostly by its last part."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation

from articles.models import Article, Author, Category, Source, Tag
from lib.slugs import latin_slug
from portal.models import Imported, Page

ENDINGS = re.compile(r"(?:/(?:feed|amp|embed|comment-page-\d+|page/\d+))*/?(?:\.html?)?$", re.IGNORECASE)
"""What stands after the name of a page in addresses of WordPress and others."""
NUMBER = re.compile(r"[?&](?:p|page_id)=([0-9]{1,12})$|^/(?:[a-z]{2}/)?news/([0-9]{1,18})(?:/|$)")
LIKENESS = 0.8
"""How much of an address must agree with that of a story or category for a guess (0 to 1; see difflib)."""
BEGINNING = 12
"""Stories are compared whose addresses begin with the same so many letters."""
MOST_LIKE = 200


@dataclass(frozen=True)
class Lost:
    """An address, and what it is looked for by."""

    path: str

    @property
    def slug(self) -> str:
        last = ENDINGS.sub("", self.path.partition("?")[0]).rpartition("/")[2]
        return latin_slug(re.sub(r"^\d+[-_]|[-_]\d+$", "", last), 200)

    @property
    def language(self) -> str:
        first = self.path.split("/")[1]
        return first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

    @property
    def number(self) -> int:
        found = NUMBER.search(self.path)
        return int(found[1] or found[2]) if found else 0


def guesses(paths: Sequence[str]) -> dict[str, str]:
    """Returns for ``paths`` the addresses where their visitors most likely wanted to go.

    A path of which nothing is known is left out. A handful of queries, however many paths there are.
    """
    lost = [Lost(path) for path in paths]
    named = {**_categories_alike(lost), **_by_likeness(lost), **_by_slug(lost), **_by_number(lost)}
    return {path: address for path, address in named.items() if address and address != path}


def _by_number(lost: Iterable[Lost]) -> dict[str, str]:
    numbers = {each.path: each.number for each in lost if each.number}
    stories = _stories().filter(pk__in=numbers.values()).in_bulk()
    old = Imported.objects.filter(wp_id__in=numbers.values(), kind__in=("article", "page")).exclude(address="")
    known = dict(old.values_list("wp_id", "address")) if numbers else {}
    return {
        path: known.get(number, "") if "?" in path else _address(stories.get(number))
        for path, number in numbers.items()
    }


def _by_slug(lost: Sequence[Lost]) -> dict[str, str]:
    """Stories first, then pages and lists: an address that is older than the site usually led to a story."""
    slugs = {each.slug for each in lost if each.slug}
    if not slugs:
        return {}
    found: dict[str, Any] = {}
    for attribute, things in (
        ("slug", Source.objects.filter(slug__in=slugs, binned_at=None)),
        ("slug", Tag.objects.filter(slug__in=slugs)),
        ("slug", Author.objects.known(timezone.now()).filter(slug__in=slugs)),
        ("slug", Category.objects.shown().filter(slug__in=slugs)),
        ("path", Page.objects.published().filter(path__in=slugs)),
        ("slug", _stories().filter(slug__in=slugs).order_by("publish_at")[:MOST_LIKE]),
    ):
        found |= {getattr(thing, attribute): thing for thing in things}
    return {each.path: _address(found[each.slug], each.language) for each in lost if each.slug in found}


def _categories_alike(lost: Iterable[Lost]) -> dict[str, str]:
    """Compares with every category: there are few, and their short addresses are typed by hand."""
    shown = {category.slug: category for category in Category.objects.shown()}
    alike = {each: get_close_matches(each.slug, shown, 1, LIKENESS) for each in lost}
    return {each.path: _address(shown[slugs[0]], each.language) for each, slugs in alike.items() if slugs}


def _by_likeness(lost: Iterable[Lost]) -> dict[str, str]:
    beginnings = {each.slug[:BEGINNING] for each in lost if len(each.slug) >= BEGINNING}
    if not beginnings:
        return {}
    near = Q()
    for beginning in sorted(beginnings):
        near |= Q(slug__gte=beginning, slug__lt=f"{beginning}{{")  # "{" is what comes after z: an index serves it
    stories = list(_stories().filter(near).order_by("-pk")[:MOST_LIKE])
    return {each.path: _address(_most_like(each.slug, stories)) for each in lost if len(each.slug) >= BEGINNING}


def _most_like(slug: str, stories: Iterable[Article]) -> Article | None:
    likeness = {story: SequenceMatcher(None, slug, story.slug).ratio() for story in stories}
    best = max(likeness, key=likeness.__getitem__, default=None)
    return best if best and likeness[best] >= LIKENESS else None


def _stories() -> Any:
    return Article.objects.published(timezone.now()).only("slug", "language")


def _address(thing: Any, language: str = "") -> str:
    """Returns where readers find ``thing``: a list in the language of the lost address."""
    if thing is None:
        return ""
    with translation.override(language or settings.LANGUAGE_CODE):
        return str(thing.get_absolute_url())

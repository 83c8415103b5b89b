"""A rule about links to pages of our own that are not there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Model
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from articles.checks.rules import Level, Rule, Spot, Subject
from articles.models import Article, Author, Category, Media, Source, Tag
from articles.signals import addresses_asked

MOST = 500
"""More links than this are not looked at."""
MODELS: dict[str, type[Model]] = {
    "category": Category,
    "tag": Tag,
    "author": Author,
    "source": Source,
    "media": Media,
}
_HREF = re.compile(r'<a\b[^>]* href="([^"]*)"')


@dataclass(frozen=True)
class Place:
    """A page of our own: which kind it is, and by what it is found. Nothing to find: it is always there."""

    kind: str = ""
    key: str = ""


def own_path(href: str) -> str | None:
    """Returns the path of a link that leads to our own site; None for one that leads elsewhere."""
    try:
        parts = urlsplit(unescape(href).strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"", "http", "https"}:
        return None
    if not host:
        return unquote(parts.path) if parts.path.startswith("/") and not href.startswith("//") else None
    ours = {urlsplit(settings.BASE_URL).hostname, *(each for each in settings.ALLOWED_HOSTS if "*" not in each)}
    return unquote(parts.path) or "/" if host in ours else None


def place(path: str) -> Place | None:
    """Returns what stands at ``path``, if it could be told by the address alone; None if nothing ever stands there."""
    code = path.split("/")[1] if path.count("/") > 1 else ""
    language = code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    try:
        with override(language):
            found = resolve(path)
    except (Resolver404, ValueError):
        return Place("other", path)
    if path.startswith("/admin/"):
        return None
    kwargs: dict[str, Any] = found.kwargs
    name = found.url_name or ""
    if name in {"article", "article_by_id", "typo"}:
        return Place("article", str(kwargs["pk"]))
    if name.removesuffix("_feed") in {"category", "tag", "author", "source"}:
        return Place(name.removesuffix("_feed"), kwargs.get("path") or kwargs.get("slug") or "")
    if name == "media":
        return Place("media", kwargs["path"].split("/")[0])
    return Place("other", path) if name == "page" else Place()


def missing(paths: Iterable[str], now: datetime, own: Article | None = None) -> set[str]:
    """Returns those of ``paths`` at which readers find nothing; one query for each kind of page.

    ``own`` counts as found although it may not be published: a story may lead to itself.
    """
    places = {path: place(path) for path in paths if "\0" not in path}
    wanted: dict[str, set[str]] = {}
    for each in places.values():
        if each and each.kind:
            wanted.setdefault(each.kind, set()).add(each.key)
    there = {kind: _there(kind, keys, now, own) for kind, keys in wanted.items() if kind != "other"}
    gone = {path for path, each in places.items() if not _is_there(each, there)}
    if gone:
        gone -= {path for _listener, found in addresses_asked.send(Article, paths=gone) for path in found or ()}
    return gone


def _is_there(each: Place | None, there: dict[str, set[str]]) -> bool:
    return each is not None and (not each.kind or each.key in there.get(each.kind, ()))


def _there(kind: str, keys: set[str], now: datetime, own: Article | None) -> set[str]:
    if kind == "article":
        numbers = [key for key in keys if len(key) < 19]
        published = Article.objects.published(now).filter(pk__in=numbers)
        return {str(key) for key in published.values_list("pk", flat=True)} | ({str(own.pk)} if own else set())
    field = {"category": "path", "media": "token"}.get(kind, "slug")
    model = MODELS[kind]
    found: Any = model._default_manager.filter(**{f"{field}__in": keys})
    if hasattr(model, "binned_at"):
        found = found.filter(binned_at=None)
    return set(found.values_list(field, flat=True))


def _broken(subject: Subject) -> Iterator[Spot]:
    hrefs = [(number, href) for number, block in enumerate(subject.blocks) for href in _HREF.findall(block.html)]
    paths = {href: path for _number, href in hrefs[:MOST] if (path := own_path(href)) is not None}
    gone = missing(set(paths.values()), subject.now, subject.article) if paths else set()
    for number, href in hrefs[:MOST]:
        if paths.get(href) in gone:
            yield Spot(_("A link to our own site leads nowhere: %s") % unescape(href)[:120], "body", number)


RULES = (
    Rule(
        "links",
        gettext_lazy("Links within the site"),
        gettext_lazy("Readers who follow it find nothing. A draft or a story to come counts as nothing as well."),
        Level.WARNING,
        _broken,
    ),
)

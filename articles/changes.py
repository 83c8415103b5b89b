"""What differs between two contents of an article, word by word, for the history and for a conflict."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.content import Content
from articles.forms import ContentForm
from articles.models import Article, Author, Category, Media, Source
from lib.html import plain_text

_WORDS = re.compile(r"\S+\s*|\s+")
MAX_WORDS = 8_000
"""Beyond this many words a comparison would take seconds; both texts are shown whole then."""


@dataclass(frozen=True)
class Piece:
    """Words that stand in both texts (``same``), in the old one (``gone``) or in the new one (``new``)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    label: str
    pieces: list[Piece]


def changes(old: Content, new: Content) -> list[Change]:
    """Returns the fields in which ``new`` differs from ``old``, in the order of the form."""
    before, after = _in_words(old), _in_words(new)
    changed = [
        Change(_label(name), list(_pieces(before[name], after[name]))) for name in before if before[name] != after[name]
    ]
    if old.body != new.body and before["body"] == after["body"]:
        changed.append(Change(_label("body"), [Piece("same", _("Only pictures, links or headings differ."))]))
    return changed


def _in_words(content: Content) -> dict[str, str]:
    """Returns the content by fields, as an editor reads it."""
    authors = Author.objects.in_bulk([one.author for one in content.authors])
    sources = Source.objects.in_bulk([one.source for one in content.sources])
    categories = Category.objects.in_bulk([*content.categories, *([content.category] if content.category else [])])
    stories = Article.objects.only("title").in_bulk(content.related)
    told: dict[str, Any] = content.to_json() | {
        "body": plain_text(content.body),
        "category": categories.get(content.category or 0, ""),
        "categories": ", ".join(str(categories[key]) for key in content.categories if key in categories),
        "tags": ", ".join(content.tags),
        "authors": ", ".join(str(authors[one.author]) for one in content.authors if one.author in authors),
        "sources": ", ".join(f"{sources[one.source]} {one.url}" for one in content.sources if one.source in sources),
        "related": ", ".join(str(stories[key]) for key in content.related if key in stories),
        "publish_at": _moment(content.publish_at),
        "unpublish_at": _moment(content.unpublish_at),
        "hero": Media.objects.filter(pk=content.hero or 0).first() or "",
    }
    return {name: _yes_or_no(value) if isinstance(value, bool) else str(value) for name, value in told.items()}


def _moment(written: str) -> str:
    return date_format(localtime(datetime.fromisoformat(written)), "DATETIME_FORMAT") if written else ""


def _yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")


def _label(name: str) -> str:
    rows = {"authors": _("Authors"), "sources": _("Sources"), "related": _("Related stories")}
    return rows.get(name) or str(capfirst(ContentForm.base_fields[name].label))


def _pieces(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) + len(after) > MAX_WORDS and old != new:
        yield from (Piece("gone", old), Piece("new", new))
        return
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", _shortened("".join(before[start:end])))
        else:
            yield from (Piece("gone", "".join(before[start:end])), Piece("new", "".join(after[new_start:new_end])))


def _shortened(text: str, keep: int = 160) -> str:
    """Leaves out the middle of a long stretch that did not change."""
    return text if len(text) <= 2 * keep else f"{text[:keep]} … {text[-keep:]}"

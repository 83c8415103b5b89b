"""Headings with addresses of their own, and the list of them that stands before a long text."""

import re
from typing import NamedTuple

from lib.html import attributes_of, plain_text
from lib.slugs import latin_slug

PREFIX = "h-"
"""Keeps the addresses of headings apart from those of the page's own parts, such as ``#comments``."""

_HEADING = re.compile(r"<(h[2-4])\b([^>]*)>(.*?)</\1>", re.DOTALL)
_ID = re.compile(r'<[^>]* id="([^"]*)"')
_MARK = re.compile(r"<sup\b.*?</sup>", re.DOTALL)


class Heading(NamedTuple):
    id: str
    words: str


def anchored(html: str) -> str:
    """Returns ``html`` with an id on every heading, and a link to itself in it, so that a reader can point there.

    The id is made of the heading's own words, so that it stays when others change; only a heading whose words
    stand above it already is counted. An id that the writer gave stays.
    """
    taken = set(_ID.findall(html))

    def anchor(match: re.Match[str]) -> str:
        tag, attributes, inner = match.groups()
        words = _words(inner)
        if not words:
            return match[0]
        if not (name := attributes_of(attributes).get("id")):
            name = _free(PREFIX + (latin_slug(words, 60) or "part"), taken)
            attributes += f' id="{name}"'
        linked = inner if "<a " in inner or "<sup" in inner else f'<a href="#{name}">{inner}</a>'
        return f"<{tag}{attributes}>{linked}</{tag}>"

    return _HEADING.sub(anchor, html)


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free


def _words(inner: str) -> str:
    return plain_text(_MARK.sub("", inner))


def contents(html: str) -> list[Heading]:
    """Returns the headings of the first order in a rendered body."""
    found = (match.groups() for match in _HEADING.finditer(html) if match[1] == "h2")
    named = (Heading(attributes_of(attributes).get("id", ""), _words(inner)) for _tag, attributes, inner in found)
    return [heading for heading in named if heading.id]

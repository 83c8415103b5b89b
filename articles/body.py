"""The text of an article: which media stand in it, and how it becomes the HTML of a page.

A body is stored clean (see ``lib.html``): a picture is an ``<img>`` that names its media. Only when a page
is rendered does it become a ``<picture>`` with every size, so that texts need no change when sizes do.
"""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from itertools import accumulate

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models import Media
from lib.addresses import absolute
from lib.html import attributes_of

_IMAGE = re.compile(r"""<img((?:\s+[\w-]+(?:="[^"]*")?)*)\s*/?>""")
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_LOCAL = re.compile(r'\b(src|href|poster)="(/[^"]*)"')
_OPENING = re.compile(r"\s*<p\b[^>]*>.*?</p>", re.DOTALL)
_VOID = {"br", "hr", "img", "source", "col", "track", "wbr"}
SIZES = "(min-width: 780px) min(700px, {width}px), min(100vw, {width}px)"
"""How wide a picture in the text is shown: the column of 700 px or the whole phone, never wider than it is."""


def media_in(body: str) -> set[int]:
    """Returns the keys of the media that the pictures of a clean body name."""
    named = (attributes_of(image).get("data-media", "") for image in _IMAGE.findall(body))
    return {int(key) for key in named if key.isascii() and key.isdigit() and len(key) < 19}


def render(body: str, media: Iterable[Media]) -> SafeString:
    """Returns a clean body as it stands on a page; ``media`` are those that ``media_in`` named."""
    known = {str(each.pk): each for each in media}

    def picture(match: re.Match[str]) -> str:
        attributes = attributes_of(match[1])
        found = known.get(attributes.get("data-media", ""))
        if found is None:
            return match[0]
        context = {"media": found, "alt": attributes.get("alt", found.alt), "sizes": SIZES.format(width=found.width)}
        return render_to_string("articles/_body_picture.html", context).strip()

    with_pictures = _IMAGE.sub(picture, body)
    # A wide table scrolls in a region of its own, which the keyboard must reach too (WCAG 2.1.1).
    scrolling = _TABLE.sub(
        rf'<div class="table" tabindex="0" role="group" aria-label="{_("Table")}">\g<0></div>', with_pictures
    )
    return SafeString(scrolling)


def opening(html: str) -> tuple[SafeString, SafeString]:
    """Returns the first paragraph of a rendered body and the rest; the first part is empty if it begins otherwise."""
    begins = _OPENING.match(html)
    end = begins.end() if begins else 0
    return SafeString(html[:end]), SafeString(html[end:])


def split_after(html: str, paragraphs: int) -> tuple[SafeString, SafeString]:
    """Returns a rendered body in two parts, between which something else may stand.

    Both have at least so many paragraphs, and the cut is between two of them: never inside a quote or beside a
    heading or a picture. Where there is no such place, the second part is empty.
    """
    end = next(iter(_Paragraphs(html).gaps(paragraphs)), len(html))
    return SafeString(html[:end]), SafeString(html[end:])


class _Paragraphs(HTMLParser):
    """Finds where the outermost elements of clean HTML end, and which of them are paragraphs."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self._depth = 0
        self._ended: list[tuple[str, int]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._depth += tag not in _VOID

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<br />`` opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1
        if self._depth == 0:
            line, column = self.getpos()
            self._ended.append((tag, self._lines[line - 1] + column + len(f"</{tag}>")))

    def gaps(self, paragraphs: int) -> list[int]:
        """Returns the places between two neighbouring paragraphs, with ``paragraphs`` or more on each side."""
        before = list(accumulate(tag == "p" for tag, _end in self._ended))
        return [
            end
            for (tag, end), (after, _), count in zip(self._ended, self._ended[1:], before, strict=False)
            if tag == after == "p" and paragraphs <= count <= before[-1] - paragraphs
        ]


def for_feed(body: str) -> str:
    """Returns a clean body for readers outside the site: whole addresses, no attributes of ours."""
    whole = _LOCAL.sub(lambda match: f'{match[1]}="{absolute(match[2])}"', body)
    return re.sub(r' data-media="\d+"', "", whole)

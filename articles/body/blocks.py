"""A body as the row of its outermost elements."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from django.utils.safestring import SafeString

from articles.models import Media
from lib.html import attributes_of

Library = dict[str, Media]
"""The media of a text, by the key that ``data-media`` names."""

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*>")
_VOID = {"br", "hr", "img", "source", "col", "track", "wbr"}
_ALONE = re.compile(r"<p(?: [^>]*)?>\s*<a\b([^>]*)>((?:(?!</?(?:a|img|p)\b).)*)</a>(?:\s|&nbsp;|<br>)*</p>", re.DOTALL)


class Block(NamedTuple):
    tag: str
    """Empty for the text between two elements."""
    html: str

    @property
    def is_space(self) -> bool:
        return not self.tag and not self.html.strip()


class Link(NamedTuple):
    attributes: dict[str, str]
    inner: str
    """The clean HTML of its words."""


def trusted(html: str = "") -> SafeString:
    """Returns a part of a body for a template: it was cleaned when it was saved, see ``lib.html.clean``."""
    return SafeString(html)


def outermost(html: str) -> Iterator[Block]:
    """Yields the outermost elements of clean HTML, and the text between them; together they are the whole."""
    depth = begin = 0
    for match in _TAG.finditer(html):
        closes, tag = match.groups()
        if closes:
            depth = max(0, depth - 1)
        elif depth == 0:
            if match.start() > begin:
                yield Block("", html[begin : match.start()])
            begin = match.start()
        depth += not closes and tag not in _VOID
        if depth == 0:
            yield Block(tag, html[begin : match.end()])
            begin = match.end()
    if begin < len(html):
        yield Block("", html[begin:])


def link_alone(block: Block) -> Link | None:
    """Returns the link that ``block`` is, if it is a paragraph that holds nothing else."""
    match = _ALONE.fullmatch(block.html) if block.tag == "p" else None
    return Link(attributes_of(match[1]), match[2].strip()) if match else None


def opening(html: str) -> tuple[SafeString, SafeString]:
    """Returns the first paragraph of a rendered body and the rest; the first part is empty if it begins otherwise."""
    begins = next(((block, end) for block, end in _with_ends(html) if not block.is_space), (Block("", ""), 0))
    end = begins[1] if begins[0].tag == "p" else 0
    return trusted(html[:end]), trusted(html[end:])


def split_after(html: str, paragraphs: int) -> tuple[SafeString, SafeString]:
    """Returns a rendered body in two parts, between which something else may stand.

    Both have at least so many paragraphs, and the cut is between two of them: never inside a quote or beside a
    heading or a picture. Where there is no such place, the second part is empty.
    """
    ended = [
        (block.tag, end)
        for block, end in _with_ends(html)
        if not block.is_space  # the line break between two paragraphs parts nothing
    ]
    before = list(accumulate(tag == "p" for tag, _end in ended))
    gaps = (
        end
        for (tag, end), (after, _), count in zip(ended, ended[1:], before, strict=False)
        if tag == after == "p" and paragraphs <= count <= before[-1] - paragraphs
    )
    cut = next(gaps, len(html))
    return trusted(html[:cut]), trusted(html[cut:])


def _with_ends(html: str) -> Iterator[tuple[Block, int]]:
    end = 0
    for block in outermost(html):
        end += len(block.html)
        yield block, end

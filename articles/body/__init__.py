"""The text of an article: which media stand in it, and how it becomes the HTML of a page.

A body is stored clean and plain (see ``lib.html``), and everything that belongs to a page is added when it is rendered,
so that texts need no change when the pages do:

===============================================  ==================================================================
stored                                           on a page
===============================================  ==================================================================
``<img data-media="7">``                         a picture in every size, with its credit (``pictures``)
``<figure class="gallery">`` with pictures       small pictures that open the large ones (``pictures``)
a paragraph that is only a link to a video       a box that asks before it shows it (``embeds``)
a paragraph that is only a link to a file        a player or a card with its kind and size (``files``)
``<h2>``                                         a heading with an address of its own (``headings``)
``<sup class="footnote">words</sup>``            a numbered mark and a note below the text (``footnotes``)
``<table>``                                      a region that scrolls, cells that know their headers (``tables``)
===============================================  ==================================================================
"""

import re
from collections.abc import Iterable

from django.utils.safestring import SafeString

from articles.body import embeds, files, footnotes, headings, pictures, tables
from articles.body.blocks import Block, Library, opening, outermost, split_after, trusted
from articles.body.files import tied
from articles.models import Media
from lib.addresses import absolute

__all__ = ["for_feed", "media_in", "opening", "render", "split_after", "tied"]

_NAMED = re.compile(r'<(?:img|a|audio|video)\b[^>]* data-media="(\d{1,18})"')
_LOCAL = re.compile(r'\b(src|href|poster)="(/[^"]*)"')
_OURS = re.compile(r' data-media="\d+"')


def media_in(body: str) -> set[int]:
    """Returns the keys of the media that the pictures, players and links of a clean body name."""
    return {int(key) for key in _NAMED.findall(body)}


def render(body: str, media: Iterable[Media]) -> SafeString:
    """Returns a clean body as it stands on a page; ``media`` are those that ``media_in`` named."""
    library = {str(each.pk): each for each in media}
    html = "".join(_shown(block, library) for block in outermost(body))
    html = tables.scrolling(files.current(pictures.drawn(html, library), library))
    return trusted(footnotes.numbered(headings.anchored(html)))


def _shown(block: Block, library: Library) -> str:
    for kind in (embeds.shown, files.shown, pictures.framed):
        if (html := kind(block, library)) is not None:
            return html
    return block.html


def for_feed(body: str) -> str:
    """Returns a clean body for readers outside the site: whole addresses, no attributes of ours."""
    whole = _LOCAL.sub(lambda match: f'{match[1]}="{absolute(match[2])}"', footnotes.listed(body))
    return _OURS.sub("", whole)

"""Tables that fit every screen, and whose cells know their headers."""

import re

from django.utils.html import escape
from django.utils.translation import gettext as _

from lib.html import plain_text

_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_CAPTION = re.compile(r"<caption\b[^>]*>(.*?)</caption>", re.DOTALL)
_ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.DOTALL)
_HEADER_CELL = re.compile(r"<th\b((?:(?! scope=)[^>])*)>")


def scrolling(html: str) -> str:
    """Lets a wide table scroll in a region of its own, which the keyboard must reach too (WCAG 2.1.1)."""
    return _TABLE.sub(_region, html) if "<table" in html else html


def _region(match: re.Match[str]) -> str:
    caption = _CAPTION.search(match[0])
    name = escape(plain_text(caption[1])) if caption else _("Table")
    table = _ROW.sub(_scoped, match[0])
    return f'<div class="table" tabindex="0" role="group" aria-label="{name}">{table}</div>'


def _scoped(match: re.Match[str]) -> str:
    """A row of header cells is the head of its columns; a header cell beside others is the head of its row."""
    scope = "row" if "<td" in match[0] else "col"
    return _HEADER_CELL.sub(rf'<th\1 scope="{scope}">', match[0])

"""The texts of the demo: files that a writer can read and edit.

A file begins with its particulars in TOML between two lines of ``+++``. Its text follows in a small part of
Markdown: paragraphs, ``## headings``, ``- lists``, ``> quotes`` (``>> pull quotes``; a last line that begins
with a dash names who speaks), tables, ``**bold**`` and pictures, ``![caption](name)``; pictures on lines that
follow each other make a gallery. ``^[words]`` is a footnote, ``@[words](name)`` on a line of its own a file, an address
there a video or a link. ``{day+3}`` stands for a date, three days after the text is published.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from django.utils.formats import date_format

from portal.demo.typography import typeset

PictureTag = Callable[[str], str]
"""Gives the ``<img>`` for the name of a picture."""
FileTag = Callable[[str, str], str]
"""Gives the paragraph for the name of a file and the words of its link, as HTML."""

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_DAY = re.compile(r"\{day([+-]\d+)\}")
_FILE = re.compile(r"@\[(.+)\]\((.+)\)")
_NOTE = re.compile(r"\s*\^\[([^\]]+)\]")
_ADDRESS = re.compile(r"https://\S+")
_PICTURE = re.compile(r"!\[(.*)\]\((.+)\)")


@dataclass
class Text:
    name: str
    head: dict[str, Any]
    body: str


def texts(folder: Path) -> list[Text]:
    """Reads every text of a folder, in the order of their file names (``07-most.md`` is named ``most``)."""
    return [_read(path) for path in sorted(folder.glob("*.md"))]


def _read(path: Path) -> Text:
    _before, head, body = path.read_text("utf-8").split("+++\n", 2)
    return Text(path.stem.lstrip("0123456789-"), tomllib.loads(head), body.strip())


def dated(text: str, day: datetime) -> str:
    """Puts dates in the place of ``{day+3}`` and the like, in the active language."""
    return _DAY.sub(lambda match: date_format(day + timedelta(days=int(match[1])), "j E"), text)


def _named(_name: str, words: str) -> str:
    return f"<p>{words}</p>"


def to_html(text: str, picture: PictureTag, file: FileTag = _named) -> str:
    """Returns the HTML of a text, with the spaces and dashes of good typesetting."""
    return "\n".join(_block(block, picture, file) for block in re.split(r"\n{2,}", text.strip()))


def _block(block: str, picture: PictureTag, file: FileTag) -> str:
    lines = block.split("\n")
    if found := _FILE.fullmatch(block):
        return file(found[2], _inline(found[1]))
    if _ADDRESS.fullmatch(block):
        return f'<p><a href="{escape(block)}" rel="noopener">{escape(block)}</a></p>'
    if block.startswith("!["):
        return _figure(lines, picture)
    for sign, kind in (("## ", _heading), ("- ", _list), ("|", _table), (">", _quote)):
        if block.startswith(sign):
            return kind(lines)
    return f"<p>{_inline(' '.join(lines))}</p>"


def _inline(text: str) -> str:
    written = escape(typeset(text.strip()), quote=False).replace("\xa0", "&nbsp;")
    return _NOTE.sub(r'<sup class="footnote">\1</sup>', _BOLD.sub(r"<strong>\1</strong>", written))


def _heading(lines: list[str]) -> str:
    return f"<h2>{_inline(lines[0][3:])}</h2>"


def _list(lines: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in lines) + "</ul>"


def _quote(lines: list[str]) -> str:
    pull = ' class="pull"' if lines[0].startswith(">>") else ""
    said = [line.lstrip("> ") for line in lines]
    cite = f"<cite>{_inline(said.pop()[2:])}</cite>" if said[-1].startswith("— ") else ""
    return f"<blockquote{pull}><p>{_inline(' '.join(said))}</p>{cite}</blockquote>"


def _table(lines: list[str]) -> str:
    first, *rest = ([_inline(cell) for cell in line.strip("| ").split("|")] for line in lines)
    head = "".join(f'<th scope="col">{cell}</th>' for cell in first)
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rest)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _figure(lines: list[str], picture: PictureTag) -> str:
    figures = [_captioned(match, picture) for line in lines if (match := _PICTURE.fullmatch(line))]
    return figures[0] if len(figures) == 1 else f'<figure class="gallery">{"".join(figures)}</figure>'


def _captioned(match: re.Match[str], picture: PictureTag) -> str:
    caption = f"<figcaption>{_inline(match[1])}</figcaption>" if match[1] else ""
    return f"<figure>{picture(match[2])}{caption}</figure>"

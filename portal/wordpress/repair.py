"""Mends the text of an export before a strict XML parser sees it.

WordPress writes exports that are not well-formed: control characters, bare ampersands in addresses, notices
of PHP before the first line. Every repair is noted, so that the report can name it.
"""

import codecs
import gzip
import html
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

Note = Callable[[str, int], None]
"""Called with the kind of a repair and how many there were."""

CHUNK = 64 * 1024
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding=["']([\w-]+)["']""")
_BEGINNING = re.compile(r"<(?:\?xml|rss\b|!DOCTYPE|!ENTITY|!--|html\b)", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
_OPEN, _CLOSE = "<![CDATA[", "]]>"
_CLOSES = re.compile(r"\s{0,4000}(?:</(?:[\w-]+:[\w-]+|title|link|guid|category|description|name|url)>|<!\[CDATA\[|$)")
_LOOKAHEAD = 4_100
_TAIL = 40
"""No marker and no entity is longer: what may be cut by the end of a chunk waits for the next one."""


def repaired(path: Path, note: Note) -> Iterator[str]:
    """Yields the text of an export, plain or gzipped, in pieces that an XML parser can read."""
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        source = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if zipped else file
        yield from _mended(_from_its_beginning(_decoded(source, note), note), note)


def _decoded(file: BinaryIO, note: Note) -> Iterator[str]:
    first = file.read(CHUNK)
    decoder = codecs.getincrementaldecoder(_encoding(first))(errors="replace")
    chunk = first
    while chunk:
        text = decoder.decode(chunk)
        if unreadable := text.count("\ufffd"):
            note("bytes in another encoding", unreadable)
        yield text
        chunk = file.read(CHUNK)
    yield decoder.decode(b"", final=True)


def _encoding(first: bytes) -> str:
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    declared = _DECLARED.search(first[:1000])
    try:
        name = codecs.lookup(declared[1].decode()).name if declared else "utf-8"
    except LookupError:
        name = "utf-8"
    return "utf-8-sig" if name in {"utf-8", "utf-16"} else name


def _from_its_beginning(texts: Iterable[str], note: Note) -> Iterator[str]:
    """Leaves out blank lines and notices of PHP that stand before the XML."""
    texts = iter(texts)
    head = ""
    while len(head) < CHUNK and (text := next(texts, None)) is not None:
        head += text
    beginning = _BEGINNING.search(head)
    skipped = head[: beginning.start()] if beginning else ""
    if skipped.strip():
        note("text before the beginning", 1)
    yield head[len(skipped) :]
    yield from texts


def _mended(texts: Iterable[str], note: Note) -> Iterator[str]:
    mender = _Mender(note)
    for text in texts:
        clean, controls = _CONTROLS.subn("", text)
        if controls:
            note("control characters", controls)
        yield mender.feed(clean)
    yield mender.feed("", last=True)


class _Mender:
    """Tells text from CDATA across the borders of chunks: ampersands are bare only outside of it."""

    def __init__(self, note: Note) -> None:
        self.note = note
        self.waiting = ""
        self.in_cdata = False

    def feed(self, text: str, *, last: bool = False) -> str:
        text, position, parts = self.waiting + text, 0, []
        while (found := text.find(_CLOSE if self.in_cdata else _OPEN, position)) >= 0:
            if self.in_cdata and not last and len(text) - found < _LOOKAHEAD:
                break
            piece, position = self._up_to(text, position, found)
            parts.append(piece)
        end = len(text) if last else max(position, found if found >= 0 else len(text) - _TAIL)
        rest, self.waiting = text[position:end], text[end:]
        return "".join([*parts, rest if self.in_cdata else self._plain(rest)])

    def _up_to(self, text: str, position: int, found: int) -> tuple[str, int]:
        """Returns the text up to and with the marker at ``found``, and where it ends."""
        if not self.in_cdata:
            self.in_cdata = True
            return self._plain(text[position:found]) + _OPEN, found + len(_OPEN)
        after = found + len(_CLOSE)
        if _CLOSES.match(text, after):
            self.in_cdata = False
            return text[position:after], after
        self.note("«]]>» inside a text", 1)
        return f"{text[position:found]}]]]]>{_OPEN}>", after

    def _plain(self, text: str) -> str:
        if "&" not in text:
            return text
        text, bare = _BARE_AMPERSAND.subn("&amp;", _COMMENT.sub("", text))
        if bare:
            self.note("bare ampersands", bare)
        return _ENTITY.sub(self._character, text)

    def _character(self, entity: re.Match[str]) -> str:
        if entity[1] in _XML_ENTITIES:
            return entity[0]
        self.note("entities of HTML", 1)
        return html.escape(html.unescape(entity[0]))

"""Reads a WXR file record by record. Memory depends on the longest record, not on the length of the file.

The format as WordPress writes it: wp-admin/includes/export.php. Elements are known by namespace and local
name, never by prefix: the namespace of WordPress comes with http and https and with every version.
"""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from django.utils.translation import gettext as _

from portal.wordpress.records import Record
from portal.wordpress.repair import Note, repaired

RECORDS = {"item", "wp:author", "wp:category", "wp:tag", "wp:term"}
GROUPS = {"wp:postmeta", "wp:comment", "wp:termmeta"}
_OURS = re.compile(r"https?://wordpress\.org/export/1\.[0-9]+/(excerpt/)?$")
_PREFIXES = {
    "": "",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
}
_JUNK_AFTER_THE_END = 9  # XML_ERROR_JUNK_AFTER_DOC_ELEMENT of expat


class NotAnExport(Exception):
    """The file is no WordPress export; the message says what it seems to be."""


class Damaged(Exception):
    """The file breaks off or cannot be read further. Everything before that place has been read."""


def read(path: Path, note: Note) -> Iterator[Record]:
    """Yields the records of an export, the first one being the channel itself («channel»).

    Raises NotAnExport before anything is yielded, and Damaged after the last whole record.
    """
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartNamespaceDeclHandler = builder.namespace
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    try:
        for text in repaired(path, note):
            parser.Parse(text, False)
            yield from builder.take()
        parser.Parse("", True)
        yield from builder.take()
    except (expat.ExpatError, EOFError, OSError, zlib.error) as error:
        yield from builder.take()
        _judge(error, parser, builder, note)
    if not builder.is_export:
        raise NotAnExport(_("This is no WordPress export: it has no element of WordPress."))


def _refuse_doctype(*_declaration: object) -> None:
    raise NotAnExport(_("This is no WordPress export: it begins with a document type, as web pages do."))


def _judge(error: Exception, parser: expat.XMLParserType, builder: "_Builder", note: Note) -> None:
    """Decides what a fault of the file means: nothing, damage, or that it never was an export."""
    if isinstance(error, expat.ExpatError) and error.code == _JUNK_AFTER_THE_END:
        note("text after the end", 1)
        return
    if not builder.is_export:
        raise NotAnExport(_("This is no WordPress export: it is not XML of that kind.")) from error
    message = _("The file cannot be read beyond line %(line)d: %(reason)s.")
    raise Damaged(message % {"line": parser.CurrentLineNumber, "reason": error}) from error


class _Builder:
    """Collects one record at a time from what the parser calls out."""

    def __init__(self) -> None:
        self.prefixes = dict(_PREFIXES)
        self.is_export = False
        self.path: list[str] = []
        self.channel: Record | None = Record("channel")
        self.record: Record | None = None
        self.group: dict[str, str] = {}
        self.term = ("", "")
        self.pieces: list[str] = []
        self.done: list[Record] = []

    def take(self) -> list[Record]:
        done, self.done = self.done, []
        return done

    def namespace(self, _prefix: str | None, uri: str) -> None:
        if match := _OURS.match(uri or ""):
            self.is_export = True
            self.prefixes[uri] = "excerpt:" if match[1] else "wp:"

    def _short(self, name: str) -> str:
        uri, _space, local = name.rpartition(" ")
        return self.prefixes.get(uri, "other:") + local

    def start(self, name: str, attributes: dict[str, str]) -> None:
        short = self._short(name)
        depth = len(self.path)
        if depth == 0 and short != "rss":
            raise NotAnExport(_("This is no WordPress export: it begins with <%s>.") % short[:40])
        if depth == 2 and short in RECORDS:
            self._announce_channel()
            self.record = Record(short)
        elif depth == 3:
            self.group = {}
            self.term = (attributes.get("domain", ""), attributes.get("nicename", ""))
        self.path.append(short)
        self.pieces = []

    def text(self, text: str) -> None:
        if len(self.path) <= 5:
            self.pieces.append(text)

    def end(self, _name: str) -> None:
        short = self.path.pop()
        depth = len(self.path)
        text = "".join(self.pieces)
        if depth == 2:
            self._end_of_child(short, text)
        elif depth == 3 and self.record is not None:
            self._end_of_field(self.record, short, text)
        elif depth == 4:
            self.group[short] = text
        elif depth == 1:
            self._announce_channel()
        self.pieces = []

    def _end_of_child(self, short: str, text: str) -> None:
        if self.record is not None:
            self.done.append(self.record)
            self.record = None
        elif self.channel is not None:
            self.channel.fields.setdefault(short, text)

    def _end_of_field(self, record: Record, short: str, text: str) -> None:
        if short in GROUPS:
            record.groups.append((short, self.group))
        elif short == "category" and record.name == "item":
            record.terms.append((*self.term, text))
        else:
            record.fields[short] = record.fields.get(short) or text

    def _announce_channel(self) -> None:
        """The channel's own fields stand before its first record."""
        if self.channel is None:
            return
        if not self.is_export:
            raise NotAnExport(_("This is a news feed, but no WordPress export."))
        self.done.append(self.channel)
        self.channel = None

"""Sound and films: whether they are whole, and where they were made taken out of them.

Phones write the place into boxes of an MP4 (``moov/udta/©xyz``, ``moov/meta``), recorders into chunks of a WAV. They
are overwritten where they stand, so that nothing moves: the tables of an MP4 count bytes from the file's beginning.
What is within the picture of a film, in an ID3 tag, or in the tags of WebM and Ogg is left as it is.
"""

from collections.abc import Iterator
from typing import IO, NamedTuple

from django.utils.translation import gettext as _

from lib.images import Refused

MOST_BOXES = 100_000
FORGOTTEN_BOXES = {b"udta", b"meta", b"uuid"}
FORGOTTEN_CHUNKS = {b"bext", b"iXML", b"_PMX", b"axml", b"id3 ", b"ID3 "}
NESTED = (b"trak", b"mdia", b"minf", b"stbl")
"""The way from ``moov`` to what says of which kind a track is."""
TELEMETRY = {b"gpmd", b"camm", b"mebx"}
"""Tracks of sports cameras and phones that tell the place from moment to moment."""


class Box(NamedTuple):
    kind: bytes
    start: int
    """Where its header begins."""
    body: int
    end: int


def forget_place_in_mp4(file: IO[bytes], size: int) -> None:
    """Overwrites what an MP4 tells of place, time and device. Raises Refused for what is broken or cut off."""
    top = list(_boxes(file, 0, size))
    if not top or top[0].kind != b"ftyp" or not any(box.kind == b"moov" for box in top):
        raise _broken()
    file.seek(top[0].body)
    if file.read(2) == b"qt":
        raise Refused(_("This is a QuickTime film, which most browsers do not show. Save it as MP4."))
    for box in top:
        if box.kind in FORGOTTEN_BOXES:
            _blank(file, box)
        elif box.kind == b"moov":
            _forget_within(file, box)


def _forget_within(file: IO[bytes], parent: Box, depth: int = 0) -> None:
    if depth > len(NESTED):
        raise _broken()
    for box in list(_boxes(file, parent.body, parent.end)):
        if box.kind in FORGOTTEN_BOXES:
            _blank(file, box)
        elif box.kind in NESTED:
            _forget_within(file, box, depth + 1)
        elif box.kind == b"stsd":
            file.seek(box.body + 12)  # version, number of entries, size of the first: then its kind
            if file.read(4) in TELEMETRY:
                raise Refused(_("The film records where the camera was. Export it without telemetry."))


def _boxes(file: IO[bytes], start: int, end: int) -> Iterator[Box]:
    """Yields the boxes from ``start`` to ``end`` (ISO/IEC 14496-12, 4.2)."""
    for _number in range(MOST_BOXES):
        if start >= end:
            return
        file.seek(start)
        head = file.read(16)
        length, body = int.from_bytes(head[:4]), start + 8
        if length == 1:
            length, body = int.from_bytes(head[8:16]), start + 16
        after = end if length == 0 else start + length
        if len(head) < 8 or after < body or after > end:
            raise _broken()
        yield Box(head[4:8], start, body, after)
        start = after
    raise _broken()


def forget_place_in_wav(file: IO[bytes], size: int) -> None:
    """Overwrites the chunks of a WAV that describe it. Raises Refused for what is broken."""
    start = 12
    for _number in range(MOST_BOXES):
        if start + 8 > size:
            return
        file.seek(start)
        head = file.read(12)
        end = start + 8 + int.from_bytes(head[4:8], "little")
        if head[:4] in FORGOTTEN_CHUNKS or (head[:4] == b"LIST" and head[8:12] == b"INFO"):
            _blank(file, Box(head[:4], start, start + 8, min(end, size)), kind=b"JUNK", kind_at=0)
        start = end + end % 2
    raise _broken()


def _blank(file: IO[bytes], box: Box, *, kind: bytes = b"free", kind_at: int = 4) -> None:
    file.seek(box.start + kind_at)
    file.write(kind)
    file.seek(box.body)
    left = box.end - box.body
    while left > 0:
        left -= file.write(bytes(min(left, 1024 * 1024)))


def _broken() -> Refused:
    return Refused(_("The recording is broken or was cut off on its way. Save it once more and upload it again."))

"""Files that are no pictures: each must be what its name says, whole, and no trap for who opens it."""

import zipfile
from pathlib import PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from lib.images import Refused
from lib.recordings import forget_place_in_mp4, forget_place_in_wav

_OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_ZIP = (b"PK\x03\x04",)
_MPEG = tuple(bytes([0xFF, second]) for second in range(0xE0, 0x100) if second & 0x06)
_STARTS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",), ".rtf": (b"{\\rtf",), ".doc": _OLE, ".xls": _OLE, ".ppt": _OLE, ".mp3": (b"ID3", *_MPEG),
    ".ogg": (b"OggS",), ".wav": (b"RIFF",), ".webm": (b"\x1a\x45\xdf\xa3",), ".zip": (*_ZIP, b"PK\x05\x06"),
    **dict.fromkeys((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"), _ZIP),
}  # fmt: skip
_PARTS = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
TYPES = {*_STARTS, ".txt", ".csv", ".mp4", ".m4a"}
"""The ends of the names of files that we take."""
MOST_ENTRIES = 20_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_TIMES_LARGER = 100
"""An archive above MOST_UNPACKED that grows by more than this when it is unpacked is a bomb."""


def check(suffix: str, file: IO[bytes], size: int) -> None:
    """Refuses a file that is not what ``suffix`` says, is cut off or dangerous; films forget where they were made.

    ``file`` is open for reading and writing. Raises Refused.
    """
    file.seek(0)
    start = file.read(4096)
    if suffix in _STARTS and not start.startswith(_STARTS[suffix]):
        raise _other(suffix)
    if suffix in {".txt", ".csv"}:
        _check_text(suffix, start)
    elif suffix == ".pdf":
        _check_pdf(file, size)
    elif suffix in {".doc", ".xls", ".ppt"}:
        _check_macros(file)
    elif _STARTS.get(suffix, ())[:1] == _ZIP:
        _check_archive(suffix, file, size)
    elif suffix in {".mp4", ".m4a"}:
        forget_place_in_mp4(file, size)
    elif suffix == ".wav":
        if start[8:12] != b"WAVE":
            raise _other(suffix)
        forget_place_in_wav(file, size)
    file.seek(0)


def _other(suffix: str) -> Refused:
    kind = suffix.removeprefix(".").upper()
    return Refused(_("The name says %s, but the file is something else or is broken.") % kind)


def _cut() -> Refused:
    return Refused(_("The file is broken or was cut off on its way. Save it once more and upload it again."))


def _check_text(suffix: str, start: bytes) -> None:
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _other(suffix)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<!doctype", b"<html", b"<script", b"<svg", b"<?php")):
        raise _other(suffix)


def _check_pdf(file: IO[bytes], size: int) -> None:
    file.seek(max(0, size - 4096))
    if b"%%EOF" not in file.read():
        raise _cut()


def _check_macros(file: IO[bytes]) -> None:
    file.seek(0)
    before = b""
    while part := file.read(1024 * 1024):
        if _MACROS in before + part:
            raise _macros()
        before = part[-len(_MACROS) :]


def _macros() -> Refused:
    return Refused(_("The document holds macros, which run on the computer of who opens it. Save it without them."))


def _check_archive(suffix: str, file: IO[bytes], size: int) -> None:
    try:
        _check_directory(file, size)
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            first = archive.open("mimetype").read(40) if suffix.startswith(".od") else b""
    except Refused:
        raise
    except Exception as error:  # a broken archive is answered with nearly anything
        raise _cut() from error
    names = [entry.filename for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > max(MOST_UNPACKED, MOST_TIMES_LARGER * size):
        raise Refused(_("The archive is a bomb: unpacked it would take %d MB.") % (unpacked // 1024 // 1024))
    if any(_leads_outside(name) for name in names):
        raise Refused(_("The archive holds names that lead out of its folder."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _macros()
    if suffix in _PARTS and not ("[Content_Types].xml" in names and any(n.startswith(_PARTS[suffix]) for n in names)):
        raise _other(suffix)
    if suffix.startswith(".od") and not first.startswith(b"application/vnd.oasis.opendocument"):
        raise _other(suffix)


def _check_directory(file: IO[bytes], size: int) -> None:
    """Refuses a directory of millions of entries before it is read (APPNOTE.TXT, 4.3.16)."""
    file.seek(max(0, size - 66_000))
    end = file.read()
    at = end.rfind(b"PK\x05\x06")
    if at < 0:
        raise _cut()
    if int.from_bytes(end[at + 10 : at + 12], "little") > MOST_ENTRIES:
        raise Refused(_("The archive holds too many files."))


def _leads_outside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or (len(name) > 1 and name[1] == ":")

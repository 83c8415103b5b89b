"""Addresses of the old site, in the one form in which they are compared."""

import re
import unicodedata
from urllib.parse import SplitResult, parse_qs, urlsplit

from portal.wordpress.records import decoded, whole_number

_PHOTON = re.compile(r"^i[0-9]\.wp\.com/")
_NUMBERS = ("p", "page_id", "attachment_id")
_MADE_SIZE = re.compile(r"-[0-9]{1,5}x[0-9]{1,5}(?=\.\w+$)")
_SCALED = re.compile(r"-(?:scaled|rotated)(?=\.\w+$)")
_EDITED = re.compile(r"-e[0-9]{10,16}(?=[-.])")
LONGEST = 500


class OldSite:
    """The site that the export was made of, known by the address of its front page."""

    def __init__(self, address: str) -> None:
        self.address = address[:200]
        self.home = self.key(address) if "://" in address else ""
        host, _slash, path = self.home.partition("/")
        self.host = host
        self.path = f"/{path}" if path else ""

    def key(self, url: str) -> str:
        """Returns host and path of an address: decoded, without «www.», query and closing slash.

        A path alone belongs to this site. Photon, the picture service of WordPress.com, is looked through.
        """
        parts = _split(url)
        host = (parts.netloc.rpartition("@")[2] or self.host).lower().removeprefix("www.")
        path = unicodedata.normalize("NFC", decoded(parts.path)).rstrip("/")
        return _PHOTON.sub("", host + path)[:LONGEST]

    def is_own(self, url: str) -> bool:
        """Whether an address lies on this site. «/path-not» does not lie in «/path»."""
        parts = _split(url)
        if parts.scheme not in {"", "http", "https"} or not (parts.netloc or parts.path or parts.query):
            return False
        key = self.key(url)
        return bool(self.home) and (key == self.home or key.startswith(f"{self.home}/"))

    def number(self, url: str) -> int:
        """Returns the number in an address such as ``/?p=12``, else 0."""
        query = parse_qs(_split(url).query[:1000])
        return next((whole_number(query[name][0]) for name in _NUMBERS if name in query), 0)

    def old_path(self, url: str) -> str:
        """Returns path and query of an address as a Redirect names them: decoded, from the root."""
        parts = _split(url)
        path = decoded(parts.path) or "/"
        return f"{path}?{parts.query}" if parts.query else path

    def inner_path(self, url: str) -> str:
        """Returns the path below the front page, without slashes at its ends."""
        return decoded(_split(url).path).removeprefix(self.path).strip("/") if self.is_own(url) else ""


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url.strip())
    except ValueError:
        return SplitResult("", "", "", "", "")


def without_size(address: str) -> str:
    """Returns the address of the picture that WordPress made «photo-300x200.jpg» of."""
    return _MADE_SIZE.sub("", address)


def size_variants(key: str) -> list[str]:
    """Returns the names under which the file of a picture may be known, the given one first.

    WordPress makes «photo-300x200.jpg» of «photo.jpg», and «photo-scaled.jpg» of what is too large. A file may
    be called «photo-1920x1080.jpg» by itself, so the exact name goes first.
    """
    whole = without_size(key)
    plain = _SCALED.sub("", whole)
    scaled = re.sub(r"(?=\.\w+$)", "-scaled", plain)
    unedited = _EDITED.sub("", plain)
    return list(dict.fromkeys([key, whole, scaled, plain, unedited]))

"""A stored page as an HTTP answer: validators, compression, and what forbids storing it."""

import gzip
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from urllib.parse import quote

import brotli
from django.conf import settings

from lib.pagecache.pages import Page

Headers = list[tuple[str, str]]
Answer = tuple[str, Headers, bytes]

OURS = {"cache-control", "content-length", "date", "etag", "expires", "last-modified", "vary", "x-cache"}
"""Headers of a stored page that are ours to say. A date is no validator: two states may share a second."""


def may_be_stored(status: str, headers: Headers) -> bool:
    """Tells whether the answer is the same for every reader: 200 or 410, no cookie, no nonce, varies on nothing."""
    told = {name.lower(): value.lower() for name, value in headers}
    varies = {part.strip() for part in told.get("vary", "").split(",")} - {"", "accept-encoding"}
    private = "private" in (told_control := told.get("cache-control", "")) or "no-store" in told_control
    nonce = any("'nonce-" in told.get(f"content-security-policy{kind}", "") for kind in ("", "-report-only"))
    forbidden = {"set-cookie", "content-encoding"} & told.keys()
    return status.startswith(("200 ", "410 ")) and not (varies or private or nonce or forbidden)


def headers_to_keep(headers: Headers) -> Headers:
    """Returns those headers of a rendered page that stay the same on every hit."""
    return [(name, value) for name, value in headers if name.lower() not in OURS]


def stored(page: Page, environ: dict[str, Any], state: str) -> Answer:
    """Returns the answer with a page that is stored: whole, or 304 if the browser has it already."""
    etag = _etag(page)
    headers = [
        *page.entry.headers,
        ("ETag", etag),
        ("Cache-Control", "no-cache"),
        ("Vary", "Accept-Encoding"),
        ("X-Cache", "stale" if page.stale else state),
    ]
    if page.stale:
        headers.append(("Warning", '110 - "Response is Stale"'))
    if settings.PAGE_CACHE["SURROGATE_KEYS"]:
        headers.append(("Surrogate-Key", surrogate_keys({tag for part in page.parts for tag in part.versions})))
    if page.entry.status.startswith("200 ") and _matches(environ.get("HTTP_IF_NONE_MATCH", ""), etag):
        return "304 Not Modified", [pair for pair in headers if pair[0].lower() != "content-type"], b""
    return _whole(page, environ, etag, headers)


def passing(page: Page, environ: dict[str, Any], status: str, headers: Headers) -> Answer:
    """Returns the answer with a rendered page that is for this request alone."""
    body = _body(page)
    rest = [(name, value) for name, value in headers if name.lower() != "content-length"]
    rest += [("Content-Length", str(len(body))), ("X-Cache", "bypass")]
    return status, rest, b"" if environ["REQUEST_METHOD"] == "HEAD" else body


def surrogate_keys(tags: set[str]) -> str:
    """Returns ``tags`` as the value of a Surrogate-Key header, for a page as for a purge."""
    return " ".join(sorted(quote(tag, safe=":/-_.~") for tag in tags))


def _whole(page: Page, environ: dict[str, Any], etag: str, headers: Headers) -> Answer:
    encoding = _encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    known = page.entry.encoded.get(encoding)
    if known is None or known[0] != etag:
        known = page.entry.encoded[encoding] = (etag, _encode(_body(page), encoding))
    body = known[1]
    headers.append(("Content-Length", str(len(body))))
    if encoding:
        headers.append(("Content-Encoding", encoding))
    return page.entry.status, headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body


def _body(page: Page) -> bytes:
    pieces = [page.entry.segments[0]]
    for fragment, segment in zip(page.fragments, page.entry.segments[1:], strict=True):
        pieces += [*fragment.segments, segment]
    return b"".join(pieces)


def _encode(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(body, quality=5))
    return gzip.compress(body, 6, mtime=0) if encoding == "gzip" else body


def _etag(page: Page) -> str:
    """Weak, because one tag stands for the plain, the gzip and the brotli body (RFC 9110, 8.8.1)."""
    digest = page.entry.digest
    if page.fragments:
        digest = blake2b(b"".join(part.digest for part in page.parts), digest_size=16).digest()
    return f'W/"{digest.hex()}"'


def _matches(if_none_match: str, etag: str) -> bool:
    """RFC 9110, 13.1.2: a list of tags or a star, compared weakly."""
    if not if_none_match:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in tags or etag.removeprefix("W/") in tags


@lru_cache(maxsize=256)
def _encoding(accepted: str) -> str:
    """Returns the best encoding of an Accept-Encoding header that we have: br, gzip or none."""
    weights = dict(_weight(part) for part in accepted.lower().split(","))
    return next((name for name in ("br", "gzip") if weights.get(name, weights.get("*", 0)) > 0), "")


def _weight(part: str) -> tuple[str, float]:
    name, _, parameter = part.partition(";")
    try:
        weight = float(parameter.partition("=")[2] or 1)
    except ValueError:
        weight = 0
    return name.strip(), weight

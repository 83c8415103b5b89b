"""What tells one stored page from another: the path and the query parameters on the allow-list."""

from urllib.parse import parse_qsl, urlencode

from django.conf import settings


def known_query(query: str) -> str:
    """Returns the allow-listed parameters of ``query`` in one order; all others are dropped.

    ``query`` is as WSGI has it, each byte a Latin-1 character. Raises ``ValueError`` if it cannot be.
    """
    if not query:
        return ""
    allowed = settings.PAGE_CACHE["QUERY"]
    text = query.encode("latin-1").decode(errors="surrogateescape")
    pairs = parse_qsl(text, keep_blank_values=True, errors="surrogateescape")
    return urlencode(sorted(pair for pair in pairs if pair[0] in allowed), errors="surrogateescape")


def page_key(path: str, query: str) -> str:
    """Returns the key of a page of the configured site; the Host header has no say."""
    return f"page\0{settings.BASE_URL}\0{path}\0{known_query(query)}"

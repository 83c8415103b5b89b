"""The way in: answers from the page cache before Django hears of the request."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, Protocol

from django.conf import settings

from lib.pagecache import answers
from lib.pagecache.decorators import MISS
from lib.pagecache.keys import page_key
from lib.pagecache.misses import Miss
from lib.pagecache.pages import PageCache, configured
from lib.pagecache.versions import DatabaseAway

Environ = dict[str, Any]
Headers = list[tuple[str, str]]


class StartResponse(Protocol):
    def __call__(self, status: str, headers: Headers, exc_info: Any = None, /) -> Any: ...


Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class PageCacheFront:
    """A WSGI application around ``application`` that answers for it what is stored and current.

    Every answer of it says in ``X-Cache`` how it came about: hit, miss, stale or bypass.
    """

    def __init__(self, application: Application, cache: PageCache | None = None) -> None:
        self._application = application
        self._session = f"{settings.SESSION_COOKIE_NAME}="
        self._cache = cache or configured()
        self._keeps = settings.PAGE_CACHE["ENABLED"]

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = self._key(environ) if self._keeps else None
        if key and (page := self._cache.find(key)):
            return _send(answers.stored(page, environ, "hit"), start_response)
        with suppress(DatabaseAway):  # Django says so in its own words, or the last page known is given
            self._cache.due.settle()
        if key is None:
            return self._application(environ, _bypass(start_response))
        with Miss(self._cache, key) as miss:
            return self._missed(miss, environ, start_response)

    def _key(self, environ: Environ) -> str | None:
        """Returns the key of the page asked for, or ``None`` if the answer may be personal."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or self._session in environ.get("HTTP_COOKIE", ""):
            return None
        try:
            return page_key(environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"], environ["QUERY_STRING"])
        except ValueError:
            return None

    def _missed(self, miss: Miss, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        told: tuple[str, Headers] = ("", [])

        def hear(status: str, headers: Headers, exc_info: Any = None, /) -> Any:
            nonlocal told
            told = status, headers
            if miss.page or miss.rendered:
                return None
            return _bypass(start_response)(status, headers, exc_info)

        body = self._application(environ | {MISS: miss}, hear)
        if miss.page is None and not miss.rendered:
            return body
        content = _read(body)
        if miss.page:
            return _send(answers.stored(miss.page, environ, "hit"), start_response)
        return _send(_finish(miss, environ, *told, content), start_response)


def _finish(miss: Miss, environ: Environ, status: str, headers: Headers, content: bytes) -> answers.Answer:
    storable = answers.may_be_stored(status, headers)
    page = miss.finish(status, content, answers.headers_to_keep(headers), storable)
    if storable and miss.storable:
        return answers.stored(page, environ, "miss")
    return answers.passing(page, environ, status, headers)


def _send(answer: answers.Answer, start_response: StartResponse) -> list[bytes]:
    status, headers, body = answer
    start_response(status, headers)
    return [body]


def _bypass(start_response: StartResponse) -> StartResponse:
    def start(status: str, headers: Headers, exc_info: Any = None, /) -> Any:
        return start_response(status, [*headers, ("X-Cache", "bypass")], exc_info)

    return start


def _read(body: Iterable[bytes]) -> bytes:
    try:
        return b"".join(body)
    finally:
        if close := getattr(body, "close", None):
            close()

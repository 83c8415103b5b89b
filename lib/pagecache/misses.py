"""A request whose page is not there: one renders it in one snapshot, the others wait for that."""

import logging
import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse

from lib.pagecache.entries import Entry
from lib.pagecache.pages import LOST, Page, PageCache
from lib.pagecache.rendering import Hole, Render, rendering
from lib.pagecache.routing import read_versions, snapshot

logger = logging.getLogger(__name__)


class Miss:
    """Carries one request from the front, where it was missed, to the view and back.

    A context: until its end the lock on the page is held, if the view turned out to be marked.
    """

    def __init__(self, cache: PageCache, key: str) -> None:
        self.page: Page | None = None
        """The page that another request stored meanwhile, or the last known one if the database is away."""
        self.rendered = False
        """Whether the view rendered a page in a snapshot."""
        self._cache = cache
        self._key = key
        self._render = Render(cache.now(), holes=[])
        self._versions: dict[str, int] = {}
        self._fragments: list[Entry] = []
        self._lock = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._lock.close()

    def answer(self, request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
        """Returns what ``view`` answers, or nothing of interest if ``page`` is there after all."""
        self._lock.enter_context(self._cache.store.lock(self._key))
        self.page = self._cache.find(self._key)
        if self.page is None:
            _show_the_key_only(request)
            try:
                return self._rendered(view)
            except LOST as error:
                self.page = self._cache.last_known(self._key)
                if self.page is None:
                    raise
                logger.warning("%s cannot be rendered, so the last known page is given: %s", request.path, error)
        return HttpResponse()

    def finish(self, status: str, body: bytes, headers: list[tuple[str, str]], storable: bool) -> Page:
        """Returns the rendered page with its holes filled, stored if it may be."""
        pieces = re.split(f"{self._render.mark}-([0-9]+);".encode(), body)
        order = [int(number) for number in pieces[1::2]]
        entry = self._cache.entry(pieces[::2], self._render, self._versions)
        entry.holes = [self._holes[number] for number in order]
        entry.status, entry.headers = status, headers
        if storable and self.storable:
            self._cache.keep(self._key, entry)
        return Page(entry, [self._fragments[number] for number in order])

    @property
    def storable(self) -> bool:
        """Whether nothing said ``never_store`` while the page rendered."""
        return self._render.storable

    @property
    def _holes(self) -> list[Hole]:
        return self._render.holes or []

    def _rendered(self, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
        with snapshot():
            with rendering(self._render):
                response = view()
                if isinstance(response, SimpleTemplateResponse):
                    response.render()
            self._fragments = [self._cache.fragment_in_snapshot(hole) for hole in self._holes]
            self._versions = read_versions(self._render.tags)
        self.rendered = not response.streaming
        return response


def _show_the_key_only(request: HttpRequest) -> None:
    """Takes from ``request`` all that is not in the key: no header or cookie can leave a trace in the page."""
    for name in [name for name in request.META if name.startswith("HTTP_")]:
        del request.META[name]
    site = urlsplit(settings.BASE_URL)
    request.META |= {"HTTP_HOST": site.netloc, "wsgi.url_scheme": site.scheme}
    request.method = "GET"
    request.COOKIES = {}
    for derived in ("headers", "_current_scheme_host"):  # what Django may have worked out before
        request.__dict__.pop(derived, None)

"""The mark of a public view: its page may be stored and given to every anonymous reader."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from lib.pagecache.keys import known_query

View = Callable[..., HttpResponseBase]

MISS = "pagecache.miss"


def cached_page(view: View) -> View:
    """Marks ``view``: its page is the same for every anonymous reader, so it may be stored.

    The view sees only the query parameters of ``PAGE_CACHE["QUERY"]``. When its page is to be stored, it
    sees no cookie, reads one read-only snapshot, and a write raises ``lib.pagecache.routing.NotInSnapshot``.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _keep_known_parameters(request)
        miss = request.META.get(MISS)
        answer = partial(view, request, *args, **kwargs)
        return miss.answer(request, answer) if miss else _for_one_reader(answer())

    return page


def _keep_known_parameters(request: HttpRequest) -> None:
    request.META["QUERY_STRING"] = known_query(request.META.get("QUERY_STRING", ""))
    request.__dict__.pop("GET", None)


def _for_one_reader(response: HttpResponseBase) -> HttpResponseBase:
    """Marks what a reader with a session gets: no cache on the way may keep it."""
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response

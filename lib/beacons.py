"""What beacons of scripts on our pages have in common: short words in the body, few of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

View = Callable[..., HttpResponse]


class Malformed(Exception):
    """A request that no script of ours sends; the message says what is wrong with it."""


def tells_malformed(view: View) -> View:
    """Answers Malformed with 400 and a few words instead of a page."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Malformed as error:
            return HttpResponseBadRequest(f"{error}\n", content_type="text/plain; charset=utf-8")

    return told


def words_of(request: HttpRequest, most_bytes: int, most_words: int) -> list[str]:
    """Returns the words of the body, at least one. Raises Malformed for anything but a little ASCII text."""
    try:
        if int(request.headers.get("Content-Length") or 0) > most_bytes:
            raise Malformed(f"at most {most_bytes} bytes")
        words = request.body.decode("ascii").split()
    except (ValueError, RequestDataTooBig) as error:
        raise Malformed("plain ASCII text") from error
    if not 0 < len(words) <= most_words:
        raise Malformed(f"one word at least, {most_words} at most")
    return words

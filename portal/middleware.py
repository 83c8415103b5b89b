"""The language of a request, addresses that cannot be, and answers that may change."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

ADMIN_PREFIX = "/admin/"
KEPT_FOR_EVER = {301, 308, 410}
"""Browsers keep these for good unless they are told otherwise (RFC 9111, 4.2.2; Chromium does)."""


class LanguageMiddleware:
    """Activates the language of the address: none for the site language, ``/en/`` (or ``/ru/``) for the other.

    Django's LocaleMiddleware would ask the browser, so that one address had two contents. On the desk the
    cookie of the language switch decides.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self.language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def language_of(self, request: HttpRequest) -> str:
        known = dict(settings.LANGUAGES)
        if request.path_info.startswith(ADMIN_PREFIX):
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        else:
            chosen = request.path_info.split("/")[1] if request.path_info.startswith("/") else ""
        return chosen if chosen in known else settings.LANGUAGE_CODE


def no_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answers 404 to an address with a NUL byte: none has one, and PostgreSQL refuses to be asked for it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404("a NUL byte in the address")
        return get_response(request)

    return middleware


def may_change(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Has browsers ask again what led on or was gone: a story comes back, a name or a redirect is changed again."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code in KEPT_FOR_EVER:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return middleware

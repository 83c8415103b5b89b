"""The language of a request: its address decides for readers, their own choice for editors."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

ADMIN_PREFIX = "/admin/"


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

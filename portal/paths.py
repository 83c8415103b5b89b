"""Which addresses of the site are free for static pages."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.urls import Resolver404, get_resolver, resolve
from django.utils import translation


def is_free(path: str) -> bool:
    """Says whether a static page can stand at ``path``, such as ``about/team``: nothing else answers there."""
    first = path.partition("/")[0]
    reserved = {url.strip("/") for url in (settings.STATIC_URL, settings.MEDIA_URL)} | dict(settings.LANGUAGES).keys()
    with translation.override(settings.LANGUAGE_CODE):
        if first in reserved.union(_first_words(get_resolver().url_patterns)):
            return False
        try:
            return resolve(f"/{path}/").url_name == "page"
        except Resolver404:
            return False


def _first_words(patterns: Iterable[Any]) -> Iterator[str]:
    """Yields what the routes of the site begin with; of a route that begins with a variable, nothing to go by."""
    for pattern in patterns:
        if route := str(pattern.pattern):
            yield route.removeprefix("^").partition("/")[0]
        else:
            yield from _first_words(getattr(pattern, "url_patterns", ()))

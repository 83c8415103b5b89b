"""Which addresses of the site lead somewhere that only the portal knows: static pages and redirects."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from portal.models import Page, Redirect
from portal.models.redirects import old_addresses


def known(*, paths: Iterable[str], **signal: Any) -> set[str]:
    """Answers ``addresses_asked``, in two queries however many are asked for."""
    old = {path: old_addresses(path) for path in paths}
    redirected = set(
        Redirect.objects.filter(old__in={each for named in old.values() for each in named})
        .exclude(kind=Redirect.Kind.GONE)
        .values_list("old", flat=True)
    )
    named = {path: _page(path) for path in old}
    wanted = {path for _language, path in named.values()}
    pages = set(Page.objects.published().filter(path__in=wanted).values_list("language", "path"))
    return {path for path in old if named[path] in pages or redirected & set(old[path])}


def _page(path: str) -> tuple[str, str]:
    """Returns the language and the name under which a static page would answer ``path``."""
    first, _slash, rest = path.strip("/").partition("/")
    if first in dict(settings.LANGUAGES) and first != settings.LANGUAGE_CODE:
        return first, rest
    return settings.LANGUAGE_CODE, path.strip("/")

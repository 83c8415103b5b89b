"""The static pages as something that a link in a text can lead to."""

from typing import Any

from django.utils.translation import gettext as _

from lib.any_case import any_case
from portal.models import Page

MOST = 3


def pages_titled(*, text: str, language: str, **signal: Any) -> list[tuple[str, str, str, str]]:
    """Answers ``links_asked`` with pages of ``language`` that have every word of ``text`` in their title."""
    pages = Page.objects.filter(
        *(any_case("title", word) for word in text.split()[:6]), language=language, binned_at=None
    )
    found = pages.defer("body").order_by("-is_published", "title")[:MOST]
    return [(_("page"), page.title, page.get_absolute_url(), _warning(page)) for page in found]


def _warning(page: Page) -> str:
    return "" if page.is_published else _("Not on the site yet: until then the link leads nowhere.")

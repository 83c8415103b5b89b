"""The pages that a site needs by law or custom, made with headings only: what stands below them, its lawyer writes."""

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from portal.models import Page

PATHS = {
    Page.Purpose.IMPRINT: "imprint",
    Page.Purpose.PRIVACY: "privacy",
    Page.Purpose.CONSENT: "consent",
    Page.Purpose.TERMS: "terms",
    Page.Purpose.COMMENTS: "comment-rules",
}


def headings(purpose: str) -> list[str]:
    """Returns the usual headings of a page, in the active language."""
    return {
        Page.Purpose.PRIVACY: [
            _("Who processes the data"),
            _("Which data, and what for"),
            _("On what grounds"),
            _("How long they are kept"),
            _("To whom they are passed on"),
            _("Your rights"),
            _("How to reach us"),
        ],
        Page.Purpose.CONSENT: [
            _("To whom the consent is given"),
            _("Which data, and what for"),
            _("For how long"),
            _("How to take it back"),
        ],
        Page.Purpose.TERMS: [
            _("Use of the texts and pictures"),
            _("What readers send in"),
            _("Liability"),
            _("How to reach us"),
        ],
        Page.Purpose.COMMENTS: [_("What we publish"), _("What we do not publish"), _("If a comment does not appear")],
    }.get(Page.Purpose(purpose), [])


@transaction.atomic
def make_pages() -> list[Page]:
    """Makes the pages that no purpose and no address stands for yet, unpublished; returns them."""
    return [page for code, _name in settings.LANGUAGES for page in _of_language(code)]


def _of_language(code: str) -> Iterator[Page]:
    there = Page.objects.filter(language=code)
    purposes, paths = set(there.values_list("purpose", flat=True)), set(there.values_list("path", flat=True))
    with translation.override(code):
        for purpose, path in PATHS.items():
            if purpose not in purposes and path not in paths:
                body = format_html_join("", "<h2>{}</h2>", ([each] for each in headings(purpose)))
                title = str(purpose.label).capitalize()
                yield Page.objects.create(
                    language=code, path=path, purpose=purpose, title=title, body=body, is_published=False
                )

"""Where the site itself shows a picture: in its pages, as its logo."""

from typing import Any

from django.utils.translation import gettext as _

from articles.models import Media
from portal.models import Page, SiteSettings


def uses_of_media(*, media: Media, **signal: Any) -> list[str]:
    """Answers ``uses_asked``: the pages with the picture in their text, and the site whose logo it is."""
    pages = Page.objects.filter(binned_at=None, body__contains=f'data-media="{media.pk}"')
    uses = [f"«{page}»" for page in pages]
    return [*uses, _("logo of the site")] if SiteSettings.objects.filter(logo=media).exists() else uses

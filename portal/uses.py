"""Where the site itself shows a picture: in its pages, as its logo, with links to it."""

from typing import Any

from django.utils.translation import gettext as _

from articles.models import Media
from portal.models import Distribution, Page, SiteSettings


def uses_of_media(*, media: Media, **signal: Any) -> list[str]:
    """Answers ``uses_asked``: pages with the picture in their text, and the site with it as logo or for links."""
    pages = Page.objects.filter(binned_at=None, body__contains=f'data-media="{media.pk}"')
    uses = [f"«{page}»" for page in pages]
    site = SiteSettings.current()
    pictures = {_("logo of the site"): site.logo, _("logo of the site on dark"): site.logo_dark}
    uses += [name for name, shown in (pictures | {_("icon of the site"): site.icon}).items() if shown == media]
    if Distribution.objects.filter(share_picture=media).exists():
        uses.append(_("picture for links to the site"))
    return uses

"""Where the site itself shows a picture: in its pages, as its logo, with links to it."""

from typing import Any

from django.utils.translation import gettext as _

from articles.body import media_in
from articles.models import Media, Use
from articles.models.media_uses import desk_address
from portal.models import Distribution, Page, SiteSettings


def uses_of_media(*, media: Media, **signal: Any) -> list[Use]:
    """Answers ``uses_asked``: pages with the picture in their text, and the site with it as logo or for links."""
    pages = Page.objects.filter(binned_at=None, body__contains=f'data-media="{media.pk}"')
    uses = [Use(f"«{page}»", desk_address(page), page.get_absolute_url()) for page in pages]
    site = SiteSettings.current()
    pictures = {_("logo of the site"): site.logo_id, _("logo of the site on dark"): site.logo_dark_id}
    settings = [name for name, key in (pictures | {_("icon of the site"): site.icon_id}).items() if key == media.pk]
    uses += [Use(name, desk_address(site)) for name in settings]
    if Distribution.objects.filter(share_picture=media).exists():
        uses.append(Use(_("picture for links to the site")))
    return uses


def media_of_site(**signal: Any) -> set[int]:
    """Answers ``media_kept``: every picture and file that the site itself shows."""
    site = SiteSettings.current()
    keys = {site.logo_id, site.logo_dark_id, site.icon_id}
    keys |= set(Distribution.objects.values_list("share_picture", flat=True))
    for body in Page.objects.filter(binned_at=None, body__contains="data-media=").values_list("body", flat=True):
        keys |= media_in(body)
    return {key for key in keys if key}

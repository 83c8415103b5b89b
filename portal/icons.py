"""The picture in the tab of a browser: the site's own, or the first letter of its name on its colour."""

from django.urls import reverse

from articles.pictures import sources
from portal.models import SiteSettings


def icon_address(site: SiteSettings) -> str:
    if site.square is not None:
        return sources(site.square, "1x1").src
    letter = next((sign for sign in str(site.name) if sign.isalnum()), "N")
    return reverse("letter_icon", args=[site.brand.lstrip("#"), letter.upper()[0]])

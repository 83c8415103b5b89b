"""The picture in the tab of a browser: the site's own, or the first letter of its name on its colour."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from articles.pictures import sources
from portal.models import SiteSettings


def icon_address(site: SiteSettings) -> str:
    if site.square is not None:
        return sources(site.square, "1x1").src
    letter = next((sign for sign in str(site.name) if sign.isalnum()), "N")
    return reverse("letter_icon", args=[site.brand.lstrip("#"), letter.upper()[0]])


def web_manifest(site: SiteSettings) -> dict[str, Any]:
    """Returns what a phone is told that keeps the site among its programs: name, colours, icon."""
    icon = {"src": icon_address(site), "sizes": "any", "type": "image/svg+xml"}
    if site.square is not None:
        drawn = sources(site.square, "1x1")
        kind = "image/jpeg" if drawn.jpeg_srcset else site.square.content_type
        icon = {"src": drawn.largest, "sizes": f"{drawn.width}x{drawn.height}", "type": kind}
    return {
        "name": site.name,
        "short_name": site.name[:30],
        "description": site.description or site.tagline,
        "start_url": reverse("front"),
        "scope": "/",
        "display": "minimal-ui",
        "lang": settings.LANGUAGE_CODE,
        "background_color": "#ffffff",
        "theme_color": site.brand,
        "icons": [icon],
    }

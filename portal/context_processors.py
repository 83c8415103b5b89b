"""What every page needs: the site's settings. Read only when a template asks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lib import pagecache
from lib.addresses import absolute
from portal.models import Distribution, SiteSettings


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "site": SimpleLazyObject(lambda: _settings(request)),
        "distribution": SimpleLazyObject(_distribution),
        "canonical": absolute(request.path),
        "DEMO": settings.DEMO,
    }


def _distribution() -> Distribution:
    pagecache.tag("distribution")
    return Distribution.current()


def _settings(request: HttpRequest) -> SiteSettings:
    """Reads the settings, and leaves them with the request for what comes after the page: see policy.py."""
    pagecache.tag("site")
    found = SiteSettings.current()
    pagecache.tag(*(f"media:{each.pk}" for each in (found.logo, found.logo_dark, found.icon) if each))
    vars(request)["site_settings"] = found
    return found

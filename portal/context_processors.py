"""What every page needs: the site's settings. Read only when a template asks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lib import pagecache
from lib.addresses import absolute
from portal.models import SiteSettings


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "site": SimpleLazyObject(_settings),
        "canonical": absolute(request.path),
        "DEMO": settings.DEMO,
    }


def _settings() -> SiteSettings:
    pagecache.tag("site")
    return SiteSettings.current()

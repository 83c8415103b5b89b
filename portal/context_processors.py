"""What every page needs: the site's settings and its menus. Read only when a template asks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from lib import pagecache
from lib.addresses import absolute
from portal.menus import Menus, menus
from portal.models import SiteSettings


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "site": SimpleLazyObject(_settings),
        "menus": SimpleLazyObject(_menus),
        "canonical": absolute(request.path),
        "DEMO": settings.DEMO,
    }


def _settings() -> SiteSettings:
    pagecache.tag("site")
    return SiteSettings.current()


def _menus() -> Menus:
    return menus(str(get_language()))

"""What the content policy of a public page allows besides the site itself: the hosts of its visitor counters.

They stand in the settings of the site, which every page reads anyway, and the header is stored with the page: a change
of the counters makes both out of date at once.
"""

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

_HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9](:[0-9]{1,5})?")
SCRIPT = RegexValidator(
    # Nothing that would end a source of the content policy and begin another (CSP 3, section 2.3.1).
    r"^https://[\w.:-]+/[\w.~:/?&=%+-]*\Z",
    _("A full address with https://, of Latin letters, digits and the usual signs."),
    flags=re.ASCII,
)


def validate_hosts(text: str) -> None:
    if wrong := [host for host in text.split() if not _HOST.fullmatch(host)]:
        message = _("This is no host: %s. Write one a line, such as mc.yandex.com, without https:// and path.")
        raise ValidationError(message % ", ".join(wrong))


def widened(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Adds to the policy of a page what the settings that it was made with say; stands below CSPMiddleware."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        site = vars(request).get("site_settings")
        if site is not None and site.counter_sources:
            vars(response)["_csp_update"] = vars(response).get("_csp_update", {}) | site.counter_sources
        return response

    return middleware

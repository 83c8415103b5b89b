"""What an administrator types for machines, checked: proofs of ownership, hubs, further lines of robots.txt."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

OWNERSHIP = {
    "yandex": ("yandex-verification", r"[0-9a-f]{16,64}"),
    "google": ("google-site-verification", r"[A-Za-z0-9_-]{20,100}"),
    "bing": ("msvalidate.01", r"[0-9A-F]{32}"),
    "mailru": ("wmail-verification", r"[0-9a-f]{16,64}"),
    "zen": ("zen-verification", r"[A-Za-z0-9]{16,128}"),
    "facebook": ("facebook-domain-verification", r"[a-z0-9]{20,64}"),
}
"""By service: the name of its ``<meta>`` and what its token looks like."""

MAX_HUBS = 5
MAX_ROBOTS_LINES = 200
ROBOTS_LINE = re.compile(
    r"\s*(#.*|(?:user-agent|allow|disallow|crawl-delay|clean-param|host|sitemap)\s*:[ -~]*)?", re.IGNORECASE
)
"""A comment, an empty line, or a rule that a robot knows (RFC 9309, and Yandex's own Clean-param)."""


def lines_of(text: str) -> list[str]:
    """Returns the lines of ``text`` that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def check_token(service: str, token: str) -> None:
    """Raises ValidationError if ``token`` is not what ``service`` gives out: the bare token, without its tag."""
    if token and not re.fullmatch(OWNERSHIP[service][1], token):
        raise ValidationError(_('Only the token itself: what stands in content="…" of the tag you were given.'))


def check_https(address: str) -> None:
    """Raises ValidationError unless ``address`` begins with https:// and names a host and nothing secret."""
    try:
        parts = urlsplit(address)
        good = parts.scheme == "https" and parts.hostname and not parts.username and not parts.fragment
        _port = parts.port
    except ValueError:
        good = None
    if not good or not re.fullmatch(r"[!-~]{1,500}", address):
        raise ValidationError(_("Not an https address: «%(address)s»."), params={"address": address})


def check_hubs(text: str) -> None:
    """Raises ValidationError unless every line of ``text`` is the https address of a hub."""
    hubs = lines_of(text)
    if len(hubs) > MAX_HUBS:
        raise ValidationError(_("No more than %(most)d hubs."), params={"most": MAX_HUBS})
    for hub in hubs:
        check_https(hub)


def check_robots(text: str) -> None:
    """Raises ValidationError for a line that no robot would understand."""
    lines = text.splitlines()
    if len(lines) > MAX_ROBOTS_LINES:
        raise ValidationError(_("No more than %(most)d lines."), params={"most": MAX_ROBOTS_LINES})
    for number, line in enumerate(lines, 1):
        if not ROBOTS_LINE.fullmatch(line):
            message = _("Line %(number)d is no rule for robots: «%(line)s».")
            raise ValidationError(message, params={"number": number, "line": line[:100]})

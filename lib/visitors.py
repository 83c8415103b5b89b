"""Who asks, as far as a site should know: never an address, only a keyed hash of it."""

import re
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

LOCAL = {"", "127.0.0.1", "::1"}
"""What a connection from this machine comes from; "" is a Unix socket."""

BOTS = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|slurp|headless|phantom|preview|facebookexternalhit|whatsapp|curl|wget|python|java/|"
    r"go-http|okhttp|libwww|httpclient|axios|node-fetch|scrapy|lighthouse|pingdom|uptime|monitor|yandex\.com/bots",
    re.IGNORECASE,
)
"""Words in the User-Agent of what is no reader; an empty one is none either."""


def not_a_reader(request: HttpRequest) -> str:
    """Returns why nothing of this visitor counts: signed_in, prefetch or bot; "" for a reader.

    Only people of the newsroom have a session at all.
    """
    agent = request.headers.get("User-Agent", "")
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return "signed_in"
    if "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        return "prefetch"
    return "bot" if not agent or BOTS.search(agent) else ""


def address_of(request: HttpRequest) -> str:
    """Returns the network address of the visitor, or "" if it is not known.

    Behind proxies (``TRUSTED_PROXIES``, how many; one, if the connection comes from this machine) it is what the
    outermost of them saw: anything further to the left in X-Forwarded-For was written by the visitor.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    proxies = settings.TRUSTED_PROXIES or (1 if peer in LOCAL else 0)
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    address = seen[-proxies] if 0 < proxies <= len(seen) and seen[-proxies] else peer
    try:
        return str(ip_address(address.strip()))
    except ValueError:
        return ""


def network_of(request: HttpRequest) -> str:
    """Returns what counts as one address: with IPv6 a visitor has a whole /64. "" if it is not known."""
    address = address_of(request)
    if not address:
        return ""
    known = ip_address(address)
    return str(ip_network((known, 64), strict=False)) if isinstance(known, IPv6Address) else address


def address_hash(request: HttpRequest, purpose: str) -> str:
    """Returns 32 hexadecimal digits for the visitor's address, or "" if it is not known.

    Keyed with the site's secret and by ``purpose``, so that lists of different purposes cannot be joined.
    """
    network = network_of(request)
    return salted_hmac(f"visitors.{purpose}", network, algorithm="sha256").hexdigest()[:32] if network else ""


def mark(key: bytes, *parts: object) -> str:
    """Returns 32 hexadecimal digits for ``parts``. Who does not have ``key`` cannot tell what they were."""
    return blake2b("\0".join(map(str, parts)).encode(errors="replace"), key=key, digest_size=16).hexdigest()

"""Who asks, as far as a site should know: never an address, only a keyed hash of it."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

LOCAL = {"", "127.0.0.1", "::1"}
"""What a connection from this machine comes from; "" is a Unix socket."""


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


def address_hash(request: HttpRequest, purpose: str) -> str:
    """Returns 32 hexadecimal digits for the visitor's address, or "" if it is not known.

    Keyed with the site's secret and by ``purpose``, so that lists of different purposes cannot be joined. A
    visitor with IPv6 has a whole /64, so that counts as one address.
    """
    address = address_of(request)
    if not address:
        return ""
    known = ip_address(address)
    if isinstance(known, IPv6Address):
        address = str(ip_network((known, 64), strict=False))
    return salted_hmac(f"visitors.{purpose}", address, algorithm="sha256").hexdigest()[:32]

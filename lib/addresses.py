"""Addresses that leave the site: in feeds, sitemaps, mails, redirects and the head of a page."""

from urllib.parse import urljoin, urlsplit

from django.conf import settings


def absolute(path: str) -> str:
    """Returns ``path`` as a full address on the configured site; a full address stays as it is."""
    return urljoin(f"{settings.BASE_URL}/", path)


def can_be_followed(address: str) -> bool:
    """Says whether a browser can be sent to ``address``: a path from the root, or one that begins with http(s)://."""
    try:
        parts = urlsplit(address)
    except ValueError:  # such as http://[
        return False
    if parts.scheme or parts.netloc:
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    return address.startswith("/") and not address.startswith("//")

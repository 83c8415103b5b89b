"""Addresses that leave the site: in feeds, sitemaps, mails and the head of a page."""

from urllib.parse import urljoin

from django.conf import settings


def absolute(path: str) -> str:
    """Returns ``path`` as a full address on the configured site; a full address stays as it is."""
    return urljoin(f"{settings.BASE_URL}/", path)

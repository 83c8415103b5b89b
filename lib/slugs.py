"""Addresses in Latin letters for names in any script."""

from anyascii import anyascii
from django.utils.text import slugify


def latin_slug(text: str, max_length: int = 80) -> str:
    """Returns ``text`` as a lower-case ASCII slug, cut at a word where that is possible; it may be empty."""
    slug = slugify(anyascii(text.replace("ъ", "").replace("ь", "")))
    if len(slug) <= max_length:
        return slug
    head, _, _ = slug[: max_length + 1].rpartition("-")
    return head or slug[:max_length]

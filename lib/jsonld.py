"""Structured data of a page (JSON-LD, schema.org): a data block, which the content policy lets stand inline."""

import json
from typing import Any

from django.utils.safestring import SafeString

_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


def json_ld(data: dict[str, Any]) -> SafeString:
    """Returns ``data`` as a script element that no text in it can close, as Django's ``json_script`` does."""
    text = json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False).translate(_ESCAPES)
    return SafeString(f'<script type="application/ld+json">{text}</script>')

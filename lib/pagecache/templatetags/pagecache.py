from typing import Any

from django import template

from lib.pagecache.holes import place_hole

register = template.Library()


@register.simple_tag
def hole(name: str, *arguments: Any) -> str:
    """``{% hole "ticker" category.slug %}``: a fragment with a life of its own (lib/pagecache/holes.py)."""
    return place_hole(name, *map(str, arguments))

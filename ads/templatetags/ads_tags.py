"""Places for ads in page templates. They are given plain words, never an article."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ads.slots import SLOTS
from lib.pagecache.holes import place_hole

register = template.Library()

SEPARATOR = "|"


@register.simple_tag(takes_context=True)
def ad_slot(context: Context, key: str, category: str = "", tags: Iterable[Any] = ()) -> SafeString:
    """``{% ad_slot "article-top" category=article.category.path tags=article.tags.all %}``.

    Writes the box of a place, empty and of its full height; static/js/ads.js fills it. Raises KeyError for a
    place that ads/slots.py does not name. Where a page ``marks_ads`` (a preview), the place is only marked.
    """
    if context.get("marks_ads"):
        return render_to_string("ads/place.html", {"slot": SLOTS[key]})
    words = SEPARATOR.join(str(each).replace(SEPARATOR, " ") for each in tags)
    box = place_hole("ad", SLOTS[key].key)
    return format_html('<div class="ad-place" data-category="{}" data-tags="{}">{}</div>', category or "", words, box)


@register.simple_tag
def ad_paragraphs(key: str) -> int:
    """``{% ad_paragraphs "in-text" as after %}``: how many paragraphs stand before a place inside a text."""
    return SLOTS[key].paragraphs

"""What templates of the desk share."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Media
from articles.pictures import sources
from lib import clock, moments

register = template.Library()


@register.filter
def moment(at: datetime | None) -> str:
    """Returns a moment as the desk writes it everywhere; nothing for none."""
    return moments.in_words(at) if at else ""


@register.simple_tag
def small_picture(picture: Media) -> SafeString:
    """Returns a small picture that says nothing to those who hear the page: its story's title stands beside it."""
    drawn = sources(picture, "16x9")
    small = drawn.jpeg_srcset.split(" ")[0] or drawn.src
    return format_html('<img src="{}" alt="" loading="lazy" width="320" height="180">', small)


@register.simple_tag
def from_utc() -> str:
    """Returns how far the newsroom is from UTC today."""
    return moments.from_utc(clock.now())

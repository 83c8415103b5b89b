"""What templates of the desk share."""

import json
from datetime import datetime

from django import template
from django.contrib.admin.models import LogEntry
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

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


@register.filter
def change(entry: LogEntry) -> str:
    """Returns what an entry of the history says was done.

    Django keeps the names of fields with a capital, as the form wrote them, and finds no translation under these.
    """
    try:
        acts = json.loads(entry.change_message)
    except ValueError:
        return str(entry.get_change_message())
    for act in acts if isinstance(acts, list) else []:
        changed = act.get("changed", {})
        if "fields" in changed:
            changed["fields"] = [_as_in_the_model(name) for name in changed["fields"]]
    return str(LogEntry(action_flag=entry.action_flag, change_message=json.dumps(acts)).get_change_message())


def _as_in_the_model(name: str) -> str:
    return name if gettext(name) != name else name[:1].lower() + name[1:]

"""Tags of the text editor on the desk."""

import json

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from articles.editor_tools import TABLE_TOOLS, TOOLS, WRITING_KEYS

register = template.Library()


@register.simple_tag
def editor_keys() -> list[tuple[str | Promise, str]]:
    """Returns what every key of the editor does, for its help."""
    tools = [tool for group in [*TOOLS, TABLE_TOOLS] for tool in group if tool.keys]
    return [*((tool.label, tool.keys_told) for tool in tools), *WRITING_KEYS]


@register.simple_tag
def editor_lengths() -> list[tuple[str, str]]:
    """Returns which fields tell how long they are, with JSON of where they are shown and how many characters of them.

    About as many as search engines print of a title (60) and a description (160), and as a caption of a Telegram post
    may have at most (1024, https://core.telegram.org/bots/api#sendphoto).
    """
    search, telegram = _("search engines"), "Telegram"
    limits = {
        "id_title": [(search, 60)],
        "id_lead": [(search, 160), (telegram, 1024)],
        "id_seo_title": [(search, 60)],
        "id_seo_description": [(search, 160)],
    }
    return [(field, json.dumps(places)) for field, places in limits.items()]

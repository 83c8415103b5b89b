"""Tags of what surrounds every page: the masthead, the menus, the languages, the brand colours."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lib import addresses
from portal.icons import icon_address

register = template.Library()

IN_EVERY_LANGUAGE = {"articles:archive", "articles:authors", "articles:corrections", "articles:search"}
"""Pages that each language has, whatever is published in it."""


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    address: str


@register.simple_tag(takes_context=True)
def other_languages(context: Context) -> list[Language]:
    """Returns the languages of the site but the present one, named in themselves.

    Each with the address of this page in it, as its view told in ``elsewhere``; or else of the same page where every
    language has it, or of its front page.
    """
    elsewhere = context.get("elsewhere") or {}
    match = context["request"].resolver_match if "request" in context else None
    same = match.view_name if match and match.view_name in IN_EVERY_LANGUAGE else "front"
    present = translation.get_language()
    return [_language(code, elsewhere.get(code), same) for code, _name in settings.LANGUAGES if code != present]


def _language(code: str, address: str | None, same: str) -> Language:
    with translation.override(code):
        name = translation.get_language_info(code)["name_local"].capitalize()
        return Language(code, name, address or reverse(same))


@register.simple_tag
def two_tone(name: str) -> SafeString:
    """``{% two_tone site.name %}``: a name of several words with its last one in the brand colour."""
    head, space, last = str(name).rpartition(" ")
    return format_html("{}{}<span>{}</span>", head, space, last) if head else format_html("{}", last)


@register.simple_tag
def aria_current(address: str, section: str) -> SafeString | str:
    """Marks a menu entry that leads to the section (an address, or "") that the page belongs to."""
    return format_html(' aria-current="{}"', "true") if section.startswith(address) else ""


@register.simple_tag(takes_context=True)
def brand_css_url(context: Context) -> str:
    """Returns the address of the stylesheet that sets the site's own colours."""
    site: Any = context["site"]
    return reverse("brand_css", args=[site.brand.lstrip("#"), site.brand_dark.lstrip("#")])


@register.simple_tag(takes_context=True)
def icon_url(context: Context) -> str:
    """Returns the address of the picture for a browser's tab: the site's own, or the first letter of its name."""
    return icon_address(context["site"])


@register.simple_tag
def network_icon(network: str) -> str:
    """``{% network_icon link.network %}``: the sign of a social network; a globe for one that has none here."""
    return render_to_string(f"site/icons/{network or 'link'}.svg")


@register.filter
def absolute(path: str) -> str:
    """``{{ article.get_absolute_url|absolute }}``: the full address, for what is read elsewhere."""
    return addresses.absolute(path)

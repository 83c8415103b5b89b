"""Tags of the head of a page: what links to it look like, and what search engines are told of the site."""

from html import unescape
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override, to_locale

from articles.models import Article, Media
from lib.html import excerpt
from lib.jsonld import json_ld
from portal.distribution import links
from portal.distribution.links import LinkPicture
from portal.distribution.looks import looks

register = template.Library()

REGIONS = {"ru": "ru_RU", "en": "en_US"}
"""Open Graph's locales have a region."""


@register.simple_tag(takes_context=True)
def link_picture(
    context: Context, article: Article | None = None, media: Media | None = None, crop: str = "16x9"
) -> LinkPicture | None:
    """``{% link_picture article=article as shown %}``: what stands beside a link to this page.

    The picture of the page, else the site's own picture for links; None where there is neither.
    """
    if media:
        return links.of_media(media, crop)
    distribution: Any = context["distribution"]
    return (article and links.of_article(article)) or links.of_site(distribution)


@register.simple_block_tag(takes_context=True)
def link_preview(
    context: Context, content: str, title: str, shown: LinkPicture | None = None, kind: str = "website"
) -> SafeString:
    """``{% link_preview title shown %}Some words.{% endlink_preview %}``: description, Open Graph and Twitter card."""
    words = excerpt(" ".join(unescape(content).split()), links.DESCRIPTION_LENGTH)
    code = str(get_language())
    told = {name: context[name] for name in ("site", "canonical")}
    told |= {"title": title, "description": words, "shown": shown, "kind": kind}
    return render_to_string("site/_link_preview.html", told | {"locale": REGIONS.get(code, to_locale(code))})


@register.simple_tag(takes_context=True)
def publisher(context: Context) -> dict[str, Any]:
    """Returns who publishes the site, as structured data has it."""
    site: Any = context["site"]
    return links.organization(site)


@register.simple_tag(takes_context=True)
def site_json_ld(context: Context) -> SafeString:
    """``{% site_json_ld %}``: the publisher and the site, for search engines, on the front page."""
    site: Any = context["site"]
    return json_ld({"@graph": [links.organization(site), links.website(site, str(get_language()))]})


@register.simple_tag(takes_context=True)
def link_looks(context: Context, title: str, description: str, shown: LinkPicture | None) -> list[dict[str, Any]]:
    """``{% link_looks title words shown as looks %}``: how a link to a page looks in messengers and search results.

    What is wrong there is said in the ``desk_language`` of the page, for the editor may have another than the story.
    """
    words = excerpt(" ".join(unescape(description).split()), links.DESCRIPTION_LENGTH)
    with override(context.get("desk_language", get_language())):
        return looks(title, words, shown)

"""Tags of feeds: what XML and JSON readers are told of articles."""

import json
import re
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, linebreaks
from django.utils.translation import gettext

from articles import body, structured
from articles.feeds import Channel
from articles.models import Article, Byline, Correction, Media
from articles.templatetags.articles_tags import headline
from lib.addresses import absolute

register = template.Library()

NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
"""What XML 1.0 forbids in a text (https://www.w3.org/TR/xml/#charsets)."""


@register.filter
def xml_text(text: Any) -> str:
    """Returns ``text`` without the characters that XML forbids; still to be escaped, as templates do."""
    return NOT_IN_XML.sub("", str(text))


@register.filter
def rfc822(moment: datetime) -> str:
    """Returns the moment as RSS wants it, in English whatever the language of the page."""
    return format_datetime(moment)


@register.filter
def rfc822_here(moment: datetime) -> str:
    """Returns the moment as RSS wants it, in the newsroom's zone."""
    return format_datetime(timezone.localtime(moment))


@register.filter
def permanent(article: Article) -> str:
    """Returns the address by which programs know a story for ever: without the slug, which may change."""
    return absolute(reverse("articles:article_by_id", args=[article.pk]))


@register.filter
def writers(article: Article) -> list[str]:
    """Returns the names of those who wrote the text, in their order."""
    return [str(each.author) for each in article.bylines.all() if each.role == Byline.Role.TEXT]


@register.filter
def feed_picture(article: Article) -> Media | None:
    """Returns the main picture for readers outside the site; none of a story for adults."""
    return None if article.age_mark == Article.AgeMark.EIGHTEEN else article.hero


@register.filter
def for_feed(article: Article) -> str:
    """Returns the body for readers outside the site; of a story for adults only what it is of."""
    if article.age_mark == Article.AgeMark.EIGHTEEN:
        return format_html("<p>{}</p>", structured.description(article))
    return body.for_feed(article.body)


@register.simple_tag(takes_context=True)
def json_feed(context: Context, hubs: Iterable[str]) -> str:
    """``{% json_feed hubs %}``: the feed as JSON Feed 1.1 has it (https://www.jsonfeed.org/version/1.1/)."""
    site: Any = context["site"]
    channel: Channel = context["channel"]
    items = [_item(article) for article in context["articles"]]
    told = {"description": site.description or site.tagline, "hubs": [{"type": "WebSub", "url": hub} for hub in hubs]}
    return _json(context, channel.title, channel.link, told, items)


@register.simple_tag(takes_context=True)
def corrections_json_feed(context: Context) -> str:
    """``{% corrections_json_feed %}``: what had to be put right, in the same form."""
    items = [_corrected(correction) for correction in context["page"].corrections]
    told = {"description": gettext("What we had to put right in our stories.")}
    return _json(context, gettext("Corrections and clarifications"), reverse("articles:corrections"), told, items)


def _json(context: Context, title: str, link: str, told: dict[str, Any], items: list[dict[str, Any]]) -> str:
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": " — ".join(filter(None, [title, context["site"].name])),
        "home_page_url": absolute(link),
        "feed_url": absolute(context["request"].path),
        "language": context["request"].LANGUAGE_CODE,
        **told,
    }
    return json.dumps({name: value for name, value in said.items() if value} | {"items": items}, ensure_ascii=False)


def _corrected(correction: Correction) -> dict[str, Any]:
    return {
        "id": f"correction-{correction.pk}@{permanent(correction.article)}",
        "url": absolute(correction.get_absolute_url()),
        "title": f"{correction.get_kind_display()}: {headline(correction.article)}",
        "content_html": linebreaks(correction.text, autoescape=True),
        "date_published": _iso(correction.published_at),
        "tags": [str(correction.get_kind_display())],
    }


def _item(article: Article) -> dict[str, Any]:
    hero = feed_picture(article)
    told = {
        "id": permanent(article),
        "url": absolute(article.get_absolute_url()),
        "title": headline(article),
        "summary": structured.description(article),
        "content_html": for_feed(article),
        "image": hero and absolute(hero.url),
        "date_published": _iso(article.publish_at),
        "date_modified": _iso(article.modified_at),
        "authors": [{"name": name} for name in writers(article)],
        "tags": [str(each) for each in (article.category, *article.tags.all()) if each],
        "language": article.language,
        "attachments": hero
        and [{"url": absolute(hero.url), "mime_type": hero.content_type, "size_in_bytes": hero.size}],
    }
    return {name: value for name, value in told.items() if value or name == "content_html"}


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""

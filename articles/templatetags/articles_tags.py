"""Tags of articles: their text, pictures and times, and what machines are told of them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import body, pictures, sharing, structured
from articles.body import headings, length
from articles.models import Article, Media
from lib import clock, pagecache
from lib.days import midnight, midnight_after
from lib.html import excerpt
from lib.jsonld import json_ld

register = template.Library()

MOMENT = "j E Y, H:i"
HEADLINE_LENGTH = 120
NEEDED_FOR = {"embeds": '<figure class="embed ', "gallery": '<figure class="gallery" data-gallery>'}
"""By which words a text shows that it has parts with styles and scripts of their own."""


@register.filter
def headline(article: Article) -> str:
    """Returns the title; where there is none, the first words of the lead, or the date."""
    if article.title or article.publish_at is None:
        return str(article)
    if article.lead:
        return excerpt(" ".join(article.lead.split()), HEADLINE_LENGTH)
    return _("News of %s") % date_format(timezone.localtime(article.publish_at), MOMENT)


@register.filter
def in_full(moment: datetime) -> SafeString:
    """``{{ article.publish_at|in_full }}``: 22 November 2026, 12:40."""
    return _time(moment, MOMENT)


@register.simple_tag
def time_on_card(moment: datetime, short: bool = False) -> SafeString:
    """Today the hour, this year the day, before that the year too; the page expires when this changes."""
    now = timezone.localtime(clock.now())
    day = timezone.localtime(moment).date()
    if day == now.date():
        pagecache.expires(midnight_after(now))
        return _time(moment, "H:i")
    if day.year == now.year:
        pagecache.expires(midnight(date(now.year + 1, 1, 1)))
        return _time(moment, "d.m" if short else "j E, H:i")
    return _time(moment, "d.m.y" if short else "j E Y")


@register.simple_tag
def updated(published: datetime, moment: datetime) -> SafeString:
    """Says when readers got something new: on the day of publication the hour is enough."""
    if timezone.localdate(published) == timezone.localdate(moment):
        return format_html(_("Updated at {}"), _time(moment, "H:i"))
    return format_html(_("Updated {}"), _time(moment, MOMENT))


def _time(moment: datetime, wanted: str) -> SafeString:
    here = timezone.localtime(moment)
    return format_html('<time datetime="{}">{}</time>', here.isoformat("T", "minutes"), date_format(here, wanted))


@register.simple_tag
def text_of(article: Article) -> SafeString:
    """``{% text_of article %}``: the body as HTML, with its pictures in all their sizes."""
    return body.render(article.body, article.body_media.all() if body.media_in(article.body) else [])


@register.simple_tag
def opening_of(article: Article, text: SafeString) -> tuple[str, SafeString]:
    """``{% opening_of article text as parts %}``: what a reader sees first of a text that has no lead, and the rest."""
    return ("", text) if article.lead else body.opening(text)


@register.simple_tag
def split_text(text: str, paragraphs: int) -> tuple[SafeString, SafeString]:
    """``{% split_text text 3 as parts %}``: the HTML of a body in two parts, so that something may stand between."""
    return body.split_after(text, paragraphs)


@register.filter
def reading_time(article: Article) -> str:
    """``{{ article|reading_time }}``: how long it takes to read; empty for what is read at a glance."""
    minutes = length.minutes(article)
    if minutes < length.SHORTEST_TOLD:
        return ""
    return ngettext("%d minute to read", "%d minutes to read", minutes) % minutes


@register.inclusion_tag("articles/_body_contents.html")
def contents(text: str) -> dict[str, Any]:
    """``{% contents text %}``: the headings of a long text as links; nothing for one that needs no such list."""
    if text.count("<h2") < length.HEADINGS or length.words(text) < length.LONG:
        return {"headings": []}
    found = headings.contents(text)
    return {"headings": found if len(found) >= length.HEADINGS else []}


@register.inclusion_tag("articles/_body_needs.html")
def text_needs(text: str) -> dict[str, bool]:
    """``{% text_needs text %}``: the styles and scripts of the parts that stand in a text; most texts need none."""
    return {name: mark in text for name, mark in NEEDED_FOR.items()}


@register.inclusion_tag("articles/_picture.html")
def picture(
    media: Media, crop: str = "full", sizes: str = "100vw", priority: bool = False, alt: str | None = None
) -> dict[str, Any]:
    """``{% picture article.hero crop="16x9" sizes="(min-width: 900px) 300px, 100vw" priority=True %}``.

    ``priority`` is for the one picture that a reader sees first; every other one waits until it is near.
    """
    pagecache.tag(f"media:{media.pk}")
    return {
        "sources": pictures.sources(media, crop),
        "alt": media.alt if alt is None else alt,
        "sizes": sizes,
        "priority": priority,
    }


@register.simple_tag
def share_links(codes: list[str], url: str, title: str) -> list[sharing.ShareLink]:
    """``{% share_links site.share canonical title as links %}``: where a story can be shared."""
    return list(sharing.links(codes, url, title))


@register.filter
def description(article: Article) -> str:
    return structured.description(article)


@register.simple_tag
def article_json_ld(
    article: Article, publisher: dict[str, Any], picture: str = "", translations: Iterable[Article] = ()
) -> SafeString:
    """``{% article_json_ld article publisher shown.url translations %}``: the article for search engines."""
    return json_ld(structured.news_article(article, publisher, picture, translations or ()))


@register.simple_tag
def list_json_ld(name: str, address: str, articles: Iterable[Article]) -> SafeString:
    """``{% list_json_ld title canonical page.articles %}``: a list of articles for search engines."""
    return json_ld(structured.collection(name, address, articles))


@register.simple_tag
def breadcrumbs_json_ld(home: str, *places: Any) -> SafeString:
    """``{% breadcrumbs_json_ld site.name category article %}``: the way from the front page to this one."""
    steps = [(str(place), place.get_absolute_url()) for place in places if place]
    return json_ld(structured.breadcrumbs([(home, reverse("front")), *steps]))

"""Feeds for Yandex and Dzen, each with what it asks for. Neither is given advertisements or stories for adults.

Yandex: https://yandex.ru/support/webmaster/ru/search-appearance/fresh-content (plain text, 10 MB at most).
Dzen: https://dzen.ru/help/ru/website/rss-modify (few tags, stories of the last three days, 500 at most).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import nh3
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.body import for_feed
from articles.lists import details_shown, shown
from articles.models import Article, Listing, Media
from articles.models.listing import list_tag
from lib import pagecache
from lib.days import Span
from lib.html import attributes_of
from lib.pagecache import cached_page
from portal.distribution.settings import Distribution
from portal.models.site import SiteSettings

FRESH = timedelta(days=3)
MOST = 500
MOST_BYTES = 9_000_000
"""Of texts for Yandex, which takes 10 MB with everything around them."""
SHORT = 1_500
"""Characters of a text up to which Yandex calls it a message and not an article."""
ADULT = Article.AgeMark.EIGHTEEN

BLOCKS = {"p", "h2", "h3", "h4", "li", "blockquote", "tr", "pre", "summary", "dt", "dd"}
EMBEDDED = {"figure", "audio", "video"}
ZEN_TAGS = {
    "p", "a", "b", "i", "u", "s", "br", "h2", "h3", "h4", "blockquote", "ul", "ol", "li", "figure", "figcaption", "img",
}  # fmt: skip
ZEN_NAMES = {"strong": "b", "em": "i"}

_BLOCK_END = re.compile(rf"</(?:{'|'.join(BLOCKS)})>")
_TAG = re.compile(r"<[^>]*>")
_ADDRESS = re.compile(r"https?://\S+")
_NAMED = re.compile(rf"<(/?)({'|'.join(ZEN_NAMES)})\b[^>]*>")
_IMAGE = re.compile(r"<img\b([^>]*?)/?>")
_FIGURE_WITHOUT_PICTURE = re.compile(r"<figure\b[^>]*>(?:(?!<img|<figure|</figure).)*</figure>", re.DOTALL)


@dataclass(frozen=True)
class Item:
    article: Article
    text: str
    pictures: list[Media]

    @property
    def genre(self) -> str:
        """What Yandex calls this kind of text."""
        return "article" if self.article.is_opinion or len(self.text) > SHORT else "message"


@require_safe
@cached_page
def yandex(request: HttpRequest) -> HttpResponse:
    if not _settings().yandex_feed:
        raise Http404("not offered")
    context = {"items": list(_that_fit(_yandex_items(_stories())))}
    return TemplateResponse(request, "portal/yandex.xml", context, content_type="application/rss+xml; charset=utf-8")


@require_safe
@cached_page
def zen(request: HttpRequest) -> HttpResponse:
    distribution = _settings()
    if not distribution.zen_feed:
        raise Http404("not offered")
    items = [_zen_item(article, distribution.zen_min_width) for article in _stories()]
    context = {"items": items, "flags": distribution.zen_flags}
    return TemplateResponse(request, "portal/zen.xml", context, content_type="application/rss+xml; charset=utf-8")


def _settings() -> Distribution:
    pagecache.tag("distribution", "site")
    return Distribution.current()


def _stories() -> list[Article]:
    """Returns what aggregators may have of the last days, the newest first, and tells the page cache of it."""
    now, language = timezone.now(), str(get_language())
    fresh = (
        Article.objects.published(now).listed("all", language, span=Span(now - FRESH, now + FRESH)).for_aggregators()
    )
    marks = [ADULT, *([""] if SiteSettings.current().age_mark == ADULT else [])]
    found = list(fresh.exclude(age_mark__in=marks).for_page().prefetch_related("body_media")[:MOST])
    pagecache.tag(list_tag("all", language))
    pagecache.expires(Listing.objects.next_change(["all"], language, now))
    shown(found)
    details_shown(found)
    for article in found[-1:]:
        pagecache.expires(article.cursor.publish_at + FRESH)
    return found


def _yandex_items(stories: Iterable[Article]) -> Iterator[Item]:
    for article in stories:
        text = "\n\n".join(filter(None, [" ".join(article.lead.split()), *paragraphs(article.body)]))
        yield Item(article, text, [article.hero] if article.hero else [])


def _that_fit(items: Iterable[Item]) -> Iterator[Item]:
    """Yields the newest ``items``, as many as the aggregator takes."""
    room = MOST_BYTES
    for item in items:
        room -= len(item.text.encode()) + 2_000  # the names and addresses around it
        if room < 0:
            return
        yield item


def paragraphs(body: str) -> list[str]:
    """Returns the paragraphs of a clean body as plain text, without pictures, players and their captions."""
    kept = nh3.clean(
        body, tags=BLOCKS | {"td", "th", "br"}, attributes={}, clean_content_tags=EMBEDDED | {"script", "style"}
    )
    blocks = (" ".join(unescape(_TAG.sub(" ", block)).split()) for block in _BLOCK_END.split(kept))
    # A paragraph that is only an address is a video on our pages, and nothing to be read.
    return [block for block in blocks if block and not _ADDRESS.fullmatch(block)]


def _zen_item(article: Article, min_width: int) -> Item:
    """Returns a story as Dzen takes it: its own tags alone, no picture narrower than ``min_width``."""
    media = {str(each.pk): each for each in article.body_media.all() if (each.width or 0) >= min_width}
    hero = [article.hero] if article.hero and (article.hero.width or 0) >= min_width else []
    return Item(article, zen_text(article.body, media), [*hero, *(each for each in media.values() if each not in hero)])


def zen_text(body: str, media: dict[str, Media]) -> str:
    """Returns a clean body in the tags that Dzen knows, with the pictures that are among ``media``, by their keys."""

    def picture(match: re.Match[str]) -> str:
        return match[0] if attributes_of(match[1]).get("data-media") in media else ""

    text = _IMAGE.sub(picture, body)
    for _nested in range(2):  # a gallery has figures within a figure
        text = _FIGURE_WITHOUT_PICTURE.sub("", text)
    text = _NAMED.sub(lambda match: f"<{match[1]}{ZEN_NAMES[match[2]]}>", text)
    attributes = {"a": {"href"}, "img": {"src", "width", "height"}}
    return nh3.clean(
        for_feed(text),
        tags=ZEN_TAGS,
        attributes=attributes,
        clean_content_tags={"audio", "video", "script", "style"},
        link_rel=None,
    )

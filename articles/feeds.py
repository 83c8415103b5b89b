"""Feeds of the site and of its lists, with the whole text: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1.

They stand where WordPress has them: ``/feed/`` and ``/feed/atom/``, and the same below every list. What a
program reads is the same for every reader, so feeds live in the page cache and are asked for by ETag.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.lists import list_page, tell_lists
from articles.models import Article, Author, Category, Source, Tag
from lib import pagecache
from lib.pagecache import cached_page

SIZE = 30
NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)
"""When an empty feed changed last: Atom wants a time, and «now» would make every answer another one."""


NOT_A_PAGE = {"X-Robots-Tag": "noindex, follow"}
"""What search engines are told of a feed: to go on to the stories, and to show no feed among their results."""


@dataclass(frozen=True)
class Form:
    """A way to write a feed down."""

    template: str
    content_type: str


FORMS = {
    "rss": Form("articles/feed.xml", "application/rss+xml; charset=utf-8"),
    "atom": Form("articles/feed.atom", "application/atom+xml; charset=utf-8"),
    "json": Form("articles/feed.json", "application/feed+json; charset=utf-8"),
}


@dataclass(frozen=True)
class Channel:
    """A list of articles that has a feed: its key (see Listing), its name, its page and where its RSS stands."""

    key: str
    title: str
    link: str
    address: str

    def address_as(self, form: str) -> str:
        """Returns the path of the feed in ``form``: ``rss``, ``atom`` or ``json``."""
        return self.address if form == "rss" else f"{self.address}{form}/"


def of_site(title: str = "") -> Channel:
    return Channel("all", title, reverse("front"), reverse("articles:feed"))


def of_category(category: Category) -> Channel:
    address = reverse("articles:category_feed", args=[category.path])
    return Channel(f"category:{category.pk}", category.name, category.get_absolute_url(), address)


def of_tag(tag: Tag) -> Channel:
    address = reverse("articles:tag_feed", args=[tag.slug])
    return Channel(f"tag:{tag.pk}", f"#{tag.name}", tag.get_absolute_url(), address)


def of_author(author: Author) -> Channel:
    address = reverse("articles:author_feed", args=[author.slug])
    return Channel(f"author:{author.pk}", author.name, author.get_absolute_url(), address)


def of_source(source: Source) -> Channel:
    address = reverse("articles:source_feed", args=[source.slug])
    return Channel(f"source:{source.pk}", source.name, source.get_absolute_url(), address)


def channels(article: Article) -> list[Channel]:
    """Returns every feed in which ``article`` stands or would stand. The language of the article must be active."""
    categories = [*article.categories.all(), *([article.category] if article.category else [])]
    with_those_above = {each.pk: each for found in categories for each in [*found.ancestors(), found]}
    return [
        of_site(),
        *map(of_category, with_those_above.values()),
        *map(of_tag, article.tags.all()),
        *map(of_author, article.authors.all()),
        *(of_source(citation.source) for citation in article.citations.select_related("source")),
    ]


def last_change(articles: list[Article]) -> datetime:
    """Returns when one of ``articles`` changed last."""
    return max((each.modified_at or NOTHING_YET for each in articles), default=NOTHING_YET)


def _feed(request: HttpRequest, channel: Channel, form: str, *, may_be_empty: bool = True) -> HttpResponse:
    page = list_page(channel.key, str(get_language()), now=timezone.now(), size=SIZE, with_text=True)
    if not page.articles and not may_be_empty:
        raise Http404("nothing published yet")
    context = {
        "articles": page.articles,
        "channel": channel,
        "self": channel.address_as(form),
        "changed": last_change(page.articles),
    }
    chosen = FORMS[form]
    return TemplateResponse(request, chosen.template, context, content_type=chosen.content_type, headers=NOT_A_PAGE)


@require_safe
@cached_page
def site(request: HttpRequest, form: str = "rss") -> HttpResponse:
    return _feed(request, of_site(), form)


@require_safe
@cached_page
def category(request: HttpRequest, path: str, form: str = "rss") -> HttpResponse:
    found = get_object_or_404(Category.objects.shown(), path=path)
    pagecache.tag(f"category:{found.pk}")
    return _feed(request, of_category(found), form)


@require_safe
@cached_page
def tag(request: HttpRequest, slug: str, form: str = "rss") -> HttpResponse:
    found = get_object_or_404(Tag, slug=slug)
    pagecache.tag(f"tag:{found.pk}")
    # As on its page: a tag that only a scheduled story has says too much about it.
    return _feed(request, of_tag(found), form, may_be_empty=False)


@require_safe
@cached_page
def author(request: HttpRequest, slug: str, form: str = "rss") -> HttpResponse:
    now = timezone.now()
    found = get_object_or_404(Author.objects.known(now), slug=slug)
    pagecache.tag(f"author:{found.pk}")
    tell_lists(f"author:{found.pk}", now)
    return _feed(request, of_author(found), form)


@require_safe
@cached_page
def source(request: HttpRequest, slug: str, form: str = "rss") -> HttpResponse:
    found = get_object_or_404(Source, slug=slug, binned_at=None)
    pagecache.tag(f"source:{found.pk}")
    return _feed(request, of_source(found), form, may_be_empty=False)


@require_safe
def by_old_name(request: HttpRequest, address: str) -> HttpResponse:
    """Leads WordPress's other names of one feed (``/feed/rss2/``, ``/feed/rdf/``) to it."""
    return HttpResponsePermanentRedirect(f"{reverse('front')}{address}feed/")

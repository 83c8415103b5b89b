"""Pages of lists: all news, a category, a tag, an author, a source. Those of the calendar: archive_pages.py."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.lists import also_in, list_page, pinned, tell_lists
from articles.models import Article, Author, Category, Source, Tag
from articles.models.listing import Cursor
from articles.signals import cards_shown
from lib import pagecache
from lib.days import Span
from lib.languages import in_language
from lib.pagecache import cached_page


def list_response(
    request: HttpRequest,
    key: str,
    template: str,
    context: dict[str, Any],
    *,
    now: datetime | None = None,
    span: Span | None = None,
    address: Callable[[], str] | None = None,
    leads: Callable[[datetime], list[Article]] | None = None,
    may_be_empty: bool = True,
) -> HttpResponse:
    """Renders one page of the list ``key``. A page that does not exist is a 404, not an empty list.

    ``address`` tells where the list stands in the active language, if it is the same in every one; ``leads`` finds
    what stands on top of the first page, and therefore not below it once more.
    """
    try:
        before = Cursor.parse(request.GET["before"]) if "before" in request.GET else None
    except ValueError as error:
        raise Http404(str(error)) from error
    now = now or timezone.now()
    page = list_page(key, str(get_language()), now=now, before=before, span=span)
    if not page.articles and (before is not None or not may_be_empty):
        raise Http404("past the end, or nothing published yet")
    on_top = leads(now) if leads and page.is_first else []
    page = page.without(on_top)
    cards_shown.send(Article, articles=[*on_top, *page.articles])
    context |= {"leads": on_top, "page": page}
    if address and page.is_first and (page.articles or on_top):
        context["elsewhere"] = {code: in_language(code, address) for code in also_in(key, now=now)}
    return TemplateResponse(request, template, context)


@require_safe
@cached_page
def latest(request: HttpRequest) -> HttpResponse:
    context = {"title": _("All news"), "feed": reverse("articles:feed")}
    return list_response(request, "all", "articles/latest.html", context, address=lambda: reverse("articles:latest"))


@require_safe
@cached_page
def category(request: HttpRequest, path: str) -> HttpResponse:
    found = get_object_or_404(Category.objects.shown().select_related("picture"), path=path)
    above, below = found.neighbours()
    pagecache.tag("categories")  # one that is added or comes out of the bin belongs here too
    context = {
        "category": found,
        "above": above,
        "below": below,
        "title": found.name,
        "section": found.get_absolute_url(),
        "feed": reverse("articles:category_feed", args=[found.path]),
    }

    def leads(now: datetime) -> list[Article]:
        return pinned(found.pk, str(get_language()), now=now)

    address = found.get_absolute_url
    return list_response(
        request, f"category:{found.pk}", "articles/category.html", context, address=address, leads=leads
    )


@require_safe
@cached_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Tag, slug=slug)
    pagecache.tag(f"tag:{found.pk}")
    context = {
        "tag": found,
        "title": f"#{found.name}",
        "feed": reverse("articles:tag_feed", args=[found.slug]),
    }
    # A tag or a source that only a scheduled story has says too much about it.
    address = found.get_absolute_url
    return list_response(request, f"tag:{found.pk}", "articles/tag.html", context, address=address, may_be_empty=False)


@require_safe
@cached_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    found = get_object_or_404(Author.objects.known(now).select_related("photo"), slug=slug)
    pagecache.tag(f"author:{found.pk}")
    tell_lists(f"author:{found.pk}", now)  # whoever says nothing of themselves is known by a story in any language
    context = {
        "author": found,
        "title": found.name,
        "feed": reverse("articles:author_feed", args=[found.slug]),
    }
    address = found.get_absolute_url
    return list_response(request, f"author:{found.pk}", "articles/author.html", context, address=address)


@require_safe
@cached_page
def authors(request: HttpRequest) -> HttpResponse:
    """Who works for the newsroom."""
    now = timezone.now()
    pagecache.tag("authors")
    tell_lists("all", now)
    working = Author.objects.working().known(now).select_related("photo")
    found = sorted(working, key=lambda author: str(author).casefold())
    return TemplateResponse(request, "articles/authors.html", {"title": _("Authors"), "authors": found})


@require_safe
@cached_page
def source(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Source, slug=slug, binned_at=None)
    pagecache.tag(f"source:{found.pk}")
    context = {
        "source": found,
        "title": found.name,
        "feed": reverse("articles:source_feed", args=[found.slug]),
    }
    address = found.get_absolute_url
    return list_response(
        request, f"source:{found.pk}", "articles/source.html", context, address=address, may_be_empty=False
    )

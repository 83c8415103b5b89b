"""Pages of articles and of lists of them."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from articles import reads
from articles.body import media_in
from articles.lists import details_shown, list_page, shown
from articles.models import Article, Author, Category, Listing, Source, State, Tag
from articles.models.listing import Cursor
from articles.related import around
from lib import pagecache
from lib.beacons import Malformed, tells_malformed, words_of
from lib.converters import IdConverter
from lib.days import midnight
from lib.pagecache import cached_page


@require_safe
@cached_page
def article(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    now = timezone.now()
    found = Article.objects.published(now).for_page().filter(pk=pk).first()
    if found is None:
        return _gone_or_missing(request, pk, now)
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    shown([found])
    details_shown([found])
    pagecache.tag(*(f"media:{pk}" for pk in media_in(found.body)))
    context = {
        "article": found,
        "around": around(found, now),
        "section": found.category.get_absolute_url() if found.category else "",
    }
    return TemplateResponse(request, "articles/article.html", context)


def _gone_or_missing(request: HttpRequest, pk: int, now: datetime) -> HttpResponse:
    """Answers 410 for what was once here, 404 for what never was (or is not yet)."""
    gone = Article.objects.filter(pk=pk, binned_at=None, first_published_at__lte=now)
    if any(each.state == State.WITHDRAWN or each.has_gone_off(now) for each in gone):
        return TemplateResponse(request, "410.html", status=410)
    raise Http404


def _list(
    request: HttpRequest,
    key: str,
    template: str,
    context: dict[str, Any],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    may_be_empty: bool = True,
) -> HttpResponse:
    """Renders one page of the list ``key``. A page that does not exist is a 404, not an empty list."""
    try:
        before = Cursor.parse(request.GET["before"]) if "before" in request.GET else None
    except ValueError as error:
        raise Http404(str(error)) from error
    page = list_page(key, str(get_language()), now=timezone.now(), before=before, since=since, until=until)
    if not page.articles and (before is not None or not may_be_empty):
        raise Http404("past the end, or nothing published yet")
    return TemplateResponse(request, template, context | {"page": page, "is_first": before is None})


@require_safe
@cached_page
def latest(request: HttpRequest) -> HttpResponse:
    return _list(request, "all", "articles/list.html", {"title": _("All news"), "feed": reverse("articles:feed")})


@require_safe
@cached_page
def category(request: HttpRequest, path: str) -> HttpResponse:
    found = get_object_or_404(Category.objects.shown(), path=path)
    above, below = found.neighbours()
    pagecache.tag("categories")  # one that is added or comes out of the bin belongs here too
    context = {
        "category": found,
        "above": above,
        "below": below,
        "title": found.name,
        "section": found.get_absolute_url(),
    }
    return _list(
        request,
        f"category:{found.pk}",
        "articles/category.html",
        context | {"feed": reverse("articles:category_feed", args=[found.path])},
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
    return _list(request, f"tag:{found.pk}", "articles/tag.html", context, may_be_empty=False)


@require_safe
@cached_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Author.objects.select_related("photo"), slug=slug, binned_at=None)
    pagecache.tag(f"author:{found.pk}")
    if found.photo_id:
        pagecache.tag(f"media:{found.photo_id}")
    context = {
        "author": found,
        "title": found.name,
        "feed": reverse("articles:author_feed", args=[found.slug]),
    }
    return _list(request, f"author:{found.pk}", "articles/author.html", context)


@require_safe
@cached_page
def source(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Source, slug=slug, binned_at=None)
    pagecache.tag(f"source:{found.pk}")
    context = {"source": found, "title": found.name}
    return _list(request, f"source:{found.pk}", "articles/source.html", context, may_be_empty=False)


@require_safe
@cached_page
def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    try:
        wanted = date(year, month, day)
        since, until = midnight(wanted), midnight(wanted + timedelta(days=1))
    except (ValueError, OverflowError) as error:
        raise Http404(str(error)) from error
    now = timezone.now()
    before, after = Listing.objects.days_around(str(get_language()), since, until, now)
    pagecache.expires(Listing.objects.next_disappearance(now))
    context = {"day": wanted, "title": date_format(wanted, "j E Y"), "before": before, "after": after}
    return _list(request, "all", "articles/day.html", context, since=since, until=until)


@require_safe
def numbered_page(request: HttpRequest, address: str | None = None) -> HttpResponse:
    front = reverse("front")
    return HttpResponsePermanentRedirect(f"{front}{address}" if address else reverse("articles:latest"))


@csrf_exempt
@require_POST
@tells_malformed
def read(request: HttpRequest) -> HttpResponse:
    """Takes the key of an article that a reader had before the eyes. Only a file is written.

    The key is not signed: it would be one signature for all readers, for whoever asks for the page.
    """
    (key,) = words_of(request, most_bytes=20, most_words=1)
    if not re.fullmatch(IdConverter.regex, key):
        raise Malformed("the key of an article")
    reads.note(request, int(key), timezone.now())
    return HttpResponse(status=204)

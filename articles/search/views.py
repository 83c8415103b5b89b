"""The page of search results and the suggestions. Never stored: there are as many answers as there are words."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles import search
from articles.lists import PAGE_SIZE
from articles.models import Article
from articles.search import missed
from articles.search.advice import popular_tags
from articles.search.form import SearchForm
from articles.search.suggesting import suggest
from articles.signals import cards_shown
from lib.throttle import Throttle

SUGGESTIONS_FOR_A_SEARCH = 4


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Answers a query, filters, or both; 400 where one of them cannot be, 404 past the last page, 429 in a flood."""
    now, form = timezone.now(), SearchForm(request.GET)
    if wait := Throttle("search", settings.SEARCHES_A_MINUTE).wait(request, now.timestamp()):
        return _page(request, {"form": form, "wait": wait}, 429, {"Retry-After": str(wait)})
    if not form.is_valid():
        return _page(request, {"form": form}, 400)
    filters, language = form.filters(now), str(get_language())
    asked = {"filters": filters, "by_date": form.by_date, "literally": form.cleaned_data["literally"]}
    found = search.find(form.query, language, now=now, **asked)
    if not (found.articles or filters):
        missed.note(request, form.query, language, now)
    page = _numbered(found.articles, request.GET.get("page", "1"))
    hits = search.hits(found.query, list(page), now)
    cards_shown.send(Article, articles=[hit.article for hit in hits])
    context = {
        "form": form,
        "filters": filters,
        "found": found,
        "also": found.also and form.address(q=found.also.text),
        "page": page,
        "hits": hits,
        "tags": [] if found.articles else popular_tags(language, now),
    }
    return _page(request, context)


def _numbered(articles: list[int], number: str) -> Page[int]:
    try:
        return Paginator(articles, PAGE_SIZE).page(number)
    except InvalidPage as error:
        raise Http404(str(error)) from error


def _page(
    request: HttpRequest, context: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None
) -> HttpResponse:
    return TemplateResponse(request, "articles/search.html", context, status=status, headers=headers)


@require_safe
@cache_control(private=True, max_age=60)
def suggestions(request: HttpRequest) -> HttpResponse:
    """Answers what is offered for ``q``, and how many that are in words for those who do not see it."""
    now = timezone.now()
    limit = Throttle("suggestions", SUGGESTIONS_FOR_A_SEARCH * settings.SEARCHES_A_MINUTE)
    if wait := limit.wait(request, now.timestamp()):
        return JsonResponse({"suggestions": []}, status=429, headers={"Retry-After": str(wait)})
    found = suggest(request.GET.get("q", ""), str(get_language()), now=now)
    told = ngettext("%d suggestion", "%d suggestions", len(found)) % len(found) if found else _("No suggestions")
    kinds = {"category": _("Category"), "tag": _("Tag"), "author": _("Author"), "article": ""}
    return JsonResponse({"status": told, "suggestions": [asdict(one) | {"kind": kinds[one.kind]} for one in found]})

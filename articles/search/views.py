"""The page of search results. Never stored, since there are as many pages as there are words."""

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles import search
from articles.lists import PAGE_SIZE
from articles.search.advice import popular_tags
from articles.search.form import SearchForm


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Answers a query, filters, or both; 400 where one of them cannot be, and 404 past the last page."""
    now, language, form = timezone.now(), str(get_language()), SearchForm(request.GET)
    if not form.is_valid():
        return TemplateResponse(request, "articles/search.html", {"form": form}, status=400)
    filters = form.filters(now)
    found = search.find(
        form.query,
        language,
        now=now,
        filters=filters,
        by_date=form.by_date,
        literally=form.cleaned_data["literally"],
    )
    try:
        page = Paginator(found.articles, PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404(str(error)) from error
    hits = search.hits(found.query, list(page), now)
    context = {"form": form, "filters": filters, "found": found, "page": page, "hits": hits}
    if found.also:
        context["also"] = form.address(q=found.also.text)
    if not found.articles:
        context["tags"] = popular_tags(language, now)
    return TemplateResponse(request, "articles/search.html", context)

"""RSS 2.0 of the site and of its categories, tags and authors, with the whole text."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.lists import list_page
from articles.models import Author, Category, Tag
from lib import pagecache
from lib.pagecache import cached_page

SIZE = 30


def _feed(request: HttpRequest, key: str, title: str, link: str) -> HttpResponse:
    page = list_page(key, str(get_language()), now=timezone.now(), size=SIZE, with_text=True)
    context = {"articles": page.articles, "title": title, "link": link, "self": request.path}
    return TemplateResponse(request, "articles/feed.xml", context, content_type="application/rss+xml; charset=utf-8")


@require_safe
@cached_page
def site(request: HttpRequest) -> HttpResponse:
    return _feed(request, "all", title="", link=reverse("front"))


@require_safe
@cached_page
def category(request: HttpRequest, path: str) -> HttpResponse:
    found = get_object_or_404(Category.objects.shown(), path=path)
    pagecache.tag(f"category:{found.pk}")
    return _feed(request, f"category:{found.pk}", title=found.name, link=found.get_absolute_url())


@require_safe
@cached_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Tag, slug=slug)
    pagecache.tag(f"tag:{found.pk}")
    return _feed(request, f"tag:{found.pk}", title=found.name, link=found.get_absolute_url())


@require_safe
@cached_page
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Author, slug=slug, binned_at=None)
    pagecache.tag(f"author:{found.pk}")
    return _feed(request, f"author:{found.pk}", title=found.name, link=found.get_absolute_url())

"""An article's page, and the numbered pages of WordPress. Lists: list_pages.py and archive_pages.py."""

import re
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from articles import gone, reads
from articles.body import media_in
from articles.lists import details_shown, shown
from articles.models import Article
from articles.signals import cards_shown
from articles.translations import translations
from lib import pagecache
from lib.beacons import Malformed, tells_malformed, words_of
from lib.converters import IdConverter
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
    others = translations(found, now)
    cards_shown.send(Article, articles=[found])
    context = {
        "article": found,
        "translations": others,
        "elsewhere": {each.language: each.get_absolute_url() for each in others},
        "section": found.category.get_absolute_url() if found.category else "",
    }
    return TemplateResponse(request, "articles/article.html", context)


def _gone_or_missing(request: HttpRequest, pk: int, now: datetime) -> HttpResponse:
    """Leads from what was here to what stands in its place, or answers 410; 404 for what is not yet or never was."""
    found = gone.gone(pk, now)
    if found is None:
        raise Http404
    if instead := gone.successor(found, now):
        return HttpResponsePermanentRedirect(instead.get_absolute_url(), headers=gone.MAY_CHANGE)
    pagecache.tag(f"article:{pk}")
    if request.path != found.get_absolute_url():
        pagecache.never_store()  # anybody can make up addresses of it
    return TemplateResponse(request, "410.html", {"article": found}, status=410, headers=gone.NOT_FOR_SEARCH)


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

"""What an outsider sees by a preview link. Never stored, never indexed, never told to another site."""

from datetime import datetime
from time import time

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import preview_links
from articles.embargo import embargo
from articles.models import PreviewLink
from articles.preview import preview
from lib import pagecache
from lib.throttle import Throttle
from lib.visitors import not_a_reader

THROTTLE = Throttle("preview-links", times=60)
QUIET = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}


@require_safe
def outside(request: HttpRequest, token: str) -> HttpResponse:
    pagecache.never_store()
    now = timezone.now()
    if wait := THROTTLE.wait(request, time()):
        response = _closed(request, "often", 429)
        response.headers["Retry-After"] = str(wait)
        return response
    link = preview_links.find(token)
    if link is None:
        return _closed(request, "unknown", 404)
    if link.article.in_bin or not link.is_open(now):
        return _closed(request, "closed", 410)
    if until := _embargo(link, now):
        return _closed(request, "embargo", 403, until=until)
    return _shown(request, link)


def _embargo(link: PreviewLink, now: datetime) -> datetime | None:
    """Returns until when the story is under embargo: by what it says now, whichever revision the link shows."""
    newest = link.article.newest or link.revision
    return embargo(newest.content, now)


def _shown(request: HttpRequest, link: PreviewLink) -> HttpResponse:
    response = preview(request, link.article, link.revision.content, {"preview_link": link})
    if request.method == "GET" and not not_a_reader(request):
        preview_links.note_opened(link, timezone.now())
    return _quiet(response)


def _closed(request: HttpRequest, why: str, status: int, **told: object) -> HttpResponse:
    context = {"why": why, "status": status} | told
    return _quiet(TemplateResponse(request, "articles/preview_closed.html", context, status=status))


def _quiet(response: HttpResponse) -> HttpResponse:
    for name, value in QUIET.items():
        response.headers[name] = value
    return response

"""The front page, static pages, what machines ask for, and what is said when something is wrong."""

from functools import partial

from django.contrib import admin
from django.db import DatabaseError, connection
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from articles.admin import unsaved
from articles.body import media_in
from articles.body import render as render_body
from articles.lists import also_in
from articles.models import Media
from articles.sitemaps import news
from lib import pagecache
from lib.languages import in_language
from lib.pagecache import cached_page
from portal import astray, sitemaps
from portal.frontpage import arrange
from portal.icons import icon_address, web_manifest
from portal.models import Distribution, Page, Redirect, SiteSettings

WORDPRESS_PARAMETERS = {"p", "page_id"}
"""WordPress's short addresses, such as ``/?p=12``, which are printed and shared long after a move."""


@require_safe
@cached_page
def front_page(request: HttpRequest) -> HttpResponse:
    if request.GET.keys() & WORDPRESS_PARAMETERS:
        raise Http404("an address of the site before this one; see not_found")
    now = timezone.now()
    front = arrange(str(get_language()), now)
    elsewhere = {code: in_language(code, partial(reverse, "front")) for code in also_in("all", now=now)}
    return TemplateResponse(request, "portal/front.html", {"front": front, "elsewhere": elsewhere})


@require_safe
@cached_page
def page(request: HttpRequest, path: str) -> HttpResponse:
    found = get_object_or_404(Page.objects.published(), path=path, language=get_language())
    pagecache.tag(f"page:{found.pk}")
    media = Media.objects.filter(pk__in=media_in(found.body))
    pagecache.tag(*(f"media:{each.pk}" for each in media))
    text = render_body(found.body, media)
    pagecache.tag("pages")  # the same page in another language may come or go
    others = Page.objects.published().filter(path=path).exclude(pk=found.pk)
    elsewhere = {each.language: each.get_absolute_url() for each in others}
    return TemplateResponse(request, "portal/page.html", {"page": found, "text": text, "elsewhere": elsewhere})


@require_safe
@cached_page
def sitemap_index(request: HttpRequest) -> HttpResponse:
    context = {"files": sitemaps.files(timezone.now())}
    return TemplateResponse(request, "portal/sitemap_index.xml", context, content_type="application/xml")


@require_safe
@cached_page
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    """The addresses of one month (``2026-11``), of tags, or of everything else (``site``)."""
    try:
        entries = sitemaps.entries(section, timezone.now())
    except LookupError as error:
        raise Http404(str(error)) from error
    return TemplateResponse(request, "portal/sitemap.xml", {"entries": entries}, content_type="application/xml")


@require_safe
@cached_page
def news_sitemap(request: HttpRequest) -> HttpResponse:
    context = {"articles": news(timezone.now())}
    return TemplateResponse(request, "portal/sitemap_news.xml", context, content_type="application/xml")


@require_safe
@cached_page
def robots(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "portal/robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
@cached_page
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the site on its first screen (https://www.w3.org/TR/appmanifest/)."""
    pagecache.tag("site")
    site = SiteSettings.current()
    if site.square is not None:
        pagecache.tag(f"media:{site.square.pk}")
    return JsonResponse(web_manifest(site), content_type="application/manifest+json")


@require_safe
@cached_page
def indexnow_key(request: HttpRequest, key: str) -> HttpResponse:
    """The proof that a ping to search engines comes from this site: its key, under the name of the key."""
    pagecache.tag("distribution")
    distribution = Distribution.current()
    if not distribution.indexnow or key != distribution.indexnow_key:
        raise Http404("no key of ours")
    return HttpResponse(key, content_type="text/plain; charset=utf-8", headers={"X-Robots-Tag": "noindex"})


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def brand_css(request: HttpRequest, light: str, dark: str) -> HttpResponse:
    """The stylesheet of the site's own colours. They stand in its address, so it never changes."""
    colours = {"light": f"#{light}", "dark": f"#{dark}"}
    return render(request, "portal/brand.css", colours, content_type="text/css; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def letter_icon(request: HttpRequest, colour: str, letter: str) -> HttpResponse:
    """A letter on a colour, for the tab of a browser. Both stand in its address, so it never changes."""
    context = {"colour": f"#{colour}", "letter": letter}
    return render(request, "portal/letter_icon.svg", context, content_type="image/svg+xml; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Leads those who look for the icon where it stood thirty years ago."""
    return HttpResponseRedirect(icon_address(SiteSettings.current()))


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers 200 while the process lives: otherwise it wants a restart."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Answers 200 while the process can also speak to its database: otherwise it wants no visitors."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database away\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def _desk_of(request: HttpRequest) -> str:
    """Returns the address of the desk for those who came from there; readers are not asked who they are."""
    desk, user = reverse("admin:index"), getattr(request, "user", None)  # none where an address is refused unread
    return desk if request.path.startswith(desk) and user is not None and user.is_staff else ""


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"desk_address": _desk_of(request)}, status=403)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answers a form whose protection against forgery does not hold (CSRF); ``reason`` is for developers."""
    return unsaved.of_another_session(admin.site, request) or render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Sends visitors of an old address to the new one; answers 404 to the others, which the desk hears of."""
    found = Redirect.objects.answering(request.path, request.GET.urlencode())
    astray.tell(request, found)
    if found is None:
        return render(request, "404.html", {"desk_address": _desk_of(request)}, status=404)
    if found.is_gone:
        return render(request, "410.html", status=410)
    return HttpResponse(status=found.kind, headers={"Location": iri_to_uri(found.new)})


def server_error(request: HttpRequest) -> HttpResponse:
    """Answers when everything may be broken: a page that needs no database and no context."""
    return HttpResponse(render_to_string("500.html"), status=500)

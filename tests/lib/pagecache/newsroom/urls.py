"""Pages of every kind: those that may be stored, and those that must never be."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import connection, connections, router
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import path

from lib.pagecache import cached_page, expires, hole, never_store, tag
from tests.lib.pagecache.newsroom import pairs
from tests.lib.pagecache.newsroom.models import Bulletin, Category, Keyword, Story


class Interlude:
    """What happens in the middle of a page: a test puts a change there."""

    happen: Callable[[], object] = staticmethod(lambda: None)


@hole("ticker")
def ticker(category: str) -> str:
    tag("ticker")
    bulletin = Bulletin.objects.order_by("pk").last()
    if bulletin is None:
        return ""
    expires(bulletin.next_at)
    return f"<b>{bulletin.text} for {category}</b>"


@hole("broken")
def broken() -> str:
    raise ZeroDivisionError


@cached_page
def story(request: HttpRequest, pk: int) -> HttpResponse:
    tag(f"story:{pk}")
    found = get_object_or_404(Story, pk=pk)
    keywords = []
    for keyword in found.keywords.order_by("pk"):
        tag(f"keyword:{keyword.pk}")
        keywords.append(keyword.name)
    return HttpResponse(f"<h1>{found.title}</h1> {keywords}")


@cached_page
def category(request: HttpRequest, pk: int) -> TemplateResponse:
    tag(f"category:{pk}")
    found = get_object_or_404(Category, pk=pk)
    return TemplateResponse(request, "category.html", {"category": found, "stories": found.story_set.order_by("pk")})


@cached_page
def keyword(request: HttpRequest, pk: int) -> HttpResponse:
    tag(f"keyword:{pk}")
    titles = Keyword.objects.get(pk=pk).story_set.order_by("pk").values_list("title", flat=True)
    return HttpResponse(", ".join(titles))


@cached_page
def twice(request: HttpRequest, pk: int) -> HttpResponse:
    """Reads one title twice, with the interlude between."""
    tag(f"story:{pk}")
    first = Story.objects.get(pk=pk).title
    Interlude.happen()
    return HttpResponse(f"{first} / {Story.objects.get(pk=pk).title}")


half_read: list[Iterator[Story]] = []


@cached_page
def half(request: HttpRequest) -> HttpResponse:
    """Begins to read all stories and keeps the place, as a view that breaks off a loop does."""
    tag("story:1")
    stories = Story.objects.order_by("pk").iterator(chunk_size=1)
    half_read.append(stories)
    return HttpResponse(next(stories).title)


@cached_page
def until(request: HttpRequest, moment: str) -> HttpResponse:
    expires(datetime.fromisoformat(moment))
    return HttpResponse("until then")


@cached_page
def echo(request: HttpRequest) -> JsonResponse:
    """Shows what a page could learn of its reader."""
    seen = {"GET": request.GET, "cookies": request.COOKIES, "host": request.get_host()}
    return JsonResponse(seen | {"method": request.method, "headers": dict(request.headers)})


@cached_page
def cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("a cookie")
    response.set_cookie("taste", "sweet")
    return response


@cached_page
def header(request: HttpRequest, name: str, value: str) -> HttpResponse:
    return HttpResponse("a header", headers={name: value})


@cached_page
def person(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.user}")


@cached_page
def nonce(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.csp_nonce}")


@cached_page
def token(request: HttpRequest) -> HttpResponse:
    return render(request, "token.html")


@cached_page
def unwilling(request: HttpRequest) -> HttpResponse:
    never_store()
    return HttpResponse("not to be kept")


@cached_page
def stream(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse([b"piece ", b"by piece"])


@cached_page
def writer(request: HttpRequest) -> HttpResponse:
    Category.objects.create(name="Written while reading")
    return HttpResponse("never said")


@cached_page
def elsewhere(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("never said")


@cached_page
def raw(request: HttpRequest) -> HttpResponse:
    with connections[router.db_for_read(Story)].cursor() as cursor:
        cursor.execute("DELETE FROM newsroom_story_keywords")
    return HttpResponse("never said")


@cached_page
def absent(request: HttpRequest) -> HttpResponse:
    return render(request, "absent.html", status=404)


@cached_page
def hollow(request: HttpRequest) -> HttpResponse:
    return render(request, "hollow.html")


@cached_page
def forged(request: HttpRequest) -> HttpResponse:
    """A story that holds what the mark of a hole looked like a moment ago."""
    return HttpResponse("0123456789abcdef0123456789abcdef-0; and {% hole 'ticker' %}")


def unmarked(request: HttpRequest) -> HttpResponse:
    return HttpResponse("an ordinary view")


urlpatterns = [
    path("story/<int:pk>/", story),
    path("category/<int:pk>/", category),
    path("keyword/<int:pk>/", keyword),
    path("twice/<int:pk>/", twice),
    path("half/", half),
    path("until/<str:moment>/", until),
    path("echo/", echo),
    path("cookie/", cookie),
    path("header/<str:name>/<path:value>/", header),
    path("person/", person),
    path("nonce/", nonce),
    path("token/", token),
    path("unwilling/", unwilling),
    path("stream/", stream),
    path("writer/", writer),
    path("elsewhere/", elsewhere),
    path("raw/", raw),
    path("absent/", absent),
    path("hollow/", hollow),
    path("forged/", forged),
    path("unmarked/", unmarked),
    path("pair/<int:number>/", pairs.pair),
    path("holed/<int:number>/", pairs.holed),
    path("shelves/<int:number>/", pairs.shelves),
    path("pairs/", pairs.all_pairs),
]

"""Names that are suggested while an editor types: authors, sources, tags, stories."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, JsonResponse

from articles.forms import story_name
from articles.models import Article, Author, Source, Tag
from lib.any_case import any_case

MOST = 10


def suggestions(request: HttpRequest, what: str) -> JsonResponse:
    """Returns names that contain the ``q`` of the query, at most ten: ``{"names": […]}``."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    word = request.GET.get("q", "").replace("\0", "").strip()[:100]
    if what not in {"author", "source", "tag", "article"}:
        raise Http404
    if not word:
        return JsonResponse({"names": []})
    name = story_name if what == "article" else str
    return JsonResponse({"names": list(dict.fromkeys(map(name, _matching(what, word)[:MOST])))})


def _matching(what: str, word: str) -> QuerySet[Any]:
    if what == "author":
        return Author.objects.filter(any_case("name_ru", word) | any_case("name_en", word), binned_at=None)
    if what == "source":
        return Source.objects.filter(any_case("name", word), binned_at=None)
    if what == "article":
        words = (any_case("title", each) for each in word.split()[:10])
        return Article.objects.in_lists().defer("body").filter(*words).order_by("-pk")
    return Tag.objects.filter(any_case("name", word))

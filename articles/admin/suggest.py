"""Names that are suggested while an editor types: authors, sources, tags."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, JsonResponse

from articles.admin.bases import any_case
from articles.models import Author, Source, Tag

MOST = 10


def suggestions(request: HttpRequest, what: str) -> JsonResponse:
    """Returns names that contain the ``q`` of the query, at most ten: ``{"names": […]}``."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    word = request.GET.get("q", "").replace("\0", "").strip()[:100]
    if what not in {"author", "source", "tag"}:
        raise Http404
    names = list(dict.fromkeys(map(str, _matching(what, word)[:MOST]))) if word else []
    return JsonResponse({"names": names})


def _matching(what: str, word: str) -> QuerySet[Any]:
    if what == "author":
        return Author.objects.filter(any_case("name_ru", word) | any_case("name_en", word), binned_at=None)
    if what == "source":
        return Source.objects.filter(any_case("name", word), binned_at=None)
    return Tag.objects.filter(any_case("name", word))

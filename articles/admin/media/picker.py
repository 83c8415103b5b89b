"""The picker: a part of a page in which the editor and the forms choose a picture or a file."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.admin.bases import ModelAdmin
from articles.admin.media.thumbnails import thumbnail
from articles.admin.media.uploading import received
from articles.models import Media

PICKER_SIZE = 24


def pick(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """What there is to choose from: the newest, or what ``q`` finds. Pictures, or with ``kind=file`` other files."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    return _picker(admin, request)


def pick_uploaded(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Takes in files from within the picker and shows them first, the last one foremost; what is there is used."""
    uploads = received(admin, request)
    refused = [f"{name}: {reason}" for name, reason in uploads.refused]
    if not request.FILES:
        refused.append(_("Choose one or more files first."))
    return _picker(admin, request, refused, uploads.here[::-1])


def _picker(
    admin: ModelAdmin, request: HttpRequest, refused: Sequence[str] = (), first: Sequence[Media] = ()
) -> HttpResponse:
    query = request.GET.get("q", "").replace("\0", "").strip()[:100]
    kind = Media.Kind.FILE if request.GET.get("kind") == "file" else Media.Kind.IMAGE
    found, _distinct = admin.get_search_results(request, Media.objects.in_library().filter(kind=kind), query)
    brought = {media.pk: media for media in first if media.kind == kind}
    newest = [*brought.values(), *found.exclude(pk__in=brought).order_by("-pk")[:PICKER_SIZE]]
    context = {"query": query, "refused": refused, "may_upload": admin.has_add_permission(request)}
    if kind == Media.Kind.FILE:
        return TemplateResponse(request, "admin/articles/media/_files.html", context | {"files": newest})
    pictures = [thumbnail(picture) for picture in newest]
    return TemplateResponse(request, "admin/articles/media/_pictures.html", context | {"pictures": pictures})

"""Many files at once into the library, each refused with its own reason; then they are described."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import rights
from articles.admin.bases import ModelAdmin, editor
from articles.admin.media.filters import most_used_tags
from articles.admin.media.forms import DescribeForm, SharedForm
from articles.admin.media.thumbnails import thumbnail
from articles.models import Media
from articles.uploads import AlreadyThere, Refused, take_in

MOST_DESCRIBED = 100


class Uploads:
    """What became of the files of one request."""

    def __init__(self) -> None:
        self.taken: list[Media] = []
        self.known: list[tuple[str, Media]] = []
        self.refused: list[tuple[str, str]] = []

    @property
    def here(self) -> list[Media]:
        """What can be used now, be it new or not."""
        return [*self.taken, *(media for _name, media in self.known)]


def received(admin: ModelAdmin, request: HttpRequest) -> Uploads:
    """Takes in the files of a request, unless the library has them. Raises PermissionDenied for who may not."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    uploads = Uploads()
    for file in request.FILES.getlist("files"):
        name = file.name or "?"
        try:
            media = take_in(file, by=editor(request), only_new=request.POST.get("again") != "1")
        except Refused as refusal:
            uploads.refused.append((name, str(refusal)))
        except AlreadyThere as there:
            uploads.known.append((name, there.media))
        else:
            admin.log_addition(request, media, "")
            uploads.taken.append(media)
    return uploads


def upload(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Takes in every file that can be taken; says of each other why not. A script is answered in JSON."""
    uploads = received(admin, request)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(_told(uploads))
    if not request.FILES:
        messages.error(request, _("Choose one or more files first."))
    tell(request, uploads)
    if len(uploads.taken) == 1:
        return redirect("admin:articles_media_change", uploads.taken[0].pk)
    return redirect(describe_address(uploads.taken) if uploads.taken else "admin:articles_media_changelist")


def tell(request: HttpRequest, uploads: Uploads) -> None:
    for name, reason in uploads.refused:
        messages.error(request, f"«{name}»: {reason}")
    for name, media in uploads.known:
        there = format_html('<a href="{}">{}</a>', _address(media), media)
        messages.warning(
            request, format_html("«{}»: {} {}", name, _("this very file is in the library already:"), there)
        )
    if uploads.taken:
        told = ngettext("%d file is in the library now.", "%d files are in the library now.", len(uploads.taken))
        messages.success(request, told % len(uploads.taken))


def _told(uploads: Uploads) -> dict[str, Any]:
    return {
        "taken": [_shown(media) for media in uploads.taken],
        "known": [_shown(media) for _name, media in uploads.known],
        "refused": [{"name": name, "reason": reason} for name, reason in uploads.refused],
    }


def _shown(media: Media) -> dict[str, Any]:
    small = thumbnail(media)["small"] if media.is_image else ""
    return {"key": media.pk, "title": str(media), "address": _address(media), "small": small}


def _address(media: Media) -> str:
    return reverse("admin:articles_media_change", args=[media.pk])


def describe_address(media: list[Media]) -> str:
    query = QueryDict(mutable=True)
    query.setlist("media", [str(each.pk) for each in media[:MOST_DESCRIBED]])
    return f"{reverse('admin:articles_media_describe')}?{query.urlencode()}"


def keys_of(values: list[str], most: int) -> list[int]:
    """Returns the keys among ``values``, each once, at most ``most``."""
    numbers = [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19]
    return list(dict.fromkeys(numbers))[:most]


def describe(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """One page for all new ones: what is the same for all is said once."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    theirs = Media.objects.in_library().filter(rights.described_by(editor(request)))
    keys = keys_of(request.GET.getlist("media"), MOST_DESCRIBED)
    found = theirs.filter(pk__in=keys).order_by("pk").prefetch_related("tags")
    data = request.POST if request.method == "POST" else None
    forms = [DescribeForm(data, instance=media, prefix=str(media.pk)) for media in found]
    shared = SharedForm(data)
    is_good = data is not None and all([shared.is_valid(), *(form.is_valid() for form in forms)])
    if is_good:
        _save(admin, request, forms, shared)
        told = ngettext("Described: %d file.", "Described: %d files.", len(forms))
        messages.success(request, told % len(forms))
        return redirect("admin:articles_media_changelist")
    context = admin.admin_site.each_context(request) | {
        "title": _("Describe the new ones"),
        "opts": admin.opts,
        "refused": data is not None,
        "shared": shared,
        "tags": most_used_tags(),
        "rows": [(form, thumbnail(form.instance)) for form in forms],
    }
    return TemplateResponse(request, "admin/articles/media/describe.html", context)


@transaction.atomic
def _save(admin: ModelAdmin, request: HttpRequest, forms: list[DescribeForm], shared: SharedForm) -> None:
    said = shared.cleaned_data
    for form in forms:
        media = form.save(commit=False)
        for name in ("credit", "licence", "licence_until"):
            setattr(media, name, getattr(media, name) or said[name])
        # No more than was said: the worker may have drawn its sizes since it was read.
        media.save(update_fields=["alt", "caption", "credit", "licence", "licence_until"])
        media.tag([*form.cleaned_data["tag_names"], *said["tag_names"]])
        admin.log_change(request, media, [{"changed": {"fields": form.changed_data}}])

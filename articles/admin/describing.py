"""Pictures that come into a text: they are taken in one by one, and described before they stand there."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rights
from articles.admin.bases import ModelAdmin, editor
from articles.fields import KeyField, PlainText
from articles.models import Media
from articles.pictures import sources
from articles.uploads import AlreadyThere, Refused, take_in

MOST = 60


class WordsForm(forms.Form):
    """What stands with a picture; the first two are needed."""

    picture = KeyField()
    alt = PlainText(max_length=500, error_messages={"required": gettext_lazy("Say what is seen in the picture.")})
    credit = PlainText(max_length=300, error_messages={"required": gettext_lazy("Say whose picture it is.")})
    caption = PlainText(max_length=2000, required=False)


def drop(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Takes in the ``file`` of a request: ``{"picture": {…}}``, or ``{"refused": "why"}`` (400)."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"refused": _("Choose one or more files first.")}, status=400)
    try:
        media = take_in(file, by=editor(request), only_new=True)
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal)}, status=400)
    except AlreadyThere as there:
        media = there.media
    if not media.is_image:
        return JsonResponse({"refused": _("This is no picture. It is in the library now.")}, status=400)
    admin.log_addition(request, media, "")
    return JsonResponse({"picture": told(media)})


def words(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Tells (GET, ``media`` several times) or keeps (POST) the words of pictures."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        return _keep(admin, request)
    keys = [key for key in request.GET.getlist("media")[:MOST] if key.isascii() and key.isdigit() and len(key) < 19]
    pictures = Media.objects.images().in_library().filter(pk__in=keys)
    return JsonResponse({"pictures": [told(each) for each in pictures]})


def _keep(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    form = WordsForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": {name: str(errors[0]) for name, errors in form.errors.items()}}, status=400)
    with transaction.atomic():
        media = Media.objects.select_for_update().images().in_library().filter(pk=form.cleaned_data["picture"]).first()
        if media is None:
            return JsonResponse({"errors": {"alt": _("There is no such picture in the library.")}}, status=404)
        if not rights.may_describe(editor(request), media):
            return JsonResponse({"errors": {"alt": _("You may not describe this picture.")}}, status=403)
        _write(admin, request, media, {name: form.cleaned_data[name].strip() for name in ("alt", "credit", "caption")})
    return JsonResponse({"picture": told(media)})


def _write(admin: ModelAdmin, request: HttpRequest, media: Media, said: dict[str, str]) -> None:
    changed = [name for name, value in said.items() if getattr(media, name) != value]
    for name in changed:
        setattr(media, name, said[name])
    if changed:
        media.save(update_fields=changed)
        admin.log_change(request, media, [{"changed": {"fields": changed}}])


def told(media: Media) -> dict[str, Any]:
    """Returns what the editor needs to know of a picture."""
    small, whole = sources(media, "16x9"), sources(media)
    return {
        "media": str(media.pk),
        "name": media.original_name,
        "src": whole.src,
        "width": whole.width,
        "height": whole.height,
        "small": small.jpeg_srcset.split(" ")[0] or small.src,
        "alt": media.alt,
        "credit": media.credit,
        "caption": media.caption,
    }

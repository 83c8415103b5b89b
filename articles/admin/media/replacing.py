"""Another file under the same address, and the earlier ones back."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from articles import rights
from articles.admin.bases import ModelAdmin, editor
from articles.models import Media, MediaVersion, State, Use
from articles.uploads import Refused, bring_back, replace


def may_replace(user: User, uses: list[Use]) -> bool:
    """Whether ``user`` may change what readers see at every one of ``uses``: they see the new file at once.

    What is scheduled counts too, for it appears without another look; and so does what is no story, such as the
    photo of an author or the logo.
    """
    if user.has_perm(rights.EDIT_EVERY) and user.has_perm(rights.PUBLISH):
        return True
    stories = [use.article for use in uses if use.article is not None]
    out = [story for story in stories if story.state == State.PUBLISHED]
    return len(stories) == len(uses) and all(rights.may_publish(user, story) for story in out)


def replace_file(admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    media = _allowed(admin, request, pk)
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("Choose a file first."))
    else:
        try:
            replace(media, file, by=editor(request))
        except Refused as refusal:
            messages.error(request, f"{file.name}: {refusal}")
        else:
            _tell(admin, request, media, _("Replaced the file"))
    return redirect("admin:articles_media_change", pk)


def bring_file_back(admin: ModelAdmin, request: HttpRequest, pk: int, number: int) -> HttpResponse:
    media = _allowed(admin, request, pk)
    version = get_object_or_404(MediaVersion.objects.select_related("media"), media=media, number=number)
    with transaction.atomic():
        try:
            bring_back(version, by=editor(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
        except FileNotFoundError:
            messages.error(request, _("The file is not in its place on the disk any more."))
        else:
            _tell(admin, request, media, _("Brought an earlier file back"))
    return redirect("admin:articles_media_change", pk)


def _allowed(admin: ModelAdmin, request: HttpRequest, pk: int) -> Media:
    media = Media.objects.filter(pk=pk).first()
    if media is None:
        raise Http404
    if not admin.has_change_permission(request, media) or media.in_bin:
        raise PermissionDenied
    if not may_replace(editor(request), media.where_used()):
        raise PermissionDenied
    return media


def _tell(admin: ModelAdmin, request: HttpRequest, media: Media, act: str) -> None:
    admin.log_change(request, media, act)
    told = _("%(act)s: %(file)s. Readers see it from now on.") % {"act": act, "file": media}
    messages.success(request, told)

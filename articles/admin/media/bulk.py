"""The same change of many media at once: shown before, taken back after."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import rights
from articles.admin.bases import ModelAdmin, editor
from articles.admin.media.filters import most_used_tags
from articles.admin.media.forms import BulkForm
from articles.admin.media.thumbnails import thumbnail
from articles.admin.media.uploading import keys_of
from articles.models import Media, MediaTag
from articles.models.media import folded
from lib.bin import InUse

MOST = 500
KEPT = "media_bulk"
"""Where the session keeps what the last change of many wrote over."""
FIELDS = ("credit", "licence", "licence_until")


def chosen(request: HttpRequest) -> list[Media]:
    keys = keys_of(request.POST.getlist("chosen"), MOST)
    theirs = Media.objects.in_library().filter(rights.described_by(editor(request)))
    return list(theirs.filter(pk__in=keys).prefetch_related("tags"))


def edit_many(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Asks what to change on the chosen ones, and changes it."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    media = chosen(request)
    if not media:
        return _nothing(request)
    form = BulkForm(request.POST if "confirmed" in request.POST else None)
    if form.is_bound and form.is_valid() and not form.says_something:
        form.add_error(None, _("Nothing is to be changed: fill in a field."))
    if form.is_bound and form.is_valid():
        request.session[KEPT] = _change(admin, request, media, form)
        told = ngettext("Changed: %d file.", "Changed: %d files.", len(media))
        messages.success(request, told % len(media))
        return redirect("admin:articles_media_changelist")
    context = _context(admin, media) | {"title": _("Change several at once"), "form": form, "tags": most_used_tags()}
    return TemplateResponse(request, "admin/articles/media/bulk.html", admin.admin_site.each_context(request) | context)


@transaction.atomic
def _change(admin: ModelAdmin, request: HttpRequest, media: list[Media], form: BulkForm) -> dict[str, Any]:
    """Writes the changes; returns for each what it was and what it is now."""
    changes, on, off = (
        form.changes(),
        form.cleaned_data["tag_names"],
        {folded(name) for name in form.cleaned_data["tags_off"]},
    )
    kept = {}
    for each in media:
        before = _state(each)
        for name, value in changes.items():
            setattr(each, name, value)
        each.save(update_fields=[*changes, "words"])
        tags = each.tag([*(name for name in before["tags"] if folded(name) not in off), *on])
        kept[str(each.pk)] = [before, _state(each, tags)]
        admin.log_change(request, each, [{"changed": {"fields": [*changes, *(["tags"] if on or off else [])]}}])
    return kept


def _state(media: Media, tags: Iterable[MediaTag] | None = None) -> dict[str, Any]:
    until = media.licence_until.isoformat() if media.licence_until else None
    names = sorted(tag.name for tag in (media.tags.all() if tags is None else tags))
    return {"credit": media.credit, "licence": media.licence, "licence_until": until, "tags": names}


def take_back(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Takes the last change of many back, where nobody has changed it since."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    kept = request.session.pop(KEPT, {})
    done = 0
    with transaction.atomic():
        for media in Media.objects.filter(pk__in=kept).prefetch_related("tags"):
            before, after = kept[str(media.pk)]
            if _state(media) == after:
                _restore(admin, request, media, before)
                done += 1
    told = ngettext("Taken back: %d file.", "Taken back: %d files.", done) % done
    if left := len(kept) - done:
        told += " " + _("Changed since and left as they are: %d.") % left
    messages.success(request, told)
    return redirect("admin:articles_media_changelist")


def _restore(admin: ModelAdmin, request: HttpRequest, media: Media, before: dict[str, Any]) -> None:
    media.credit, media.licence = before["credit"], before["licence"]
    media.licence_until = parse_date(before["licence_until"]) if before["licence_until"] else None
    media.save(update_fields=FIELDS)
    media.tag(before["tags"])
    admin.log_change(request, media, _("Took a change of several back"))


def bin_many(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Shows which of the chosen ones can go to the bin and what holds the others; then moves those that can."""
    if not admin.has_delete_permission(request):
        raise PermissionDenied
    media = chosen(request)
    if not media:
        return _nothing(request)
    unused = set(Media.objects.filter(pk__in=[each.pk for each in media]).unused().values_list("pk", flat=True))
    held = {each.pk: each.where_used() for each in media if each.pk not in unused}
    free = [each for each in media if each.pk in unused]
    if "confirmed" in request.POST:
        moved = sum(_binned(admin, request, each) for each in free)
        told = ngettext("In the bin now: %d file.", "In the bin now: %d files.", moved)
        messages.success(request, told % moved)
        return redirect("admin:articles_media_changelist")
    context = _context(admin, free) | {
        "title": _("Move several to the bin"),
        "held": [
            (thumbnail(each) if each.is_image else {"picture": each}, held[each.pk])
            for each in media
            if each.pk in held
        ],
    }
    return TemplateResponse(
        request, "admin/articles/media/bulk_bin.html", admin.admin_site.each_context(request) | context
    )


def _binned(admin: ModelAdmin, request: HttpRequest, media: Media) -> bool:
    try:
        with transaction.atomic():
            admin.log_deletions(request, Media.objects.filter(pk=media.pk))
            media.move_to_bin(timezone.now())
    except InUse:  # since it was looked at
        return False
    return True


def _nothing(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("Choose one or more first: tick them."))
    return redirect("admin:articles_media_changelist")


def _context(admin: ModelAdmin, media: list[Media]) -> dict[str, Any]:
    shown = [thumbnail(each) if each.is_image else {"picture": each} for each in media]
    return {"opts": admin.opts, "chosen": shown}

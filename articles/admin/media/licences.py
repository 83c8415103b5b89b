"""The screen «Licences»: whose licence has ended or will soon, and the stories to act on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import rights
from articles.admin.bases import ModelAdmin, editor
from articles.admin.media.forms import ExtendForm
from articles.media_desk import licence_groups
from articles.models import Media


def licences(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    if not admin.has_view_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        return _extended(admin, request)
    context = admin.admin_site.each_context(request) | {
        "title": _("Licences"),
        "opts": admin.opts,
        "groups": licence_groups(editor(request), timezone.now()),
        "may_change": admin.has_change_permission(request),
    }
    return TemplateResponse(request, "admin/articles/media/licences.html", context)


def _extended(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Writes a new end of a licence; without a day it has none any more."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    form = ExtendForm(request.POST)
    media = Media.objects.in_library().filter(pk=form.cleaned_data["key"]).first() if form.is_valid() else None
    if media is None:
        messages.error(request, _("This is no day: nothing was changed."))
        return redirect("admin:articles_media_licences")
    if not rights.may_describe(editor(request), media):
        raise PermissionDenied
    with transaction.atomic():
        media.licence_until = form.cleaned_data["until"]
        media.save(update_fields=["licence_until"])
        admin.log_change(request, media, [{"changed": {"fields": ["licence_until"]}}])
    until = media.licence_until
    told = _("Licence until %s: ") % date_format(until, "j E Y") if until else _("Licence without an end: ")
    messages.success(request, f"{told}{media}")
    return redirect("admin:articles_media_licences")

"""«Bin»: what lies there, of every kind, on one screen, with the way back; an administrator may empty it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.db.models.deletion import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from articles.admin.bases import editor
from articles.admin.bin import BinAdmin
from lib.bin import InUse

SHOWN = 20
"""How many of each kind are shown; its own list has the rest."""
AGES = (30, 90, 365)
"""Days after which an administrator may have things deleted for good."""
MOST_AT_ONCE = 500


@dataclass
class Thing:
    """Something in the bin, and who put it there, as far as the log knows."""

    name: str
    address: str
    since: datetime
    by: User | None
    restore: str
    """Where the way back is asked for; empty for who may not."""


@dataclass
class Kind:
    """What lies in the bin of one model."""

    label: str
    things: list[Thing]
    has_more: bool
    address: str


@require_http_methods(["GET", "HEAD", "POST"])
def bin_screen(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _empty(request)
    if not has_bin(request):
        raise PermissionDenied
    kinds = [kind for each in _admins(request) if (kind := _kind(each, request)).things]
    context = admin.site.each_context(request) | {"title": _("Bin"), "kinds": kinds, "ages": AGES}
    return TemplateResponse(request, "admin/desk/bin.html", context)


def has_bin(request: HttpRequest) -> bool:
    """Whether who asks may see anything that can lie in the bin."""
    return any(_admins(request))


def _admins(request: HttpRequest) -> Iterator[BinAdmin]:
    """Yields the desks of what has a bin and may be seen."""
    for each in admin.site._registry.values():
        if isinstance(each, BinAdmin) and each.has_view_or_change_permission(request):
            yield each


def _kind(of: BinAdmin, request: HttpRequest) -> Kind:
    found = list(of.get_binned(request).exclude(binned_at=None).order_by("-binned_at")[: SHOWN + 1])
    kind = f"admin:{of.opts.app_label}_{of.opts.model_name}"
    people = _who_binned(of.model, found)
    things = [
        Thing(
            str(each) or "—",
            reverse(f"{kind}_change", args=[each.pk]),
            each.binned_at,
            people.get(str(each.pk)),
            reverse(f"{kind}_restore", args=[each.pk]) if of.has_delete_permission(request, each) else "",
        )
        for each in found[:SHOWN]
    ]
    return Kind(str(of.opts.verbose_name_plural), things, len(found) > SHOWN, reverse(f"{kind}_changelist") + "?bin=1")


def _who_binned(model: Any, found: list[Any]) -> dict[str, User]:
    """Returns by key who moved each to the bin last, in one query."""
    if not found:
        return {}
    log = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        object_id__in=[str(each.pk) for each in found],
        action_flag=DELETION,
    )
    return {str(entry.object_id): entry.user for entry in log.select_related("user").order_by("action_time")}


def _empty(request: HttpRequest) -> HttpResponse:
    """Deletes for good what has lain in the bin so many days, but for what is still needed."""
    if not editor(request).is_superuser:
        raise PermissionDenied
    days = request.POST.get("older", "")
    if days not in map(str, AGES):
        raise BadRequest("no age that is offered")
    before = timezone.now() - timedelta(days=int(days))
    outcomes = [_deleted(each, found) for each in _admins(request) for found in _old(each, request, before)]
    deleted, kept = outcomes.count(True), outcomes.count(False)
    told = ngettext("Deleted for good: %d thing.", "Deleted for good: %d things.", deleted) % deleted
    if kept:
        still = ngettext("%d thing is still needed and stays.", "%d things are still needed and stay.", kept) % kept
        told = f"{told} {still}"
    messages.success(request, told)
    return redirect("admin:bin")


def _old(of: BinAdmin, request: HttpRequest, before: datetime) -> list[Any]:
    return list(of.get_queryset(request).filter(binned_at__lt=before).order_by("binned_at")[:MOST_AT_ONCE])


def _deleted(of: BinAdmin, found: Any) -> bool:
    try:
        with transaction.atomic():
            of.delete_for_good(found)
    except (InUse, ProtectedError):
        return False
    return True

"""Switching people off and on, and why somebody cannot be deleted."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from articles.admin.bases import editor
from articles.desk import lines
from portal.people import guards, switching

SHOWN = 10


class LeaveForm(forms.Form):
    heir = forms.ChoiceField(label=gettext_lazy("Hand the drafts over"), required=False)

    def __init__(self, *args: Any, heirs: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(user.pk), user.get_full_name() or user.get_username()) for user in heirs]
        heir: Any = self.fields["heir"]
        heir.choices = [("", _("Leave them as they are")), *named]


def _person(admin: Any, request: HttpRequest, pk: int) -> User:
    """Returns somebody whom the one who asks may manage. Raises Http404 or PermissionDenied."""
    person = admin.get_object(request, str(pk)) if pk < 2**63 else None
    if not guards.may_manage(editor(request), person):
        raise PermissionDenied
    if person is None:
        raise Http404
    return person  # type: ignore[no-any-return]  # of an admin


def switch_off(admin: Any) -> Callable[..., HttpResponse]:
    """Returns the view that asks what becomes of the drafts, then switches somebody off."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        person = _person(admin, request, pk)
        heirs = switching.heirs(person)
        form = LeaveForm(request.POST if request.method == "POST" else None, heirs=heirs)
        if request.method != "POST" or not form.is_valid():
            return _page(admin, request, person, form)
        heir = next((user for user in heirs if str(user.pk) == form.cleaned_data["heir"]), None)
        try:
            _leave(admin, request, person, heir)
        except guards.Refused as refusal:
            return _page(admin, request, person, form, refusal=str(refusal), status=409)
        return redirect("admin:auth_user_change", person.pk)

    return view


@transaction.atomic
def _leave(admin: Any, request: HttpRequest, person: User, heir: User | None) -> None:
    handed = switching.switch_off(person, by=editor(request), heir=heir, now=timezone.now())
    told = _("Switched off. Signed out everywhere; the name below the stories stays.")
    if handed and heir:
        words = ngettext("%(number)d draft went to %(heir)s.", "%(number)d drafts went to %(heir)s.", handed)
        told = f"{told} {words % {'number': handed, 'heir': heir.get_full_name() or heir.get_username()}}"
    admin.log_change(request, person, told)
    messages.success(request, told)


def _page(
    admin: Any, request: HttpRequest, person: User, form: LeaveForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    if not refusal:
        refusal = why_not(person, editor(request))
    drafts = switching.unfinished(person)
    context = admin.admin_site.each_context(request) | {
        "title": _("Switch off"),
        "opts": admin.opts,
        "person": person,
        "form": form,
        "refusal": refusal,
        "number": drafts.count(),
        "lines": lines(list(drafts.defer("body").order_by("-pk")[:SHOWN]), timezone.now()),
    }
    return TemplateResponse(request, "admin/people/off.html", context, status=status)


@transaction.atomic
def why_not(person: User, by: User) -> str:
    """Returns in words why somebody cannot be taken down; nothing if they can."""
    try:
        guards.check_taking_down(person, by=by)
    except guards.Refused as refusal:
        return str(refusal)
    return ""


def switch_on(admin: Any) -> Callable[..., HttpResponse]:
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        person = _person(admin, request, pk)
        try:
            switching.switch_on(person)
        except guards.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            admin.log_change(request, person, _("Switched on"))
            messages.success(request, _("Switched on: the password and the roles are those of before."))
        return redirect("admin:auth_user_change", person.pk)

    return view


def reasons_to_keep(person: User, by: User) -> list[str]:
    """Returns in words why somebody cannot be deleted: what has their name on it, or who they are."""
    refusal = why_not(person, by)
    return [refusal] if refusal else switching.history(person)

"""Addresses that lead nowhere, on the desk: what visitors ask for, a guess where they wanted to go, and one click."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.bases import SearchAdmin, StateFilter
from articles.checks.links import missing, own_path, place
from portal.guessing import guesses
from portal.models import MissingAddress, Redirect

ACTS = ("redirect", "gone", "ignore", "done", "reopen")
State = MissingAddress.State


def _found(paths: list[str]) -> set[str]:
    """Returns those of ``paths`` at which something stands by now; what an address alone cannot tell is left out."""
    told = {path for path in paths if "?" not in path and (at := place(path)) and at.kind}
    return told - missing(told, timezone.now())


class MissingStates(StateFilter):
    states = State


class MissingList(ChangeList):
    """The rows, each with a guess, or with what was typed and refused; and whether something stands there by now."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        paths = [row.path for row in self.result_list]
        guessed, found = guesses(paths), _found(paths)
        for row in self.result_list:
            row.guess = request.POST.get(f"to-{row.pk}", guessed.get(row.path, ""))
            row.answers = row.path in found


@admin.register(MissingAddress)
class MissingAddressAdmin(SearchAdmin):
    """Nothing is written here by hand: readers bring the addresses, buttons settle them."""

    list_filter = (MissingStates,)
    list_per_page = list_max_show_all = 50
    search_fields = ("path", "referrer")
    show_full_result_count = False
    actions = None
    change_list_template = "admin/portal/missingaddress/change_list.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[MissingList]:
        return MissingList

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request) and request.user.has_perm("portal.add_redirect")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method != "POST":
            return super().changelist_view(request, {"may_settle": self.has_change_permission(request)})
        if not self.has_change_permission(request):
            raise PermissionDenied
        row, act = self._asked(request)
        try:
            self._settle(row, act, request.POST.get(f"to-{row.pk}", "").strip())
        except ValidationError as refusal:
            context = {"may_settle": True, "refused": row.pk, "reason": " ".join(refusal.messages)}
            response = super().changelist_view(request, context)
            response.status_code = 422
            return response
        messages.success(request, _("Settled: %s") % row)
        return redirect(request.get_full_path())

    def _asked(self, request: HttpRequest) -> tuple[MissingAddress, str]:
        """Returns the row whose button was pressed and what the button says. Raises BadRequest or Http404."""
        act = next((name for name in ACTS if name in request.POST), "")
        key = request.POST.get(act, "")
        if not (act and key.isascii() and key.isdigit() and len(key) < 19):
            raise BadRequest("no button of this list")
        return get_object_or_404(MissingAddress, pk=key), act

    @transaction.atomic
    def _settle(self, row: MissingAddress, act: str, new: str) -> None:
        """Does what a button says. Raises ValidationError for an address that cannot be."""
        if act in {"redirect", "gone"}:
            kind = Redirect.Kind.MOVED if act == "redirect" else Redirect.Kind.GONE
            made = Redirect.objects.filter(old=row.path).first() or Redirect(old=row.path)
            made.kind, made.new = kind, new
            made.full_clean()
            path = own_path(made.new) if made.new else None
            if path and missing([path], timezone.now()):
                raise ValidationError(_("Nothing stands at the new address either."))
            made.save()
        row.state = {"ignore": State.IGNORED, "reopen": State.OPEN}.get(act, State.DONE)
        row.save(update_fields=["state"])

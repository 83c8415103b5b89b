"""The bin on the desk: what is deleted goes there first, and comes back from there."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.deletion import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles import rights
from articles.admin.bases import SearchAdmin, editor
from lib.bin import HeldBack, InUse

FOR_GOOD = "for_good"
"""What the button says that deletes what is in the bin."""


class BinFilter(admin.SimpleListFilter):
    """Shows what is not in the bin, unless the bin is asked for."""

    title = gettext_lazy("bin")
    parameter_name = "bin"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", _("in the bin"))]

    def choices(self, changelist: Any) -> Any:
        every, *rest = super().choices(changelist)
        yield every | {"display": _("not in the bin")}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        # An exclusion leaves the database free to choose another index: nearly everything is outside of the bin.
        in_bin = {"binned_at__isnull": False}
        return queryset.filter(**in_bin) if self.value() == "1" else queryset.exclude(**in_bin)


class BinAdmin(SearchAdmin):
    """A model admin whose delete button moves to the bin; in the bin it deletes for good."""

    delete_confirmation_template = "admin/bin_confirmation.html"

    def to_bin(self, found: Any) -> None:
        """Moves to the bin. Raises InUse when something still needs it."""
        found.move_to_bin(timezone.now())

    def out_of_bin(self, found: Any) -> None:
        found.take_out_of_bin()

    def may_delete_for_good(self, request: HttpRequest, found: Any) -> bool:
        return rights.may_empty_bin(editor(request))

    def delete_for_good(self, found: Any) -> None:
        """Deletes what is in the bin. Raises InUse or ProtectedError when something still needs it."""
        if uses := found.uses():
            raise InUse(uses)
        found.delete()

    def get_binned(self, request: HttpRequest) -> QuerySet[Any]:
        """Returns the rows with what tells of many whether they may come back."""
        return self.get_queryset(request)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Readers see nothing of what is in the bin."""
        return None if obj is not None and obj.in_bin else super().get_view_on_site_url(obj)

    def get_list_filter(self, request: HttpRequest) -> Any:
        return [*super().get_list_filter(request), BinFilter]

    def get_actions(self, request: HttpRequest) -> Any:
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.restore_view))
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        return [path("<int:pk>/restore/", view, name=name), *super().get_urls()]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Nothing else goes with what moves to the bin."""
        return [], {}, set(), []

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        found = self.get_object(request, object_id)
        if not self.has_delete_permission(request, found):
            raise PermissionDenied
        if found is None:
            raise Http404
        asked = request.method == "POST"
        if asked and found.in_bin != (FOR_GOOD in request.POST):
            return self._stands_otherwise(request, found)
        if found.in_bin and not self.may_delete_for_good(request, found):
            raise PermissionDenied
        reasons = self._delete(request, found) if asked else found.uses()
        if asked and not reasons:
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        context = self.admin_site.each_context(request) | {
            "title": _("Delete for good") if found.in_bin else _("Move to the bin"),
            "opts": self.opts,
            "object": found,
            "called": self.called(found),
            "reasons": reasons,
            "for_good": FOR_GOOD,
        }
        status = 409 if asked else 200
        return TemplateResponse(request, self.delete_confirmation_template, context, status=status)

    def called(self, found: Any) -> str:
        """Returns what ``found`` is called on the desk."""
        return str(found)

    def _stands_otherwise(self, request: HttpRequest, found: Any) -> HttpResponse:
        """Does nothing: a button that was pressed twice must not delete for good what it has moved to the bin."""
        told = _("It is in the bin already: %s") if found.in_bin else _("It is not in the bin any more: %s")
        messages.warning(request, told % self.called(found))
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _delete(self, request: HttpRequest, found: Any) -> list[str]:
        """Moves to the bin or deletes for good; returns the reasons why it could not."""
        name = self.called(found)
        was_in_bin = found.in_bin
        try:
            with transaction.atomic():
                self.log_deletions(request, self.model.objects.filter(pk=found.pk))
                (self.delete_for_good if was_in_bin else self.to_bin)(found)
        except InUse as refusal:
            return refusal.uses
        except ProtectedError as refusal:
            return sorted(str(each) for each in refusal.protected_objects)[:20]
        told = _("Deleted for good: %s") if was_in_bin else _("Moved to the bin: %s")
        messages.success(request, told % name)
        return []

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        found = self.get_object(request, str(pk))
        if found is None:
            raise Http404
        if not self.has_delete_permission(request, found):
            raise PermissionDenied
        if found.in_bin:
            self._restore(request, found)
        if "back" in request.POST:
            return redirect("admin:bin")
        return redirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[pk]))

    def _restore(self, request: HttpRequest, found: Any) -> None:
        try:
            with transaction.atomic():
                self.out_of_bin(found)
                self.log_change(request, found, _("Taken out of the bin"))
        except HeldBack as refusal:
            messages.error(request, _("Take this out of the bin first: %s") % "; ".join(refusal.binned))
        else:
            messages.success(request, _("Taken out of the bin: %s") % self.called(found))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        found = context.get("original")
        if found is not None and found.in_bin:
            context["restore_url"] = reverse(
                f"admin:{self.opts.app_label}_{self.opts.model_name}_restore", args=[found.pk]
            )
            context["show_delete"] = rights.may_empty_bin(editor(request))
        return super().render_change_form(request, context, *args, **kwargs)

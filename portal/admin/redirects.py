"""Redirects on the desk: one by one, as files, and the question where an address leads."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from articles.admin.bases import SearchAdmin, editor
from portal import redirect_files
from portal.models import Redirect, RedirectFile
from portal.models.redirects import place_of

SHOWN = 200
"""How many lines of a file are shown with each verdict."""
WAITS = timedelta(days=1)
"""How long a file waits to be taken in after it was looked at."""


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File (CSV)"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > redirect_files.MOST_BYTES:
            megabytes = redirect_files.MOST_BYTES // 1024 // 1024
            raise forms.ValidationError(_("The file is larger than %d MB.") % megabytes)
        return file


@admin.register(Redirect)
class RedirectAdmin(SearchAdmin):
    list_display = ("old", "kind", "new", "visits", "last_visit")
    list_filter = ("kind",)
    list_per_page = 100
    search_fields = ("old", "new")
    show_full_result_count = False
    fields = ("old", "kind", "new")
    change_list_template = "admin/portal/redirect/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        def named(address: str, view: Any, name: str) -> Any:
            return path(address, self.admin_site.admin_view(view), name=f"portal_redirect_{name}")

        both = require_http_methods(["GET", "HEAD", "POST"])
        return [
            named("where/", require_safe(self.where_view), "where"),
            named("file/", both(self.bring_view), "bring"),
            named("file/<int:pk>/", both(self.file_view), "file"),
            named("redirects.csv", require_safe(self.export_view), "export"),
            *super().get_urls(),
        ]

    def where_view(self, request: HttpRequest) -> HttpResponse:
        """Where an address leads, step by step."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        address = request.GET.get("address", "").strip()[:1000]
        asked = address if place_of(address) else f"/{address.lstrip('/')}"
        steps = [found for _place, found in Redirect.objects.trail(asked) if found] if address else []
        return self._page(request, "where", _("Where an address leads"), asked=asked, address=address, steps=steps)

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        if not self.has_view_permission(request):
            raise PermissionDenied
        headers = {"Content-Disposition": 'attachment; filename="redirects.csv"', "Cache-Control": "no-store"}
        return StreamingHttpResponse(redirect_files.written(), content_type="text/csv; charset=utf-8", headers=headers)

    def bring_view(self, request: HttpRequest) -> HttpResponse:
        """Takes a file and looks into it; nothing is written yet."""
        self._admit_to_files(request)
        form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
        if form.is_valid():
            file = form.cleaned_data["file"]
            data = file.read()
            try:
                redirect_files.read(data)
            except redirect_files.Unreadable as reason:
                form.add_error("file", str(reason))
            else:
                now = timezone.now()
                RedirectFile.objects.filter(done_at=None, at__lt=now - WAITS).delete()
                kept = RedirectFile.objects.create(name=file.name[-255:], data=data, by=editor(request), at=now)
                return redirect("admin:portal_redirect_file", kept.pk)
        done = RedirectFile.objects.exclude(done_at=None).select_related("by").defer("data")[:10]
        return self._page(request, "bring", _("Redirects from a file"), form=form, done=done)

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What each line of a file would do; a POST does it."""
        self._admit_to_files(request)
        if request.method == "POST":
            return self._taken_in(request, pk)
        file = get_object_or_404(RedirectFile, pk=pk, done_at=None)
        rows = redirect_files.read(bytes(file.data))
        numbers = Counter(row.verdict for row in rows)
        groups = [
            (verdict, label, numbers[verdict], [row for row in rows if row.verdict == verdict][:SHOWN])
            for verdict, label in redirect_files.VERDICTS.items()
            if numbers[verdict]
        ]
        todo = numbers["new"] + numbers["replaces"]
        return self._page(request, "file", file.name, file=file, groups=groups, todo=todo, shown=SHOWN)

    @transaction.atomic
    def _taken_in(self, request: HttpRequest, pk: int) -> HttpResponse:
        file = get_object_or_404(RedirectFile.objects.select_for_update(), pk=pk)
        if file.done_at is None:
            file.written = redirect_files.take_in(redirect_files.read(bytes(file.data)))
            file.done_at, file.data = timezone.now(), b""
            file.save()
        told = ngettext("%d redirect is written.", "%d redirects are written.", file.written)
        messages.success(request, told % file.written)
        return redirect("admin:portal_redirect_changelist")

    def _admit_to_files(self, request: HttpRequest) -> None:
        """Raises PermissionDenied unless the person may add and change redirects."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied

    def _page(self, request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
        every = self.admin_site.each_context(request) | {"title": title, "opts": self.opts}
        status = 422 if "form" in context and context["form"].errors else 200
        return TemplateResponse(request, f"admin/portal/redirect/{name}.html", every | context, status=status)

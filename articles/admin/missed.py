"""What readers looked for and did not find, on the desk."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import search
from articles.admin.bases import SearchAdmin
from articles.models import MissedSearch


class DoneFilter(admin.SimpleListFilter):
    """Shows what is to be done, unless asked otherwise."""

    title = _("what")
    parameter_name = "done"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("done")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [first | {"display": _("to do")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[MissedSearch]) -> QuerySet[MissedSearch]:
        return queryset if self.value() == "all" else queryset.filter(is_done=self.value() == "1")


@admin.register(MissedSearch)
class MissedSearchAdmin(SearchAdmin):
    list_display = ("text", "language", "number", "found_now", "first_seen", "last_seen")
    list_display_links = None
    list_filter = (DoneFilter, "language")
    list_per_page = 50
    search_fields = ("text",)
    actions = ("mark_done", "mark_to_do")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("language", "text", "number", "first_seen", "last_seen")

    @admin.display(description=_("found now"))
    def found_now(self, row: MissedSearch) -> SafeString:
        """How many articles the same search finds by now, as a link to them."""
        found = search.find(search.Query(row.text), row.language, now=timezone.now(), literally=True)
        with translation.override(row.language):
            address = f"{reverse('articles:search')}?{urlencode({'q': row.text})}"
        return format_html('<a href="{}">{}</a>', address, len(found.articles) or "—")

    @admin.action(description=_("Mark as done"), permissions=["change"])
    def mark_done(self, request: HttpRequest, queryset: QuerySet[MissedSearch]) -> None:
        self._mark(request, queryset, True)

    @admin.action(description=_("Mark as to do"), permissions=["change"])
    def mark_to_do(self, request: HttpRequest, queryset: QuerySet[MissedSearch]) -> None:
        self._mark(request, queryset, False)

    def _mark(self, request: HttpRequest, queryset: QuerySet[MissedSearch], is_done: bool) -> None:
        number = queryset.update(is_done=is_done)
        told = ngettext("%d search is marked.", "%d searches are marked.", number) % number
        messages.success(request, told)

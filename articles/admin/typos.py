"""What readers saw misspelt, on the desk: what waits, the way to the text, and who has seen to it."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import typos
from articles.admin.bases import SearchAdmin, editor
from articles.models import Typo


class StateFilter(admin.SimpleListFilter):
    """Shows what waits unless what is done is asked for."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Typo.State.choices)

    def value(self) -> str:
        given = super().value()
        return given if given in Typo.State.values else Typo.State.OPEN

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for value, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": value == self.value(), "query_string": query, "display": label}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Typo]) -> QuerySet[Typo]:
        return queryset.filter(state=self.value())


@admin.register(Typo)
class TypoAdmin(SearchAdmin):
    """Nothing is written here: a button closes a typo or opens it again."""

    list_display = ("fragment", "note", "story", "at", "closing")
    list_display_links = None
    list_filter = (StateFilter,)
    list_select_related = ("article", "closed_by")
    list_per_page = list_max_show_all = 100
    search_fields = ("fragment", "note")
    show_full_result_count = False
    actions = None

    def waiting(self, request: HttpRequest) -> int:
        """How many typos wait for an editor; stands beside the menu entry."""
        return Typo.objects.waiting()[:100].count()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Typo]:
        found: QuerySet[Typo] = super().get_queryset(request)
        return found.defer("article__body")

    @admin.display(description=gettext_lazy("article"))
    def story(self, typo: Typo) -> str:
        address = reverse("admin:articles_article_change", args=[typo.article_id])
        return format_html('<a href="{}#typos">{}</a>', address, typo.article)

    @admin.display(description="")
    def closing(self, typo: Typo) -> str:
        button = '<button class="button small" type="submit" name="{}" value="{}">{}</button>'
        if typo.state == Typo.State.OPEN:
            return format_html(button, "close", typo.pk, _("Done"))
        when = date_format(timezone.localtime(typo.closed_at), "j E, H:i") if typo.closed_at else ""
        return format_html(
            "{}, {} {}", typo.closed_by or "—", when, format_html(button, "open", typo.pk, _("Open again"))
        )

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "POST":
            return self._decide(request)
        return super().changelist_view(request, extra_context)

    def _decide(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm("articles.change_typo"):
            raise PermissionDenied
        key = request.POST.get("close") or request.POST.get("open") or ""
        if not (key.isascii() and key.isdigit() and len(key) < 19):
            raise BadRequest("There is no such typo.")
        typo = get_object_or_404(Typo, pk=key)
        if "close" not in request.POST:
            typos.open_again(typo)
        elif typo.state == Typo.State.OPEN:
            typos.close(typo, by=editor(request), now=timezone.now())
            messages.success(request, _("Done: %s") % typo)
        if "back" in request.POST:
            return redirect("admin:articles_article_change", typo.article_id)
        return redirect(request.get_full_path())

"""What readers saw misspelt, on the desk: what waits, the way to the text, and who has seen to it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rights, typos
from articles.admin.bases import SearchAdmin, StateFilter, editor
from articles.models import Article, Typo
from lib.moments import in_words


class TypoStates(StateFilter):
    states = Typo.State


def _mine(request: HttpRequest, found: QuerySet[Typo]) -> QuerySet[Typo]:
    """Returns those of ``found`` in stories that the editor may mend."""
    person = editor(request)
    if person.has_perm(rights.EDIT_EVERY):
        return found
    return found.filter(article__in=Article.objects.filter(rights.edited_by(person)))


@admin.register(Typo)
class TypoAdmin(SearchAdmin):
    """Nothing is written here: a button closes a typo or opens it again."""

    list_display = ("fragment", "note", "story", "at", "closing")
    list_display_links = None
    list_filter = (TypoStates,)
    list_select_related = ("article", "closed_by")
    list_per_page = list_max_show_all = 100
    search_fields = ("fragment", "note")
    show_full_result_count = False
    actions = None

    def waiting(self, request: HttpRequest) -> QuerySet[Typo]:
        """The typos that wait for an editor; their number stands beside the menu entry."""
        return _mine(request, Typo.objects.waiting())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Typo]:
        found: QuerySet[Typo] = super().get_queryset(request)
        return _mine(request, found.defer("article__body"))

    @admin.display(description=gettext_lazy("article"))
    def story(self, typo: Typo) -> str:
        address = reverse("admin:articles_article_change", args=[typo.article_id])
        return format_html('<a href="{}#typos">{}</a>', address, typo.article)

    @admin.display(description="")
    def closing(self, typo: Typo) -> str:
        button = '<button class="button small" type="submit" name="{}" value="{}">{}</button>'
        if typo.state == Typo.State.OPEN:
            return format_html(button, "close", typo.pk, _("Done"))
        when = in_words(typo.closed_at) if typo.closed_at else ""
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
        typo = get_object_or_404(_mine(request, Typo.objects.all()), pk=key)
        if "close" not in request.POST:
            typos.open_again(typo)
        elif typo.state == Typo.State.OPEN:
            typos.close(typo, by=editor(request), now=timezone.now())
            messages.success(request, _("Done: %s") % typo)
        if "back" in request.POST:
            return redirect("admin:articles_article_change", typo.article_id)
        return redirect(request.get_full_path())

"""Articles on the desk: the list by state, the sheet, and what is done with an article as a whole."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from articles import publishing, rights, workflow
from articles.admin import (
    autosave,
    bulk,
    checking,
    editing,
    gone,
    history,
    kept,
    linking,
    notes,
    presence,
    previewing,
    saved_lists,
    times,
    translating,
    typesetting,
)
from articles.admin.bases import editor
from articles.admin.bin import BinAdmin
from articles.admin.listing import ArticleList
from articles.admin.suggest import suggestions
from articles.models import Article, Revision
from articles.preview import preview
from articles.selecting import MOST_FOUND
from lib.any_case import any_case


@admin.register(Article)
class ArticleAdmin(BinAdmin):
    list_display = ("__str__",)
    search_fields = ("title",)
    show_full_result_count = False
    actions = None

    def waiting(self, request: HttpRequest) -> QuerySet[Article]:
        """The articles that wait for who is signed in; their number stands beside the menu entry."""
        return Article.objects.filter(workflow.waits_for(editor(request)), binned_at=None)

    # The list

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ArticleList]:
        return ArticleList

    def get_list_filter(self, request: HttpRequest) -> Any:
        return ()  # see articles.selecting

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        found = Article.objects.defer("body")
        # Elsewhere on the desk only a story that readers see, or soon will, can be chosen.
        return found.in_lists() if request.path == reverse("admin:autocomplete") else found

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        words = search_term.split()[:10]
        if not words:
            return queryset, False
        titled = Revision.objects.filter(*(any_case("title", word) for word in words)).order_by("-article")
        # Listed here, so that the count and the page do not each look through every title.
        return queryset.filter(pk__in=list(titled.values_list("article", flat=True)[:MOST_FOUND])), False

    # One article

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or rights.may_write(editor(request), obj))

    def get_urls(self) -> list[URLPattern]:
        def named(address: str, view: Any, name: str) -> Any:
            return path(address, self.admin_site.admin_view(view), name=f"articles_article_{name}")

        return [
            named("bulk/", partial(bulk.listed, self), "bulk"),
            named("bulk/choose/", require_POST(partial(bulk.chosen, self)), "bulk_choose"),
            named("bulk/<int:key>/", partial(bulk.page, self), "bulk_change"),
            named("bulk/<int:key>/progress/", require_safe(partial(bulk.progress, self)), "bulk_progress"),
            named("lists/", require_POST(partial(saved_lists.keep, self)), "lists"),
            named("suggest/<slug:what>/", require_safe(suggestions), "suggest"),
            named("links/", require_safe(linking.targets), "links"),
            named("typography/", require_POST(typesetting.propose), "typography"),
            named("typeset/", require_POST(self.typeset_view), "typeset"),
            named("<int:pk>/typeset/", require_POST(self.typeset_view), "typeset"),
            named("autosave/", autosave.view(self, autosave.kept), "autosave_new"),
            named("<int:pk>/autosave/", autosave.view(self, autosave.kept), "autosave"),
            named("draft/", autosave.view(self, autosave.compared), "draft_new"),
            named("<int:pk>/draft/", autosave.view(self, autosave.compared), "draft"),
            named("<int:pk>/look/", require_safe(self.look_view), "look"),
            named("<int:pk>/preview-links/", require_POST(self.preview_link_view), "preview_link"),
            named("<int:pk>/preview-links/<int:key>/revoke/", require_POST(self.revoke_view), "preview_link_revoke"),
            named("<int:pk>/preview/", require_safe(self.preview_view), "preview"),
            named("<int:pk>/notes/", require_POST(self.notes_view), "notes"),
            named("<int:pk>/translations/", self.translations_view, "translations"),
            named("<int:pk>/embargo/", self.embargo_view, "embargo"),
            named("<int:pk>/gone/", self.gone_view, "gone"),
            named("<int:pk>/withdraw/", self.withdraw_view, "withdraw"),
            named("<int:pk>/presence/", require_POST(partial(presence.beat, self)), "presence"),
            named("<int:pk>/take-over/", require_POST(self.take_over_view), "take_over"),
            named("<int:pk>/keep/", require_POST(self.keep_view), "keep"),
            named("<int:pk>/checks/", autosave.view(self, checking.answered), "checks"),
            named("checks/", autosave.view(self, checking.answered), "checks_new"),
            named("<int:pk>/kept/<int:key>/", self.kept_view, "kept"),
            named("<int:pk>/compare/", require_safe(self.compare_view), "compare"),
            named("<int:pk>/revision/<int:number>/", self.revision_view, "revision"),
            named("<int:pk>/revision/<int:number>/preview/", require_safe(self.preview_view), "revision_preview"),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if object_id is None:
            return editing.edit(self, request, None)
        article = self.get_object(request, object_id)
        if article is None:
            raise Http404
        return editing.edit(self, request, article)

    def _visible(self, request: HttpRequest, pk: int | str) -> Article:
        """Returns an article that the editor may see. Raises Http404 or PermissionDenied."""
        article: Article | None = self.get_object(request, str(pk))
        if article is None:
            raise Http404
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        return article

    def preview_view(self, request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
        article = self._visible(request, pk)
        revisions = article.revisions.filter(number=number) if number else article.revisions.all()
        shown = revisions.newest()
        if shown is None:
            raise Http404
        return preview(request, article, shown.content)

    def look_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return previewing.screen(self, request, self._visible(request, pk))

    def preview_link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return previewing.make(self, request, self._visible(request, pk))

    def revoke_view(self, request: HttpRequest, pk: int, key: int) -> HttpResponse:
        return previewing.revoke(self, request, self._visible(request, pk), key)

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return history.compared(self, request, self._visible(request, pk))

    def typeset_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        return typesetting.on_the_sheet(self, request, self._visible(request, pk) if pk else None)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return history.listed(self, request, self._visible(request, object_id))

    def revision_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        return history.opened(self, request, self._visible(request, pk), number)

    def take_over_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return presence.take_over(self, request, self._visible(request, pk))

    def keep_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return presence.keep(self, request, self._visible(request, pk))

    def kept_view(self, request: HttpRequest, pk: int, key: int) -> HttpResponse:
        return kept.opened(self, request, self._visible(request, pk), key)

    def notes_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return notes.answer(self, request, self._visible(request, pk))

    def translations_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return translating.page(self, request, self._visible(request, pk))

    def embargo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._visible(request, pk)
        return times.lift(self, request, article, rights.may_publish(editor(request), article))

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return gone.withdraw(self, request, self._visible(request, pk))

    def gone_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return gone.tell(self, request, self._visible(request, pk))

    # The bin

    def called(self, found: Article) -> str:
        return (found.newest.title if found.newest else "") or str(found)

    def to_bin(self, found: Article) -> None:
        publishing.move_to_bin(found)

    def out_of_bin(self, found: Article) -> None:
        publishing.take_out_of_bin(found)

    def get_binned(self, request: HttpRequest) -> QuerySet[Article]:
        return self.get_queryset(request).select_related("newest")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What readers see is taken from them only by those who may withdraw."""
        return super().has_delete_permission(request, obj) and (obj is None or rights.may_bin(editor(request), obj))

    def may_delete_for_good(self, request: HttpRequest, found: Article) -> bool:
        return rights.may_delete(editor(request), found)

    def delete_for_good(self, found: Article) -> None:
        # The revisions that an article names protect themselves from being deleted alone; with it they may go.
        found.live_revision = found.newest = None
        found.forget_planned_change()
        found.save(update_fields=["live_revision", "newest", *publishing.PLAN])
        found.delete()

"""Articles on the desk: the list by state, the sheet, and what is done with an article as a whole."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from articles import publishing
from articles.admin import editing, history, translating
from articles.admin.bases import any_case
from articles.admin.bin import BinAdmin
from articles.admin.filters import CategoryFilter, MineFilter, StateFilter
from articles.admin.suggest import suggestions
from articles.desk import Line, lines, with_names
from articles.models import Article, Category, Revision, State
from articles.preview import preview
from articles.reads import readers_since
from articles.translations import lagging

MOST_FOUND = 2_000
"""A search looks no further than this many of the newest hits, as the site's own search."""


class NearbyPaginator(Paginator[Any]):
    """Counts only a few pages ahead: a full count of 100,000 rows would cost more than the page."""

    AHEAD = 10

    def __init__(self, *args: Any, page: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.farthest = (page + self.AHEAD) * self.per_page + 1

    @cached_property
    def count(self) -> int:
        articles: Any = self.object_list
        return int(articles.order_by().values("pk")[: self.farthest].count())


class ArticleList(ChangeList):
    """The list with what every row says, fetched for all rows at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        lag = lagging(self.result_list)
        for line in with_names(lines(self.result_list, timezone.now())):
            line.article.line = line  # type: ignore[attr-defined]  # read by the columns below
            line.lags = line.article.pk in lag
        readers = readers_since(timezone.now() - timedelta(days=1), self.result_list)
        for article in self.result_list:
            article.readers = readers.get(article.pk)
        self.counted_all = self.result_count < self.paginator.farthest


@admin.register(Article)
class ArticleAdmin(BinAdmin):
    list_display = ("titled", "status", "section", "byline", "time", "readers")
    list_filter = (StateFilter, CategoryFilter, "language", MineFilter)
    search_fields = ("title",)
    search_help_text = gettext_lazy("In titles, the newest and the earlier ones.")
    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ("-pk",)
    actions = None

    def waiting(self, request: HttpRequest) -> int:
        """How many articles wait for an editor; stands beside the menu entry of those who write."""
        if not self.has_change_permission(request):
            return 0
        return Article.objects.filter(state__in=(State.REVIEW, State.READY), binned_at=None)[:100].count()

    # The list

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ArticleList]:
        return ArticleList

    def get_paginator(self, request: HttpRequest, queryset: Any, per_page: int, *args: Any, **kwargs: Any) -> Any:
        page = request.GET.get("p") or request.GET.get("page") or "1"
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
        return NearbyPaginator(queryset, per_page, *args, page=number, **kwargs)

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

    @admin.display(description=gettext_lazy("title"))
    def titled(self, article: Article) -> str:
        return _line(article).title or _("Untitled")

    @admin.display(description=gettext_lazy("state"))
    def status(self, article: Article) -> str:
        line = _line(article)
        mark = format_html('<span class="badge badge-{}">{}</span>', line.badge.kind, line.badge.label)
        further = [(_("unpublished changes"), line.has_unpublished_changes), (_("original changed"), line.lags)]
        more = ((told,) for told, holds in further if holds)
        return format_html("{}{}", mark, format_html_join("", ' <span class="badge badge-ahead">{}</span>', more))

    @admin.display(description=gettext_lazy("category"))
    def section(self, article: Article) -> Category | None:
        return _line(article).category

    @admin.display(description=gettext_lazy("authors"))
    def byline(self, article: Article) -> str:
        return ", ".join(map(str, _line(article).authors))

    @admin.display(description=gettext_lazy("time"), ordering="-pk")
    def time(self, article: Article) -> Any:
        return article.publish_at if article.state == State.PUBLISHED else _line(article).saved_at

    @admin.display(description=gettext_lazy("read in 24 hours"))
    def readers(self, article: Article) -> int | None:
        readers: int | None = article.readers  # type: ignore[attr-defined]  # set by ArticleList
        return readers

    # One article

    def get_urls(self) -> list[URLPattern]:
        def named(address: str, view: Any, name: str) -> Any:
            return path(address, self.admin_site.admin_view(view), name=f"articles_article_{name}")

        return [
            named("suggest/<slug:what>/", require_safe(suggestions), "suggest"),
            named("<int:pk>/preview/", require_safe(self.preview_view), "preview"),
            named("<int:pk>/translations/", self.translations_view, "translations"),
            named("<int:pk>/withdraw/", self.withdraw_view, "withdraw"),
            named("<int:pk>/revision/<int:number>/", self.revision_view, "revision"),
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

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self._visible(request, pk)
        newest = article.revisions.newest()
        if newest is None:
            raise Http404
        return preview(request, article, newest.content)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return history.listed(self, request, self._visible(request, object_id))

    def revision_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        return history.opened(self, request, self._visible(request, pk), number)

    def translations_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return translating.page(self, request, self._visible(request, pk))

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks before a story goes off the site for good, then does it."""
        article = self._visible(request, pk)
        if not request.user.has_perm("articles.publish_article"):
            raise PermissionDenied
        if request.method == "POST" and article.state == State.PUBLISHED:
            article = publishing.withdraw(article)
            self.log_change(request, article, _("Withdrawn"))
            messages.success(request, _("Withdrawn. Its page says that it is gone; the text stays here."))
        if article.state != State.PUBLISHED:
            return redirect("admin:articles_article_change", pk)
        context = self.admin_site.each_context(request) | {
            "title": _("Withdraw the article"),
            "opts": self.opts,
            "article": article,
        }
        return TemplateResponse(request, "admin/articles/article/withdraw.html", context)

    # The bin

    def to_bin(self, found: Article) -> None:
        publishing.move_to_bin(found)

    def out_of_bin(self, found: Article) -> None:
        publishing.take_out_of_bin(found)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What readers see is taken from them only by those who may withdraw."""
        allowed = super().has_delete_permission(request, obj)
        published = obj is not None and obj.state == State.PUBLISHED
        return allowed and (not published or request.user.has_perm("articles.publish_article"))

    def delete_for_good(self, found: Article) -> None:
        # The live revision protects itself from being deleted alone; with its article it may go.
        found.live_revision = None
        found.save(update_fields=["live_revision"])
        found.delete()


def _line(article: Article) -> Line:
    line: Line = article.line  # type: ignore[attr-defined]  # set by ArticleList
    return line

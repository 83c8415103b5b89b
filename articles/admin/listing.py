"""The list of articles on the desk: tabs, filters, columns, and what every row says, in few queries."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.bases import editor
from articles.desk import Line, lines, name_of, with_names, with_newest
from articles.forms import tree
from articles.models import Article, Category, Media, SavedList
from articles.presence import writer
from articles.reads import readers_since
from articles.selecting import ORDERS, OUT, TABS, Selection
from articles.translations import saved_of_original

PAGE_SIZE = 50
FARTHEST = 2_000
"""The last page there is: who looks for something that far back narrows the list down."""


@dataclass(frozen=True)
class Column:
    name: str
    label: str | Promise
    orders: tuple[str, str] | None = None
    """What a press on its head orders by: at first, and when pressed again."""


COLUMNS = {
    column.name: column
    for column in (
        Column("state", gettext_lazy("state")),
        Column("section", gettext_lazy("category")),
        Column("byline", gettext_lazy("authors")),
        Column("language", gettext_lazy("language")),
        Column("touched", gettext_lazy("changed"), ("-touched", "touched")),
        Column("saved_by", gettext_lazy("changed by")),
        Column("published", gettext_lazy("publication"), ("-published", "published")),
        Column("readers", gettext_lazy("read in 24 hours")),
    )
}
FIRST_COLUMNS = ["state", "section", "byline", "touched", "published", "readers"]
VIEWS = {"table": gettext_lazy("Compact"), "cards": gettext_lazy("Cards")}


@dataclass(frozen=True)
class Head:
    """The head of a column: where a press leads, and whether the list is ordered by it."""

    column: Column
    query: str | None
    sign: str


@dataclass(frozen=True)
class Tab:
    label: str | Promise
    query: str
    is_current: bool
    saved: SavedList | None = None
    is_own: bool = False


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address of the list without it."""

    label: str
    query: str


class ArticleList(ChangeList):
    """The list with what every row says, fetched for all rows at once. Nothing is counted."""

    def get_filters(self, request: HttpRequest) -> tuple[Any, ...]:
        return [], False, {}, False, False

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Article]:
        self.user, self.now = editor(request), timezone.now()
        self.selection = Selection.of(request.GET)
        return self.selection.articles(self.user, self.now)

    def get_results(self, request: HttpRequest) -> None:
        page = request.GET.get("p", "1")
        self.page = min(int(page), FARTHEST) if page.isascii() and page.isdigit() and len(page) < 9 else 1
        self.page = max(self.page, 1)
        start = (self.page - 1) * PAGE_SIZE
        found = self._rows(self.queryset.values("pk")[start : start + PAGE_SIZE + 1])
        self.has_next = len(found) > PAGE_SIZE
        self.result_list: Any = found[:PAGE_SIZE]
        self.first = start + 1
        self.last = start + len(self.result_list)
        self.result_count = self.full_result_count = self.last
        self.can_show_all = self.multi_page = self.show_admin_actions = False
        self._tell()

    def _rows(self, keys: QuerySet[Any]) -> list[Any]:
        """Returns the rows with all that is told of them; a database sorts by the keys alone, which are far smaller."""
        found = with_newest(self.selection.in_order(Article.objects.filter(pk__in=keys)))
        found = found.select_related("newest__by", "hold__user").defer("body", "newest__data")
        return list(found.annotate(original_saved_at=saved_of_original()))

    def _tell(self) -> None:
        for line in with_names(lines(self.result_list, self.now), self.categories):
            article: Any = line.article
            article.line = line
            line.lags = line.saved_at < article.original_saved_at
            line.writer = name_of(holder) if (holder := writer(article, self.now)) else ""
        if "readers" in self.shown_columns or self.view == "cards":
            readers = readers_since(self.now - timedelta(days=1), self.result_list)
            for article in self.result_list:
                article.readers = readers.get(article.pk)
        if self.view == "cards":
            self._show_pictures()

    def _show_pictures(self) -> None:
        keys = {article.newest_hero for article in self.result_list}
        pictures = Media.objects.images().in_bulk(keys - {None})
        for article in self.result_list:
            article.picture = pictures.get(article.newest_hero)

    @cached_property
    def categories(self) -> dict[int, Category]:
        return Category.objects.in_bulk()

    # How the editor wants it

    @cached_property
    def kept(self) -> list[SavedList]:
        return list(SavedList.objects.seen_by(self.user))

    @cached_property
    def own(self) -> SavedList | None:
        return next((each for each in self.kept if each.user_id == self.user.pk and not each.name), None)

    @property
    def view(self) -> str:
        return self.own.view if self.own and self.own.view in VIEWS else "table"

    @cached_property
    def shown_columns(self) -> list[str]:
        wanted = self.own.columns if self.own else FIRST_COLUMNS
        return [name for name in COLUMNS if name in wanted]

    # What the page shows around the rows

    @property
    def lines(self) -> list[Line]:
        return [article.line for article in self.result_list if hasattr(article, "line")]

    @property
    def heads(self) -> list[Head]:
        return [self._head(COLUMNS[name]) for name in self.shown_columns]

    def _head(self, column: Column) -> Head:
        order = self.selection.effective_order
        possible = column.orders and (column.name == "touched" or self.selection.state in OUT)
        if not column.orders or not possible:
            return Head(column, None, "")
        first, then = column.orders
        sign = {first: "↓", then: "↑"}.get(order, "")
        return Head(column, self.selection.ordered(then if order == first else first), sign)

    @property
    def tabs(self) -> list[Tab]:
        """The states, each with the filters that are on."""
        selection = self.selection
        return [
            Tab(label, Selection(**(vars(selection) | {"state": state, "order": ""})).query, state == selection.state)
            for state, label in TABS.items()
        ]

    @property
    def named_lists(self) -> list[Tab]:
        told = self.selection.query
        return [
            Tab(each.name, each.query, each.query == told, each, each.user_id == self.user.pk)
            for each in self.kept
            if each.name
        ]

    @property
    def current_list(self) -> Tab | None:
        return next((tab for tab in self.named_lists if tab.is_current), None)

    @property
    def chips(self) -> list[Chip]:
        chosen = self.selection
        told = {
            "q": chosen.q and f"«{chosen.q}»",
            "category": chosen.category and str(self.categories.get(chosen.category, _("unknown category"))),
            "author": chosen.author,
            "tag": chosen.tag and f"#{chosen.tag}",
            "language": dict(settings.LANGUAGES).get(chosen.language),
            "mine": chosen.mine and _("mine"),
            "since": chosen.since and _("from %s") % date_format(chosen.since, "j E Y"),
            "until": chosen.until and _("until %s") % date_format(chosen.until, "j E Y"),
            "order": chosen.order and ORDERS[chosen.order],
        }
        return [Chip(str(label), chosen.without(name)) for name, label in told.items() if label]

    @property
    def none_query(self) -> str:
        """The address of the tab without any filter."""
        return Selection(state=self.selection.state).query

    @property
    def category_choices(self) -> list[tuple[int, str]]:
        shown = [each for each in self.categories.values() if not each.in_bin]
        return [(each.pk, "\u2003" * depth + str(each)) for each, depth in tree(shown)]

    @property
    def languages(self) -> list[tuple[str, Any]]:
        return list(settings.LANGUAGES)

    @property
    def all_columns(self) -> list[tuple[Column, bool]]:
        return [(column, name in self.shown_columns) for name, column in COLUMNS.items()]

    @property
    def views(self) -> list[tuple[str, Any, bool]]:
        return [(name, label, name == self.view) for name, label in VIEWS.items()]

    def page_query(self, page: int) -> str:
        query = self.selection.query
        return f"?{query}&p={page}" if query else f"?p={page}"

    @property
    def earlier(self) -> str:
        return self.page_query(self.page - 1) if self.page > 1 else ""

    @property
    def later(self) -> str:
        return self.page_query(self.page + 1) if self.has_next and self.page < FARTHEST else ""

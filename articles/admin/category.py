"""Categories on the desk, shown as the tree they are."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from articles.admin.bin import BinAdmin
from articles.forms import tree
from articles.models import Category


class CategoryTree(ChangeList):
    """The list in the order of the tree; each row knows its depth."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        ordered = tree(self.result_list)
        for category, depth in ordered:
            category.depth = depth  # type: ignore[attr-defined]  # read by the column below
        self.result_list = [category for category, _depth in ordered]


@admin.register(Category)
class CategoryAdmin(BinAdmin):
    list_display = ("indented", "name_en", "address", "order")
    list_display_links = ("indented",)
    list_per_page = 500
    search_fields = ("name_ru", "name_en", "path")
    autocomplete_fields = ("parent",)
    sortable_by = ()
    fields = ("parent", "name_ru", "name_en", "slug", "order", "description_ru", "description_en")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[CategoryTree]:
        return CategoryTree

    @admin.display(description=gettext_lazy("category"))
    def indented(self, category: Category) -> str:
        depth = min(getattr(category, "depth", 0), 6)
        return format_html('<span class="depth-{}">{}</span>', depth, category)

    @admin.display(description=gettext_lazy("address"))
    def address(self, category: Category) -> str:
        return category.path

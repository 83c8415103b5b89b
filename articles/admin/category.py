"""Categories on the desk, shown as the tree they are."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import DateTimeField
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.bases import TabularInline
from articles.admin.bin import BinAdmin
from articles.fields import MomentField
from articles.forms import tree
from articles.models import Category, CategoryPin
from articles.widgets import MomentInput

if TYPE_CHECKING:
    FormSet = forms.BaseInlineFormSet[CategoryPin, Category, Any]
else:  # Django's class takes no parameter when it runs
    FormSet = forms.BaseInlineFormSet


ONE_FIELD_FOR_A_MOMENT: dict[Any, Any] = {DateTimeField: {"form_class": MomentField, "widget": MomentInput}}


class PinFormSet(FormSet):
    """The stories pinned in a category: no more of one language than its page shows."""

    def clean(self) -> None:
        super().clean()
        rows = [form.cleaned_data for form in self.forms if form.is_valid()]
        languages = Counter(row["article"].language for row in rows if row.get("article") and not row.get("DELETE"))
        most = CategoryPin.MOST
        if any(number > most for number in languages.values()):
            raise ValidationError(_("No more than %(most)d stories of one language."), params={"most": most})


class PinInline(TabularInline):
    model = CategoryPin
    formset = PinFormSet
    extra = 1
    autocomplete_fields = ("article",)
    ordering = ("order",)
    fields = ("order", "article", "until")
    formfield_overrides = {**TabularInline.formfield_overrides, **ONE_FIELD_FOR_A_MOMENT}

    class Media:
        js = (forms.Script("desk/order.js", type="module"),)


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
    autocomplete_fields = ("parent", "picture")
    sortable_by = ()
    fields = (
        "parent",
        "name_ru",
        "name_en",
        "slug",
        "order",
        "description_ru",
        "description_en",
        "picture",
        "four_eyes",
    )
    inlines = (PinInline,)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[CategoryTree]:
        return CategoryTree

    @admin.display(description=gettext_lazy("category"))
    def indented(self, category: Category) -> str:
        depth = min(getattr(category, "depth", 0), 6)
        return format_html('<span class="depth-{}">{}</span>', depth, category)

    @admin.display(description=gettext_lazy("address"))
    def address(self, category: Category) -> str:
        return category.path

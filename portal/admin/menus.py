"""Menus on the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.bases import DeskAdmin
from portal.admin.ordering import OrderedInline
from portal.models import Menu, MenuItem


class MenuItemFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """A menu has two levels: what is moved below another item in the same form can have none below it."""

    def clean(self) -> None:
        super().clean()
        parents = {form.instance.pk: form.cleaned_data.get("parent") for form in self.forms if form.is_valid()}
        for form in self.forms:
            parent = parents.get(form.instance.pk)
            if parent is not None and parents.get(parent.pk) is not None:
                form.add_error("parent", _("This item stands below another one itself."))


class MenuItemInline(OrderedInline):
    model = MenuItem
    formset = MenuItemFormSet
    autocomplete_fields = ("category", "tag", "page")
    fields = ("order", "label", "category", "tag", "page", "url", "parent")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Every item with those below it right after it."""
        above = {"place": Coalesce("parent__order", "order"), "tree": Coalesce("parent_id", "pk")}
        return (
            super()
            .get_queryset(request)
            .annotate(**above)
            .order_by("place", "tree", F("parent").asc(nulls_first=True), "order", "pk")
        )

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        self.menu = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "parent":
            kwargs["queryset"] = MenuItem.objects.filter(menu=self.menu, parent=None).select_related(
                "category", "tag", "page"
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Menu)
class MenuAdmin(DeskAdmin):
    list_display = ("place", "language")
    inlines = (MenuItemInline,)

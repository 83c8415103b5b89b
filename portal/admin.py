"""The site as a whole on the desk: front page, ticker, pages, menus, settings, redirects, and who signs in."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from articles.admin.bases import DeskAdmin, SearchAdmin, TabularInline
from articles.admin.bin import BinAdmin
from articles.widgets import EditorWidget
from lib import html
from portal.models import FrontZone, Menu, MenuItem, Page, Pin, Redirect, SiteSettings, TickerItem
from portal.roles import title_of


class PinInline(TabularInline):
    model = Pin
    extra = 1
    autocomplete_fields = ("article",)
    ordering = ("position",)


@admin.register(FrontZone)
class FrontZoneAdmin(DeskAdmin):
    list_display = ("__str__", "kind", "language", "size", "order")
    list_filter = ("language",)
    list_select_related = ("category",)
    autocomplete_fields = ("category",)
    inlines = (PinInline,)


@admin.register(TickerItem)
class TickerItemAdmin(SearchAdmin):
    list_display = ("__str__", "language", "starts_at", "ends_at", "order")
    list_filter = ("language",)
    list_select_related = ("article",)
    search_fields = ("text",)
    autocomplete_fields = ("article",)


class PageForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    class Meta:
        model = Page
        fields = ("language", "path", "title", "body", "seo_description", "is_published")
        widgets = {"body": EditorWidget, "seo_description": forms.Textarea(attrs={"rows": 2})}

    def clean_body(self) -> str:
        return html.clean(self.cleaned_data["body"])


@admin.register(Page)
class PageAdmin(BinAdmin):
    form = PageForm
    list_display = ("title", "path", "language", "is_published", "modified_at")
    list_filter = ("language", "is_published")
    search_fields = ("title", "path")


class MenuItemFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    """A menu has two levels: what is moved below another item in the same form can have none below it."""

    def clean(self) -> None:
        super().clean()
        parents = {form.instance.pk: form.cleaned_data.get("parent") for form in self.forms if form.is_valid()}
        for form in self.forms:
            parent = parents.get(form.instance.pk)
            if parent is not None and parents.get(parent.pk) is not None:
                form.add_error("parent", _("This item stands below another one itself."))


class MenuItemInline(TabularInline):
    model = MenuItem
    formset = MenuItemFormSet
    extra = 1
    autocomplete_fields = ("category", "tag", "page")
    fields = ("order", "label", "category", "tag", "page", "url", "parent")

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


class SiteSettingsForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    class Meta:
        model = SiteSettings
        fields = [each.name for each in SiteSettings._meta.fields if each.editable and not each.primary_key]
        widgets = {name: forms.TextInput(attrs={"type": "color"}) for name in ("brand", "brand_dark")}


@admin.register(SiteSettings)
class SiteSettingsAdmin(DeskAdmin):
    """One row: the menu opens its form directly."""

    form = SiteSettingsForm
    autocomplete_fields = ("logo",)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return self.changeform_view(request, "1")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> SiteSettings:
        return SiteSettings.current()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Redirect)
class RedirectAdmin(SearchAdmin):
    list_display = ("old", "new")
    search_fields = ("old", "new")
    show_full_result_count = False


class RolesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    def label_from_instance(self, obj: Any) -> str:
        return title_of(obj)


admin.site.unregister([User, Group])


@admin.register(User)
class UserAdmin(auth_admin.UserAdmin):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["form_class"] = RolesField
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class GroupAdmin(auth_admin.GroupAdmin):
    list_display = ("title",)

    @admin.display(description=_("group"), ordering="name")
    def title(self, group: Group) -> str:
        return title_of(group)

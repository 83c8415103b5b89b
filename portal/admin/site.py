"""The settings of the site on the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from articles.admin.bases import DeskAdmin
from portal.models import SiteSettings


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

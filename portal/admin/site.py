"""The settings of the site on the desk."""

from django import forms
from django.contrib import admin

from portal.admin.bases import OneRowAdmin
from portal.models import SiteSettings


class SiteSettingsForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    class Meta:
        model = SiteSettings
        fields = [each.name for each in SiteSettings._meta.fields if each.editable and not each.primary_key]
        widgets = {name: forms.TextInput(attrs={"type": "color"}) for name in ("brand", "brand_dark")}


@admin.register(SiteSettings)
class SiteSettingsAdmin(OneRowAdmin):
    form = SiteSettingsForm
    autocomplete_fields = ("logo",)

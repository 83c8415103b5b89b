"""The settings of the site on the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.sharing import NETWORKS
from articles.widgets import OrderedChoices
from portal.admin.bases import OneRowAdmin
from portal.admin.ordering import OrderedInline
from portal.models import Counter, SiteSettings, SocialLink


class SiteSettingsForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    share = forms.MultipleChoiceField(
        label=_("share buttons"),
        required=False,
        choices=[(code, network.label) for code, network in NETWORKS.items()],
        widget=OrderedChoices,
        help_text=_("Below every story, by their numbers. Copying and other apps stand where a browser can do it."),
    )

    class Meta:
        model = SiteSettings
        fields = [each.name for each in SiteSettings._meta.fields if each.editable and not each.primary_key]
        widgets = {name: forms.TextInput(attrs={"type": "color"}) for name in ("brand", "brand_dark")}


class SocialLinkInline(OrderedInline):
    model = SocialLink
    fields = ("order", "url", "name")


class CounterInline(OrderedInline):
    model = Counter
    fields = ("order", "name", "kind", "script", "number", "hosts")
    extra = 0


@admin.register(SiteSettings)
class SiteSettingsAdmin(OneRowAdmin):
    form = SiteSettingsForm
    autocomplete_fields = ("logo", "logo_dark", "icon")
    inlines = (SocialLinkInline, CounterInline)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What belongs together; fields that no group names stand in the last one."""
        named = [name for _title, options in FIELDSETS for name in options["fields"]]
        others = [name for name in self.get_fields(request, obj) if name not in named]
        return [*FIELDSETS, *([(_("More"), {"fields": others})] if others else [])]


FIELDSETS: list[tuple[Any, dict[str, Any]]] = [
    (_("Name"), {"fields": ["name_ru", "name_en", "tagline_ru", "tagline_en", "description_ru", "description_en"]}),
    (_("Look"), {"fields": ["logo", "logo_dark", "icon", "brand", "brand_dark"]}),
    (_("Sharing"), {"fields": ["share"]}),
    (
        _("Imprint"),
        {
            "description": _(
                "What the law on the media asks for, where it applies. It stands below every page and on the page "
                "whose purpose is the imprint."
            ),
            "fields": [
                "founder_ru",
                "founder_en",
                "editor_in_chief_ru",
                "editor_in_chief_en",
                "email",
                "phone",
                "address_ru",
                "address_en",
                "registration_number",
                "registered_by_ru",
                "registered_by_en",
                "registered_on",
                "age_mark",
                "imprint_ru",
                "imprint_en",
            ],
        },
    ),
]

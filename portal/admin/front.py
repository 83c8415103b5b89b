"""The front page and the ticker on the desk."""

from django.contrib import admin

from articles.admin.bases import DeskAdmin, SearchAdmin, TabularInline
from portal.models import FrontZone, Pin, TickerItem


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

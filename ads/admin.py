"""Advertising on the desk: who, what, when and where, and what came of it."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ads import reports
from ads.counting import REASONS
from ads.forms import CreativeForm, FlightForm
from ads.inventory import inventory_of
from ads.models import Advertiser, Campaign, Creative, DailyRefusal, Flight, Rotation
from ads.showing import why_not
from ads.slots import SLOTS
from lib.desk_fields import DESK_FIELDS

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
else:  # Django's classes take no parameters when they run
    ModelAdmin = admin.ModelAdmin
    TabularInline = admin.TabularInline


def preview(creative: Creative | None) -> str:
    """Returns the picture of a creative, at most at its own size."""
    if creative is None or not creative.image:
        return "—"
    return format_html('<img class="ad-preview" src="{}" alt="{}">', creative.image.url, creative.alt)


class AdsAdmin(ModelAdmin):
    show_facets = admin.ShowFacets.NEVER
    formfield_overrides = DESK_FIELDS

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """No key has more digits than fit a column."""
        return super().get_object(request, object_id, from_field) if len(object_id) < 19 else None


@admin.register(Advertiser)
class AdvertiserAdmin(AdsAdmin):
    list_display = ("name", "legal_name", "inn")
    search_fields = ("name", "legal_name", "inn")


class ListInline(TabularInline):
    """Lists what belongs to a campaign, with the way to it; nothing is changed here."""

    extra = 0
    can_delete = False

    @admin.display(description=gettext_lazy("name"))
    def link(self, listed: Any) -> SafeString:
        address = reverse(f"admin:ads_{listed._meta.model_name}_change", args=[listed.pk])
        return format_html('<a href="{}">{}</a>', address, listed.name)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class FlightList(ListInline):
    model = Flight
    fields = ("link", "status", "starts_at", "ends_at", "tier", "weight")
    readonly_fields = ("link",)


class CreativeList(ListInline):
    model = Creative
    fields = ("link", "shown", "target", "erid")
    readonly_fields = ("link", "shown")

    @admin.display(description=gettext_lazy("picture"))
    def shown(self, creative: Creative) -> str:
        return preview(creative)


@admin.register(Campaign)
class CampaignAdmin(AdsAdmin):
    list_display = ("name", "advertiser", "kind")
    list_filter = ("kind",)
    list_select_related = ("advertiser",)
    search_fields = ("name", "advertiser__name")
    autocomplete_fields = ("advertiser",)
    inlines = (FlightList, CreativeList)
    change_form_template = "admin/ads/campaign.html"


@admin.register(Creative)
class CreativeAdmin(AdsAdmin):
    form = CreativeForm
    list_display = ("name", "campaign", "size", "shown")
    list_select_related = ("campaign__advertiser",)
    search_fields = ("name", "campaign__name", "erid")
    autocomplete_fields = ("campaign",)
    fields = ("campaign", "name", "image", "shown", "alt", "target", "erid")

    def get_fields(self, request: HttpRequest, obj: Creative | None = None) -> tuple[str, ...]:
        """Where the picture cannot be changed, its preview is enough."""
        return tuple(name for name in self.fields if not (obj and obj.was_seen and name == "image"))

    def get_readonly_fields(self, request: HttpRequest, obj: Creative | None = None) -> tuple[str, ...]:
        """What readers have seen stays as it was: its reports and its erid speak of exactly this picture."""
        return ("shown", "campaign", "image", "alt", "target", "erid") if obj and obj.was_seen else ("shown",)

    @admin.display(description=gettext_lazy("size"))
    def size(self, creative: Creative) -> str:
        return f"{creative.width} × {creative.height}"

    @admin.display(description=gettext_lazy("preview"))
    def shown(self, creative: Creative) -> str:
        return preview(creative)


class RotationInline(TabularInline):
    model = Rotation
    extra = 1
    fields = ("creative", "shown", "weight")
    readonly_fields = ("shown",)

    @admin.display(description=gettext_lazy("preview"))
    def shown(self, rotation: Rotation) -> str:
        return preview(rotation.creative if rotation.creative_id else None)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = Creative.objects.select_related("campaign__advertiser")
        flight = request.resolver_match and request.resolver_match.kwargs.get("object_id", "")
        if flight and flight.isascii() and flight.isdigit() and len(flight) < 19:
            kwargs["queryset"] = kwargs["queryset"].filter(campaign__flights=flight)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "creative" and field is not None:
            field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
        return field


@admin.register(Flight)
class FlightAdmin(AdsAdmin):
    form = FlightForm
    list_display = ("name", "campaign", "status", "starts_at", "ends_at", "report_link")
    list_filter = ("status", "tier")
    list_select_related = ("campaign__advertiser",)
    search_fields = ("name", "campaign__name", "campaign__advertiser__name")
    autocomplete_fields = ("campaign",)
    inlines = (RotationInline,)
    change_form_template = "admin/ads/flight/change_form.html"
    fieldsets = (
        (None, {"fields": ("campaign", "name", "status", "starts_at", "ends_at", "slots")}),
        (gettext_lazy("How often"), {"fields": ("tier", "weight", "goal_type", "goal", "daily_cap")}),
        (gettext_lazy("Where"), {"fields": ("categories", "tags", "language")}),
    )

    @admin.display(description=gettext_lazy("report"))
    def report_link(self, flight: Flight) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("admin:ads_flight_report", args=[flight.pk]), _("Report"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/report/", view(self.report), name="ads_flight_report"),
            path("<int:pk>/report.csv", view(self.report_csv), name="ads_flight_report_csv"),
            *super().get_urls(),
        ]

    def report(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the flight delivered day by day, and why it is not shown where it is not."""
        flight, now = self._flight(request, pk), timezone.now()
        rows = reports.by_day(flight)
        stock = inventory_of(flight.rotations.select_related("flight__campaign", "creative"), now)
        context = self.admin_site.each_context(request) | {
            "title": _("Report: %(flight)s") % {"flight": flight},
            "flight": flight,
            "rows": rows,
            "total": reports.total(rows),
            "places": [(SLOTS[key].name, why_not(stock, flight, SLOTS[key], now)) for key in flight.slots],
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/ads/flight/report.html", context)

    def report_csv(self, request: HttpRequest, pk: int) -> HttpResponse:
        flight = self._flight(request, pk)
        response = HttpResponse(reports.to_csv(flight), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="flight-{flight.pk}.csv"'
        return response

    def _flight(self, request: HttpRequest, pk: int) -> Flight:
        if not self.has_view_permission(request):
            raise PermissionDenied
        flight = self.get_object(request, str(pk))
        if not isinstance(flight, Flight):
            raise Http404
        return flight


@admin.register(DailyRefusal)
class DailyRefusalAdmin(AdsAdmin):
    """How much was not counted, and why; nothing is written here."""

    list_display = ("day", "kind", "why", "number")
    list_display_links = None

    @admin.display(description=gettext_lazy("reason"))
    def why(self, refusal: DailyRefusal) -> str:
        return str(REASONS.get(refusal.reason, refusal.reason))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

"""The filters of the media library."""

from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Count, Exists, F, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Media, MediaTag
from articles.models.media import MediaQuerySet, folded
from lib.days import Span

Choices = list[tuple[str, Any]]
MOST_TAGS = 200
MEGABYTE = 1024 * 1024


class Filter(admin.SimpleListFilter):
    """A filter that is a select: what it does not know is as if it were not asked."""

    def queryset(self, request: HttpRequest, queryset: Any) -> MediaQuerySet:
        value = self.value()
        return self.narrowed(queryset, value) if value else queryset

    def narrowed(self, found: MediaQuerySet, value: str) -> MediaQuerySet:
        raise NotImplementedError


class ByCondition(Filter):
    """A filter whose choices are conditions."""

    def conditions(self) -> dict[str, tuple[Any, Q]]:
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(value, label) for value, (label, _condition) in self.conditions().items()]

    def narrowed(self, found: MediaQuerySet, value: str) -> MediaQuerySet:
        return found.filter(self.conditions().get(value, ("", Q()))[1])


class KindFilter(ByCondition):
    title = gettext_lazy("kind")
    parameter_name = "kind"

    def conditions(self) -> dict[str, tuple[Any, Q]]:
        files = Q(kind=Media.Kind.FILE)
        return {
            "image": (_("pictures"), Q(kind=Media.Kind.IMAGE)),
            "audio": (_("sound"), files & Q(content_type__startswith="audio/")),
            "video": (_("films"), files & Q(content_type__startswith="video/")),
            "file": (_("documents"), files & ~Q(content_type__regex="^(audio|video)/")),
        }


class TagFilter(Filter):
    title = gettext_lazy("tag")
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(tag.key, tag.name) for tag in most_used_tags()]

    def narrowed(self, found: MediaQuerySet, value: str) -> MediaQuerySet:
        return found.filter(tags__key=folded(value))


class PersonFilter(Filter):
    title = gettext_lazy("uploaded by")
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        sent = Media.objects.filter(uploaded_by=OuterRef("pk"))
        people = User.objects.filter(Exists(sent)).order_by("last_name", "first_name", "username")
        return [(str(each.pk), each.get_full_name() or each.username) for each in people]

    def narrowed(self, found: MediaQuerySet, value: str) -> MediaQuerySet:
        known = {key for key, _name in self.lookup_choices}
        return found.filter(uploaded_by=int(value)) if value in known else found


class MonthFilter(Filter):
    title = gettext_lazy("month")
    parameter_name = "month"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Every month since the first upload, the newest first; asked of one row, however many there are."""
        first = Media.objects.order_by("uploaded_at").values_list("uploaded_at", flat=True).first()
        if first is None:
            return []
        month, until = timezone.localdate(first).replace(day=1), timezone.localdate()
        months = []
        while month <= until:
            months.append((month.strftime("%Y-%m"), date_format(month, "F Y")))
            month = _next(month)
        return months[::-1]

    def narrowed(self, found: MediaQuerySet, value: str) -> MediaQuerySet:
        if value not in {month for month, _name in self.lookup_choices}:
            return found
        first = date.fromisoformat(f"{value}-01")
        span = Span.of_days(first, _next(first))
        return found.filter(uploaded_at__gte=span.since, uploaded_at__lt=span.until)


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


class ShapeFilter(ByCondition):
    title = gettext_lazy("shape")
    parameter_name = "shape"

    def conditions(self) -> dict[str, tuple[Any, Q]]:
        return {
            "wide": (_("wide"), Q(width__gt=F("height"))),
            "tall": (_("tall"), Q(width__lt=F("height"))),
            "square": (_("square"), Q(width=F("height"))),
        }


class SizeFilter(ByCondition):
    title = gettext_lazy("size")
    parameter_name = "size"

    def conditions(self) -> dict[str, tuple[Any, Q]]:
        return {
            "large": (_("from 1920 pixels wide"), Q(width__gte=1920)),
            "small": (_("below 1200 pixels wide"), Q(width__lt=1200)),
            "heavy": (_("above 5 MB"), Q(size__gt=5 * MEGABYTE)),
        }


class MissingFilter(ByCondition):
    title = gettext_lazy("what is missing")
    parameter_name = "missing"

    def conditions(self) -> dict[str, tuple[Any, Q]]:
        return {
            "alt": (_("text instead of the picture"), Q(alt="", kind=Media.Kind.IMAGE)),
            "credit": (_("credit"), Q(credit="")),
            "licence": (_("licence"), Q(licence="")),
            "tags": (_("tags"), Q(tags=None)),
        }


class LicenceFilter(ByCondition):
    title = gettext_lazy("licence")
    parameter_name = "licence"

    def conditions(self) -> dict[str, tuple[Any, Q]]:
        today = timezone.localdate()
        return {
            "ended": (_("has ended"), Q(licence_until__lt=today)),
            "week": (_("ends within 7 days"), Q(licence_until__range=(today, today + timedelta(days=7)))),
            "soon": (_("ends within 30 days"), Q(licence_until__range=(today, today + timedelta(days=30)))),
            "never": (_("without an end"), Q(licence_until=None)),
        }


class UseFilter(Filter):
    title = gettext_lazy("use")
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("unused", _("used nowhere")), ("twins", _("there twice"))]

    def narrowed(self, found: MediaQuerySet, value: str) -> MediaQuerySet:
        if value == "unused":
            return found.unused()
        return found.with_twins() if value == "twins" else found


class OrderFilter(Filter):
    """Not a filter, but chosen beside them: the order of the library."""

    title = gettext_lazy("order")
    parameter_name = "order"
    ORDERS = {
        "old": (gettext_lazy("oldest first"), ("pk",)),
        "large": (gettext_lazy("largest first"), ("-size", "-pk")),
        "licence": (gettext_lazy("licence that ends soonest"), (F("licence_until").asc(nulls_last=True), "-pk")),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(value, label) for value, (label, _order) in self.ORDERS.items()]

    def narrowed(self, found: MediaQuerySet, value: str) -> MediaQuerySet:
        return found


class ViewFilter(OrderFilter):
    """Not a filter either: grid or list. It has no choices here, for it stands above the library as two links."""

    parameter_name = "view"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return []


FILTERS = (
    OrderFilter, KindFilter, TagFilter, UseFilter, MissingFilter, LicenceFilter, PersonFilter, MonthFilter,
    ShapeFilter, SizeFilter, ViewFilter,
)  # fmt: skip


def most_used_tags() -> list[MediaTag]:
    """Returns the tags that editors use most, by their names."""
    most = MediaTag.objects.annotate(n=Count("media")).order_by("-n", "key")[:MOST_TAGS]
    return sorted(most, key=lambda tag: tag.key)

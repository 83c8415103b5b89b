"""What an ad manager has before her first thing: the flights that run, how they do today, and those to come."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from ads.models import Flight, FlightQuerySet

SHELF_SIZE = 8


@dataclass(frozen=True)
class Shelf:
    title: str
    empty: str
    flights: list[Flight]
    """Each with ``seen`` and ``clicks``, its counts of today."""
    template = "admin/ads/flight/_shelf.html"


def shelves(now: datetime) -> list[Shelf]:
    """Returns the flights that run, the next to end first, and those that begin later; in two queries."""
    booked = Flight.objects.booked(now).select_related("campaign__advertiser")
    running, coming = booked.filter(starts_at__lte=now), booked.filter(starts_at__gt=now)
    return [
        Shelf(_("Ads running now"), _("No ad is running."), _with_counts(running.order_by("ends_at", "pk"), now)),
        Shelf(_("Ads to come"), _("Nothing is booked ahead."), _with_counts(coming.order_by("starts_at", "pk"), now)),
    ]


def _with_counts(flights: FlightQuerySet, now: datetime) -> list[Flight]:
    today = Q(counts__day=timezone.localdate(now))
    sums = {name: Coalesce(Sum(f"counts__{name}", filter=today), 0) for name in ("seen", "clicks")}
    return list(flights.annotate(**sums)[:SHELF_SIZE])

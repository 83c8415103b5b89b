"""Why a flight is not shown in a place, for those who booked it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from ads.decisions import Place, refusal
from ads.inventory import Inventory
from ads.models import Flight, words
from ads.slots import DEVICES, Slot

NOT_LIVE = _("The flight is not live.")
NO_CREATIVE = _("It has no creative.")


def why_not(stock: Inventory, flight: Flight, slot: Slot, now: datetime) -> list[Any]:
    """Returns for each of DEVICES why nothing of the flight is shown on it in ``slot``, or None.

    The page is one that the flight is booked for: of its first category and tag, and in its language.
    """
    return [_reason(stock, flight, _page(flight, slot, device), now) for device in DEVICES]


def _page(flight: Flight, slot: Slot, device: str) -> Place:
    category = min(words(flight.categories), default="")
    return Place(slot, device, flight.language, category, words(flight.tags))


def _reason(stock: Inventory, flight: Flight, place: Place, now: datetime) -> Any:
    if flight.status != Flight.Status.LIVE:
        return NOT_LIVE
    reasons = [refusal(candidate, place, now) for candidate in stock.candidates]
    if None in reasons:
        return None
    return reasons[0] if reasons else NO_CREATIVE

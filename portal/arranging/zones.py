"""What an editor does with the zones of the front page: add, set, order, remove. Acts for ``changes.change``."""

from typing import Any

from django.utils.translation import gettext as _

from portal.arranging.changes import Gone, Refused
from portal.front import FrontZone
from portal.frontpage import HEAD

MOST_ZONES = 40
ONCE = {*HEAD, FrontZone.Kind.CATEGORIES, FrontZone.Kind.OPINION, FrontZone.Kind.MOST_READ}
"""Kinds that a page has one zone of at most."""


def addable(language: str) -> list[str]:
    """Returns the kinds of which there may be another zone."""
    there = set(FrontZone.objects.filter(language=language).values_list("kind", flat=True))
    return [kind for kind in FrontZone.Kind.values if kind not in ONCE & there]


def add(language: str, zone: FrontZone) -> dict[str, Any]:
    """Adds a zone, checked by its form, below all others. Raises Refused for a second one of a kind there is once."""
    if zone.kind not in addable(language):
        raise Refused(_("There is a zone of this kind already."))
    others = list(FrontZone.objects.filter(language=language))
    if len(others) >= MOST_ZONES:
        raise Refused(_("A front page has %d zones at most.") % MOST_ZONES)
    zone.language, zone.order = language, max((each.order for each in others), default=-1) + 1
    zone.save()
    return {"zone": str(zone)}


def settle(zone: FrontZone) -> dict[str, Any]:
    """Writes the settings of a zone as its form has checked them."""
    zone.save()
    return {"zone": str(zone)}


def switch(language: str, key: int, on: bool) -> dict[str, Any]:
    zone = of(language, key)
    zone.is_on = on
    zone.save()
    return {"zone": str(zone)}


def remove(language: str, key: int) -> dict[str, Any]:
    """Removes a zone with its pins."""
    zone = of(language, key)
    words = {"zone": str(zone)}
    zone.delete()
    return words


def shift(language: str, key: int, up: bool) -> dict[str, Any]:
    """Moves a zone above the one over it, or below the one under it; the lead zone stays on top."""
    zones = list(FrontZone.objects.filter(language=language))
    movable = [each for each in zones if each.kind not in HEAD]
    place = next((number for number, each in enumerate(movable) if each.pk == key), None)
    if place is None:
        raise Gone(_("This zone is not there any more."))
    other = place - 1 if up else place + 1
    if 0 <= other < len(movable):
        movable[place], movable[other] = movable[other], movable[place]
    for order, zone in enumerate([*(each for each in zones if each.kind in HEAD), *movable]):
        if zone.order != order:
            zone.order = order
            zone.save()
    return {"zone": str(movable[min(max(other, 0), len(movable) - 1)])}


def of(language: str, key: int) -> FrontZone:
    """Returns a zone. Raises Gone."""
    zone = FrontZone.objects.filter(pk=key, language=language).select_related("category").first()
    if zone is None:
        raise Gone(_("This zone is not there any more."))
    return zone

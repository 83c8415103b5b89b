"""Undoing a change of the front page: the places that it touched become what they were before it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from articles.models import Category
from portal.arranging.changes import Arrangement, Refused, Spot, held, read, since, touching, until_of
from portal.arranging.pins import pinnable
from portal.arranging.telling import sentence
from portal.front import FrontChange, FrontZone, Pin


def undo(record: FrontChange, now: datetime) -> dict[str, Any]:
    """Makes the places of ``record`` as they were before it: an act for ``changes.change``.

    Pins that have lapsed since do not come back. Raises Refused, with what was done since, where one of
    the places is not as the change left it; and where a story, a zone or a category is no more.
    """
    there = read(record.language, now)
    if any(held(there.get(key), now) != held(value, now) for key, value in record.after.items()):
        raise Refused(_changed_since(record))
    zones = {key: value for key, value in record.before.items() if key.startswith("zone:")}
    for key, value in zones.items():
        _restore_zone(record.language, int(key.partition(":")[2]), value, there)
    places = {key: held(value, now) for key, value in record.before.items() if key.startswith("place:")}
    _restore_places(record.language, places, now)
    return {"number": record.number, "act": record.act, "words": record.words}


def _changed_since(record: FrontChange) -> str:
    newer = touching(since(record.language, record.number), record.after)
    told = "; ".join(sentence(each) for each in newer[:3])
    if not told:
        return _("It cannot be undone: the same place is not as this change left it.")
    return _("It cannot be undone: the same place has been changed since: %s") % told


def _restore_zone(language: str, key: int, fields: dict[str, Any] | None, there: Arrangement) -> None:
    if fields is None:
        if any(each.startswith(f"place:{key}/") for each in there):
            raise Refused(_("It cannot be undone: stories have been pinned in this zone since."))
        FrontZone.objects.get(pk=key).delete()
        return
    category = fields["category_id"]
    if category and not Category.objects.filter(pk=category).exists():
        raise Refused(_("It cannot be undone: the category is not there any more."))
    FrontZone(pk=key, language=language, **fields).save()


def _restore_places(language: str, places: dict[str, Any], now: datetime) -> None:
    spots = {Spot.parse(key.partition(":")[2]): stack or [] for key, stack in places.items()}
    for spot in spots:
        for pin in Pin.objects.filter(zone=spot.zone, category=spot.block or None, position=spot.number):
            pin.delete()
    for spot, stack in spots.items():
        for depth, (article, until) in enumerate(stack):
            _restore_pin(language, spot, depth, article, until_of([article, until]), now)


def _restore_pin(language: str, spot: Spot, depth: int, article: int, until: datetime | None, now: datetime) -> None:
    story = pinnable(language, article, now)
    elsewhere = Pin.objects.filter(zone__language=language, article=article).first()
    if elsewhere is not None and elsewhere.is_held(now):
        raise Refused(_("It cannot be undone: «%s» is pinned elsewhere by now.") % story)
    if elsewhere is not None:
        elsewhere.delete()
    zone = FrontZone.objects.filter(pk=spot.zone).first()
    if zone is None or (spot.block and not Category.objects.filter(pk=spot.block).exists()):
        raise Refused(_("It cannot be undone: the zone is not there any more."))
    Pin.objects.create(
        zone=zone, category_id=spot.block or None, position=spot.number, depth=depth, article=story, until=until
    )

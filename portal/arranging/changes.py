"""The arrangement of the front page: what an editor does with it, the record of it, and its undoing.

Every act goes through ``change``: it is refused with a reason, answered with ``MovedOn`` where somebody else
changed the same place meanwhile, or done and recorded with the places it touched, before and after.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple, Self

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.dateparse import parse_datetime

from portal.front import FrontChange, FrontZone, Pin

Arrangement = dict[str, Any]
"""``zone:5`` to the fields of a zone, ``place:5/0/1`` to the pins there, the top first: ``[[article, until], …]``."""

Act = Callable[[], dict[str, Any]]
"""Changes rows; returns the words for the record. Raises Refused or Gone."""

ZONE_FIELDS = ("kind", "category_id", "title", "size", "order", "is_on")


class Refused(Exception):
    """What was asked for cannot be; the message says why, to the editor."""


class Gone(Refused):
    """What it was asked of is not there (any more)."""


class MovedOn(Exception):
    """Others have meanwhile changed what this would change too: ``newer`` says what, the newest first.

    ``words`` are those of the record that was not made; None where there is nothing left to change.
    """

    def __init__(self, newer: list[FrontChange], words: dict[str, Any] | None = None) -> None:
        super().__init__("The front page has moved on.")
        self.newer = newer
        self.words = words


class Spot(NamedTuple):
    """A place on the front page: the zone, the category whose block it is (0 in other zones), the number from 1."""

    zone: int
    block: int
    number: int

    def __str__(self) -> str:
        return f"{self.zone}/{self.block}/{self.number}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads what ``str`` wrote. Raises ValueError for anything else."""
        parts = text.split("/")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
            raise ValueError("not a place")
        return cls(*map(int, parts))


def read(language: str, now: datetime) -> Arrangement:
    """Returns the arrangement as it is stored, without the pins that have lapsed."""
    found: Arrangement = {}
    for zone in FrontZone.objects.filter(language=language).prefetch_related("pins"):
        found[f"zone:{zone.pk}"] = {name: getattr(zone, name) for name in ZONE_FIELDS}
        for pin in zone.pins.all():
            if pin.is_held(now):
                spot = Spot(zone.pk, pin.category_id or 0, pin.position)
                found.setdefault(f"place:{spot}", []).append(
                    [pin.article_id, pin.until and pin.until.astimezone(UTC).isoformat()]
                )
    return found


def held(value: Any, now: datetime) -> Any:
    """Returns the value of one place or zone without the pins that have lapsed by now; None for an empty place."""
    if not isinstance(value, list):
        return value
    return [pin for pin in value if (until := until_of(pin)) is None or until > now] or None


def until_of(pin: list[Any]) -> datetime | None:
    return parse_datetime(pin[1]) if pin[1] else None


def newest_number(language: str) -> int:
    """Returns the number of the newest change: what a screen tells of the state it shows."""
    return FrontChange.objects.filter(language=language).values_list("number", flat=True).first() or 0


def since(language: str, number: int) -> list[FrontChange]:
    """Returns the changes after ``number``, the newest first."""
    return list(FrontChange.objects.filter(language=language, number__gt=number).select_related("by"))


def touching(changes: Iterable[FrontChange], places: Iterable[str]) -> list[FrontChange]:
    """Returns those of ``changes`` that touched one of ``places``."""
    wanted = set(places)
    return [each for each in changes if wanted & each.after.keys()]


def change(language: str, name: str, act: Act, *, based_on: int, by: User | None, now: datetime) -> FrontChange | None:
    """Does ``act`` and records it as ``name``; returns the record, or None where nothing has changed by it.

    ``based_on`` is the number of the newest change that the editor saw. What touches other places than those
    that were changed since is done. Raises MovedOn or Refused, and then nothing has changed.
    """
    try:
        return _changed(language, name, act, based_on, by, now)
    except IntegrityError:  # two at once, on a page that had no zone yet to wait for
        if newer := since(language, based_on):
            raise MovedOn(newer) from None
        raise


@transaction.atomic
def _changed(language: str, name: str, act: Act, based_on: int, by: User | None, now: datetime) -> FrontChange | None:
    list(FrontZone.objects.select_for_update().filter(language=language))  # one after the other
    for lapsed in Pin.objects.filter(zone__language=language, until__lte=now).select_related("zone"):
        lapsed.delete()
    before, newer = read(language, now), since(language, based_on)
    try:
        words = act()
    except Gone:
        if newer:
            raise MovedOn(newer) from None
        raise
    after = read(language, now)
    touched = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    if not touched:
        return None
    if clashes := touching(newer, touched):
        raise MovedOn(clashes, words)
    return FrontChange.objects.create(
        language=language,
        number=newest_number(language) + 1,
        at=now,
        by=by,
        act=name,
        words=words,
        before={key: before.get(key) for key in touched},
        after={key: after.get(key) for key in touched},
    )

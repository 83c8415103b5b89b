"""Which ad stands where on a page. Pure: it is given the candidates, the time and the dice, and asks nobody."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from ads.slots import Slot

Dice = Callable[[], float]
"""Returns a number of [0, 1), like ``random.random``."""
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Place:
    """A box on a page, in plain words."""

    slot: Slot
    device: str
    language: str = ""
    category: str = ""
    """Its path, such as ``gorod/transport``."""
    tags: frozenset[str] = frozenset()
    """In small letters."""


@dataclass(frozen=True)
class Candidate:
    """One creative of one flight, and what was booked for it."""

    flight: int
    campaign: int
    creative: int
    width: int
    height: int
    starts_at: datetime
    ends_at: datetime | None = None
    tier: int = 20
    weight: int = 10
    creative_weight: int = 10
    slots: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    language: str = ""
    remaining: int | None = None
    """How many are left to the goal; None if there is none."""
    remaining_today: int | None = None
    lacks_erid: bool = False


@dataclass(frozen=True)
class Filter:
    """A condition of being shown, and what an ad manager is told of a candidate that fails it."""

    reason: Any
    holds: Callable[[Candidate, Place, datetime], bool]


def _in_category(candidate: Candidate, place: Place) -> bool:
    """A booked category counts for those below it: ``gorod`` for ``gorod/transport``."""
    steps = place.category.split("/")
    return not candidate.categories.isdisjoint("/".join(steps[: end + 1]) for end in range(len(steps)))


FILTERS = [
    Filter(_("It has not started."), lambda candidate, place, now: candidate.starts_at <= now),
    Filter(_("It is over."), lambda candidate, place, now: candidate.ends_at is None or now < candidate.ends_at),
    Filter(_("Its weight is 0."), lambda candidate, place, now: candidate.weight * candidate.creative_weight > 0),
    Filter(_("It has no erid."), lambda candidate, place, now: not candidate.lacks_erid),
    Filter(_("Its goal is reached."), lambda candidate, place, now: candidate.remaining != 0),
    Filter(_("It was shown often enough today."), lambda candidate, place, now: candidate.remaining_today != 0),
    Filter(_("It is not booked for this place."), lambda candidate, place, now: place.slot.key in candidate.slots),
    Filter(
        _("Its size does not fit this place."),
        lambda candidate, place, now: place.slot.shows(candidate.width, candidate.height, place.device) is not None,
    ),
    Filter(
        _("It is booked for another language."),
        lambda candidate, place, now: candidate.language in {"", place.language},
    ),
    Filter(
        _("It is booked for other categories."),
        lambda candidate, place, now: not candidate.categories or _in_category(candidate, place),
    ),
    Filter(
        _("It is booked for other tags."),
        lambda candidate, place, now: not candidate.tags or not candidate.tags.isdisjoint(place.tags),
    ),
]


def refusal(candidate: Candidate, place: Place, now: datetime) -> Any:
    """Returns why ``candidate`` is not shown at ``place``, or None if it may be."""
    return next((each.reason for each in FILTERS if not each.holds(candidate, place, now)), None)


def fill(places: Iterable[Place], candidates: Sequence[Candidate], now: datetime, dice: Dice) -> list[Candidate | None]:
    """Returns for each place of a page what is shown there.

    No campaign is shown twice on a page while another one could be shown instead.
    """
    chosen: list[Candidate | None] = []
    for place in places:
        eligible = [candidate for candidate in candidates if refusal(candidate, place, now) is None]
        used = {each.campaign for each in chosen if each}
        fresh = [candidate for candidate in eligible if candidate.campaign not in used]
        chosen.append(choose(fresh or eligible, place, dice))
    return chosen


def choose(eligible: Sequence[Candidate], place: Place, dice: Dice) -> Candidate | None:
    """Returns one of the first tier: its flight by the weight of flights, then one of the flight's creatives.

    Where a flight has creatives of several sizes that fit, those of the first size of the place are drawn from.
    """
    if not eligible:
        return None
    tier = min(candidate.tier for candidate in eligible)
    flights = {candidate.flight: candidate.weight for candidate in eligible if candidate.tier == tier}
    flight = _draw(list(flights), list(flights.values()), dice)
    creatives = [candidate for candidate in eligible if candidate.flight == flight]
    sizes = [place.slot.shows(candidate.width, candidate.height, place.device) for candidate in creatives]
    first = next(size for size in place.slot.sizes(place.device) if size in sizes)
    best = [candidate for candidate, size in zip(creatives, sizes, strict=True) if size == first]
    return _draw(best, [candidate.creative_weight for candidate in best], dice)


def _draw(things: Sequence[Thing], weights: Sequence[int], dice: Dice) -> Thing:
    """Half-open ranges: [0, a) is the first, [a, a + b) the second, so nothing is favoured by a border."""
    ends = list(accumulate(weights))
    return things[bisect_right(ends, dice() * ends[-1])]

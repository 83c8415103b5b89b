"""What could be shown now: the bookings as candidates for a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Sum
from django.utils import timezone

from ads.decisions import Candidate
from ads.models import DailyCount, Flight, Rotation, words


@dataclass(frozen=True)
class Counts:
    seen: int = 0
    clicks: int = 0
    seen_today: int = 0


@dataclass(frozen=True)
class Inventory:
    candidates: list[Candidate]
    rotations: dict[tuple[int, int], Rotation]

    def rotation(self, candidate: Candidate) -> Rotation:
        """Returns the booking behind ``candidate``."""
        return self.rotations[candidate.flight, candidate.creative]


def running(now: datetime) -> Inventory:
    """Two queries: the bookings, and the counts of those with a goal or a cap."""
    return inventory_of(Rotation.objects.of(Flight.objects.running(now)), now)


def inventory_of(rotations: Iterable[Rotation], now: datetime) -> Inventory:
    booked = {(each.flight_id, each.creative_id): each for each in rotations}
    counts = _counts([each.flight for each in booked.values()], now)
    return Inventory([_candidate(each, counts.get(each.flight_id, Counts())) for each in booked.values()], booked)


def _counts(flights: Iterable[Flight], now: datetime) -> dict[int, Counts]:
    limited = {each.pk for each in flights if each.goal_type != Flight.Goal.NONE or each.daily_cap is not None}
    if not limited:
        return {}
    today = Q(day=timezone.localdate(now))
    counts = DailyCount.objects.filter(flight__in=limited).order_by().values_list("flight")
    sums = counts.annotate(
        seen_ever=Sum("seen"), clicked=Sum("clicks"), seen_today=Sum("seen", filter=today, default=0)
    )
    return {flight: Counts(*numbers) for flight, *numbers in sums}


def _candidate(rotation: Rotation, counts: Counts) -> Candidate:
    flight, creative = rotation.flight, rotation.creative
    return Candidate(
        flight=flight.pk,
        campaign=flight.campaign_id,
        creative=creative.pk,
        width=creative.width,
        height=creative.height,
        starts_at=flight.starts_at,
        ends_at=flight.ends_at,
        tier=flight.tier,
        weight=flight.weight,
        creative_weight=rotation.weight,
        slots=frozenset(flight.slots),
        categories=words(flight.categories),
        tags=words(flight.tags),
        language=flight.language,
        remaining=_remaining(flight, counts),
        remaining_today=None if flight.daily_cap is None else max(0, flight.daily_cap - counts.seen_today),
        lacks_erid=flight.campaign.needs_erid and not creative.erid,
    )


def _remaining(flight: Flight, counts: Counts) -> int | None:
    if flight.goal_type == Flight.Goal.NONE:
        return None
    done = counts.clicks if flight.goal_type == Flight.Goal.CLICKS else counts.seen
    return max(0, (flight.goal or 0) - done)

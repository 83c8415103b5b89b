"""The boxes that stand in stored pages, each a fragment of its own: a change of a flight throws no page away."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from ads.models import SLOTS_TAG, Creative, Flight, Rotation
from ads.slots import DEVICES, SLOTS, Size, Slot
from ads.tokens import Token
from lib.pagecache import expires, hole, tag


@dataclass(frozen=True)
class HouseAd:
    """Our own ad, shown without JavaScript and where nothing else comes. Many readers share its link."""

    creative: Creative
    device: str
    size: Size
    token: str


@hole("ad")
def box(key: str) -> str:
    """The empty box of a slot; nothing at all while no flight that runs is booked for it. One query."""
    now, slot = timezone.now(), SLOTS[key]
    tag(SLOTS_TAG)
    booked = [each for each in Rotation.objects.of(Flight.objects.booked(now)) if key in each.flight.slots]
    for rotation in booked:
        expires(rotation.flight.next_change(now))
    running = [each for each in booked if each.flight.starts_at <= now and _speaks(each)]
    if not any(_fits(slot, each, device) for each in running for device in DEVICES):
        return ""
    return render_to_string("ads/box.html", {"slot": slot, "house": list(_house_ads(slot, running))})


def _fits(slot: Slot, rotation: Rotation, device: str) -> Size | None:
    return slot.shows(rotation.creative.width, rotation.creative.height, device)


def _speaks(rotation: Rotation) -> bool:
    return rotation.flight.language in {"", get_language()}


def _house_ads(slot: Slot, running: Iterable[Rotation]) -> Iterator[HouseAd]:
    """Yields for each device the first of our own ads that fits and may stand on any page."""
    own = [each for each in running if each.flight.tier == Flight.Tier.HOUSE and not _is_targeted(each.flight)]
    for device in DEVICES:
        for each in own:
            if size := _fits(slot, each, device):
                token = Token.for_stored_page(each.flight_id, each.creative_id, slot.key)
                yield HouseAd(each.creative, device, size, token.sign())
                break


def _is_targeted(flight: Flight) -> bool:
    return bool(flight.categories or flight.tags)

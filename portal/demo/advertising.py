"""The advertisers of the demo: a booked week with its counts, and our own ad for places that nobody has booked."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from ads.models import Advertiser, Campaign, Creative, DailyCount, Flight, Rotation
from ads.slots import SLOTS, Size, all_sizes, places_for
from portal.demo.data import read
from portal.demo.drawing.banners import FINE, banner

LEFT_OUT = {Size(320, 50)}
"""Where two sizes fit a place, the demo draws the larger one."""


def book(now: datetime) -> None:
    """Books every place for every advertiser, from a week ago for three months."""
    for plan in read("ads")["advertisers"]:
        _run(plan, now)


def _run(plan: dict[str, Any], now: datetime) -> None:
    is_house = plan.get("house", False)
    names = {name: plan[name] for name in ("name", "legal_name", "inn")}
    kind = Campaign.Kind.SELF_PROMO if is_house else Campaign.Kind.PAID
    advertiser = Advertiser.objects.create(**names)
    campaign = Campaign.objects.create(advertiser=advertiser, name=plan["campaign"], kind=kind)
    flight = Flight.objects.create(
        campaign=campaign,
        name="Заречье",
        status=Flight.Status.LIVE,
        tier=Flight.Tier.HOUSE if is_house else Flight.Tier.WEIGHTED,
        weight=plan["weight"],
        starts_at=now - timedelta(days=7),
        ends_at=None if is_house else now + timedelta(days=90),
        slots=list(SLOTS),
    )
    for size in all_sizes():
        if size not in LEFT_OUT:
            Rotation.objects.create(flight=flight, creative=_creative(campaign, plan, size))
    _count(flight, plan["weight"], timezone.localdate(now))


def _creative(campaign: Campaign, plan: dict[str, Any], size: Size) -> Creative:
    drawn = banner(plan["words"], plan["left"], plan["right"], plan["pattern"], *size)
    return Creative.objects.create(
        campaign=campaign,
        name=f"{plan['campaign']}, {size}",
        image=ContentFile(drawn, name="banner.jpg"),
        width=size.width * FINE,
        height=size.height * FINE,
        alt=plan["words"].replace("|", " "),
        target=plan["target"],
        erid=plan["erid"],
    )


def _count(flight: Flight, weight: int, today: date) -> None:
    """Writes what the week before would have brought."""
    dice = random.Random(flight.pk)
    for rotation in flight.rotations.select_related("creative"):
        slot, _device = places_for(rotation.creative.width, rotation.creative.height)[0]
        for days in range(1, 8):
            seen = dice.randrange(20, 45) * weight
            key = {"flight": flight, "creative": rotation.creative, "slot": slot.key}
            DailyCount.objects.create(**key, day=today - timedelta(days=days), seen=seen, clicks=seen // 160)

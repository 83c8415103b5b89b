"""Makes bookings for tests, with sensible defaults; every argument is optional."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from ads.models import Advertiser, Campaign, Creative, Flight, Rotation
from tests.factories import make_picture


def make_campaign(name: str = "Окна к зиме", *, legal_name: str = "ООО «Тёплый дом»", **fields: Any) -> Campaign:
    advertiser = Advertiser.objects.create(name="Тёплый дом", legal_name=legal_name)
    return Campaign.objects.create(advertiser=advertiser, name=name, **fields)


def make_creative(campaign: Campaign | None = None, width: int = 728, height: int = 90, **fields: Any) -> Creative:
    details = {"name": "Окна", "alt": "Тёплые окна", "target": "https://windows.example/", "erid": "2VtzqAbC"} | fields
    image = ContentFile(make_picture(width, height), name="windows.jpg")
    return Creative.objects.create(
        campaign=campaign or make_campaign(), image=image, width=width, height=height, **details
    )


def make_flight(*creatives: Creative, slots: tuple[str, ...] = ("article-top",), **fields: Any) -> Flight:
    """Returns a flight that runs since an hour, with a creative of 728 × 90 unless others are given."""
    shown = creatives or (make_creative(),)
    now = timezone.now()
    details = {"name": "Ноябрь", "status": "live", "starts_at": now - timedelta(hours=1)} | fields
    flight = Flight.objects.create(campaign=shown[0].campaign, slots=list(slots), **details)
    for creative in shown:
        Rotation.objects.create(flight=flight, creative=creative)
    return flight


def make_house_flight(width: int = 728, height: int = 90, **fields: Any) -> Flight:
    campaign = make_campaign("Место свободно", legal_name="Редакция", kind=Campaign.Kind.SELF_PROMO)
    creative = make_creative(campaign, width, height, target="/advertising/", erid="", alt="Разместите рекламу здесь")
    return make_flight(creative, **({"tier": Flight.Tier.HOUSE} | fields))

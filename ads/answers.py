"""What a page is told of the ad in a box."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ads.decisions import Place
from ads.models import Campaign, Rotation
from ads.tokens import Token


def answer(rotation: Rotation, place: Place, now: datetime) -> dict[str, Any]:
    """Returns the ad as static/js/ads.js shows it. Raises ValueError if it does not fit the place."""
    creative = rotation.creative
    size = place.slot.shows(creative.width, creative.height, place.device)
    if size is None:
        raise ValueError(f"{creative.width} × {creative.height} does not fit {place.slot.key}.")
    token = Token.issue(rotation.flight_id, creative.pk, place.slot.key, now).sign()
    return {
        "image": creative.image.url,
        "width": size.width,
        "height": size.height,
        "alt": creative.alt,
        "label": label(rotation.flight.campaign),
        "erid": creative.erid,
        "href": address_of_click(token, creative.erid),
        "leaves": creative.leaves_the_site,
        "token": token,
    }


def label(campaign: Campaign) -> str:
    """Returns the mark that the law wants: the word and who advertises. Our own ads need no name."""
    if campaign.kind == Campaign.Kind.SELF_PROMO:
        return _("Advertisement")
    word = _("Advertisement")
    return f"{word} · {campaign.advertiser.legal_name}"


def address_of_click(token: str, erid: str) -> str:
    """Returns our address of a click; the erid stands in it in clear, as the law wants."""
    address = reverse("ads:click", args=[token])
    return f"{address}?erid={erid}" if erid else address

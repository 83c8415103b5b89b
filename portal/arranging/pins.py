"""What an editor does with stories on the front page: pin, move, let go. Each is an act for ``changes.change``.

A place may be pinned twice: the newest pin lies on top, and what lies under it slips to the next free place or
waits until the one on top lapses.
"""

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from articles.desk import badge
from articles.models import Article, Category, State
from portal.arranging.changes import Gone, Refused, Spot
from portal.front import FrontZone, Pin
from portal.frontpage import arrange

STATES_WITHOUT_READERS = {State.DRAFT, State.REVIEW, State.READY}


def pin(language: str, key: int, spot: Spot, until: datetime | None, now: datetime) -> dict[str, Any]:
    """Pins a story on top of ``spot`` until a time; from wherever else it was pinned on this page it goes.

    Raises Refused for a story that readers neither see nor will, a place that is not there, a time that is over.
    """
    article = pinnable(language, key, now)
    zone = place_of(language, spot)
    check_until(article, until, now)
    new = Pin(article=article, until=until)
    _let_go_elsewhere(language, new)
    _put_on_top(new, zone, spot)
    return {"story": str(article), "place": name_of(zone, spot), "until": until and until.astimezone(UTC).isoformat()}


def unpin(language: str, zone: int, key: int) -> dict[str, Any]:
    found = _pin(language, zone, key)
    words = {"story": str(found.article), "place": name_of(found.zone, _spot(found))}
    _take_away(found)
    return words


def move(language: str, zone: int, key: int, spot: Spot, now: datetime) -> dict[str, Any]:
    """Moves a pin on top of ``spot``. The pinned story that stands there takes the place that becomes free."""
    found = _pin(language, zone, key)
    target = place_of(language, spot)
    words = {"story": str(found.article), "from": name_of(found.zone, _spot(found)), "place": name_of(target, spot)}
    seats = _seats(language, now)
    left = next((seat for seat, seated in seats.items() if seated.pk == found.pk), _spot(found))
    occupant = seats.get(spot)
    _let_go_elsewhere(language, found)
    _put_on_top(found, target, spot)
    if occupant is not None and occupant.pk != found.pk:
        _let_go_elsewhere(language, occupant)
        _put_on_top(Pin.objects.get(pk=occupant.pk), FrontZone.objects.get(pk=left.zone), left)
    return words


def pinnable(language: str, key: int, now: datetime) -> Article:
    """Returns the story with this key. Raises Refused, with the reason, unless readers see it or will."""
    article = Article.objects.filter(pk=key, language=language).defer("body").first()
    if article is None:
        raise Gone(_("There is no such story in this language."))
    if article.in_bin or article.state != State.PUBLISHED or article.has_gone_off(now):
        words = {"story": article, "state": badge(article, now).label}
        if not article.in_bin and article.state in STATES_WITHOUT_READERS:
            raise Refused(_("«%(story)s» cannot be pinned: %(state)s. Publish or schedule it first.") % words)
        raise Refused(_("«%(story)s» cannot be pinned: %(state)s.") % words)
    return article


def check_until(article: Article, until: datetime | None, now: datetime) -> None:
    if until is not None and until <= now:
        raise Refused(_("The pin would end before it begins: this time is over. Choose a time to come."))
    if until is not None and article.publish_at is not None and until <= article.publish_at:
        raise Refused(_("The pin would end before the story appears. Choose a later time."))


def place_of(language: str, spot: Spot) -> FrontZone:
    """Returns the zone of a place that stories can be pinned to. Raises Gone or Refused."""
    zone = FrontZone.objects.filter(pk=spot.zone, language=language).select_related("category").first()
    if zone is None:
        raise Gone(_("This zone is not there any more."))
    if zone.kind == FrontZone.Kind.MOST_READ:
        raise Refused(_("Readers alone decide what stands among the most read."))
    roots = Category.objects.shown().filter(parent=None, pk=spot.block)
    if not (roots.exists() if zone.kind == FrontZone.Kind.CATEGORIES else spot.block == 0):
        raise Gone(_("This block is not there any more."))
    if not 1 <= spot.number <= zone.size:
        raise Gone(_("«%(zone)s» has no place %(number)d.") % {"zone": zone, "number": spot.number})
    return zone


def name_of(zone: FrontZone, spot: Spot) -> str:
    """Returns a place in words: «Lead story», place 1."""
    block = Category.objects.filter(pk=spot.block).first() if spot.block else None
    return _("«%(zone)s», place %(number)d") % {"zone": block or zone, "number": spot.number}


def _pins(language: str) -> Any:
    return Pin.objects.filter(zone__language=language).select_related("zone__category", "article")


def _pin(language: str, zone: int, key: int) -> Pin:
    found: Pin | None = _pins(language).filter(zone=zone, article=key).first()
    if found is None:
        raise Gone(_("This story is not pinned there any more."))
    return found


def _spot(found: Pin) -> Spot:
    return Spot(found.zone_id, found.category_id or 0, found.position)


def _seats(language: str, now: datetime) -> dict[Spot, Pin]:
    """Returns which pin stands where on the page as it is now."""
    return {
        Spot(block.zone.pk, place.pin.category_id or 0, place.number): place.pin
        for block in arrange(language, now).every_block
        for place in block.places
        if place.pin
    }


def _at(spot: Spot) -> Any:
    return Pin.objects.select_related("zone").filter(zone=spot.zone, category=spot.block or None, position=spot.number)


def _let_go_elsewhere(language: str, kept: Pin) -> None:
    """A story is pinned once on a page."""
    for each in _pins(language).filter(article=kept.article_id).exclude(pk=kept.pk):
        _take_away(each)


def _take_away(found: Pin) -> None:
    spot = _spot(found)
    found.delete()
    _number(list(_at(spot)))


def _put_on_top(found: Pin, zone: FrontZone, spot: Spot) -> None:
    left = _spot(found) if found.pk else None
    found.zone, found.category_id, found.position = zone, spot.block or None, spot.number
    _number([found, *_at(spot).exclude(pk=found.pk)], first_is_new=True)
    if left is not None and left != spot:
        _number(list(_at(left)))


def _number(stack: list[Pin], *, first_is_new: bool = False) -> None:
    """Writes down who lies over whom."""
    for depth, each in enumerate(stack):
        if each.depth != depth or (first_is_new and depth == 0):
            each.depth = depth
            each.save()

"""What the front page screen shows: the zones as they stand on the page, and why each story stands there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from articles.admin.media import thumbnail
from articles.desk import badge
from articles.models import Article
from lib.any_case import any_case
from portal.arranging.changes import Spot
from portal.arranging.telling import moment, until
from portal.front import FrontZone, Pin
from portal.frontpage import HEAD, Block, Front

MOST_STORIES_FOUND = 15


@dataclass(frozen=True)
class Step:
    """A button that moves a pinned story to another place."""

    icon: str
    label: str
    act: str


@dataclass
class Seat:
    """A place as the screen shows it; ``pin`` is None where the zone's rule chose the story, or nothing stands."""

    spot: Spot
    article: Article | None
    pin: Pin | None
    why: str
    steps: list[Step] = field(default_factory=list)

    @property
    def picture(self) -> str:
        """The address of a small picture of the story, if it has one."""
        hero = self.article.hero if self.article else None
        return str(thumbnail(hero)["small"]) if hero else ""


@dataclass(frozen=True)
class Waiting:
    """A pin whose story does not stand at its place now, and why."""

    pin: Pin
    spot: Spot
    article: Article
    why: str


@dataclass
class ScreenBlock:
    block: Block
    seats: list[Seat]
    skipped: list[str]
    """Titles that the rule would show here, were they not on the page already."""


@dataclass
class ScreenZone:
    zone: FrontZone
    blocks: list[ScreenBlock]
    waiting: list[Waiting]

    @property
    def is_in_head(self) -> bool:
        return self.zone.kind in HEAD


class Screen:
    """The front page of one language at ``now``, as an editor arranges it."""

    def __init__(self, language: str, front: Front, now: datetime) -> None:
        self.now = now
        self.front = front
        self.places = {place.key: (block, place) for block in front.every_block for place in block.places}
        zones = FrontZone.objects.filter(language=language).select_related("category")
        self.zones = list(zones.prefetch_related("pins__category"))
        self.stories = self._waiting_stories()

    def _waiting_stories(self) -> dict[int, Article]:
        """Returns the pinned stories that stand nowhere on the page, by their keys."""
        keys = {pin.article_id for zone in self.zones for pin in zone.pins.all()}
        return Article.objects.defer("body").in_bulk(keys)

    def shown(self) -> list[ScreenZone]:
        """Returns every zone in its order, those that are switched off too."""
        filled = [block for block in self.front.every_block if block.is_filled]
        blocks = {id(block): self._block(block, filled) for block in filled}
        return [
            ScreenZone(
                zone,
                [blocks[id(block)] for block in filled if block.zone.pk == zone.pk],
                [self._waits(zone, pin) for pin in zone.pins.all() if self._is_waiting(pin)],
            )
            for zone in self.zones
        ]

    def spots(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Returns the places to choose from, by block: the name of the block, then value and label of each."""
        return [
            (block.name, [(str(spot), _("place %d") % spot.number) for spot in spots_of(block)])
            for block in self.front.every_block
            if block.is_filled
        ]

    def where(self, key: int) -> str:
        """Returns in words where on the page a story stands, or nothing."""
        if key not in self.places:
            return ""
        block, place = self.places[key]
        return _("«%(zone)s», place %(number)d") % {"zone": block.name, "number": place.number}

    def _block(self, block: Block, filled: Sequence[Block]) -> ScreenBlock:
        places = {place.number: place for place in block.places}
        seats: list[Seat] = []
        for spot in spots_of(block):
            place = places.get(spot.number)
            if place is None and seats and seats[-1].article is None:
                break  # one empty place says it
            pin = place.pin if place else None
            seat = Seat(spot, place.article if place else None, pin, self._why(block, pin))
            seat.steps = steps(block, spot, pin, filled) if pin else []
            seats.append(seat)
        titles = [str(self.places[key][1].article) for key in block.skipped if key in self.places]
        return ScreenBlock(block, seats, titles)

    def _why(self, block: Block, pin: Pin | None) -> str:
        if pin is not None:
            return _("pinned %s") % until(pin.until, self.now)
        if block.list_key == "opinion":
            return _("by itself: newest opinion")
        if block.category is not None:
            return _("by itself: newest of «%s»") % block.category
        return _("by itself: newest of all")

    def _is_waiting(self, pin: Pin) -> bool:
        seated = self.places.get(pin.article_id)
        return pin.is_held(self.now) and (seated is None or seated[1].pin is None or seated[1].pin.pk != pin.pk)

    def _waits(self, zone: FrontZone, pin: Pin) -> Waiting:
        article = self.stories[pin.article_id]
        return Waiting(
            pin, Spot(zone.pk, pin.category_id or 0, pin.position), article, self._why_not(zone, pin, article)
        )

    def _why_not(self, zone: FrontZone, pin: Pin, article: Article) -> str:
        if not zone.is_shown:
            return _("the zone is not shown")
        if article.is_scheduled(self.now) and article.publish_at and not article.in_bin:
            return _("scheduled: appears here %s") % moment(article.publish_at, self.now)
        if not article.is_live(self.now):
            return _("not shown: %s") % badge(article, self.now).label
        if stands := self.where(article.pk):
            return _("pinned above: %s") % stands
        return _("no room: waits until a place becomes free")


def spots_of(block: Block) -> list[Spot]:
    category = block.category.pk if block.category and block.kind == FrontZone.Kind.CATEGORIES else 0
    return [Spot(block.zone.pk, category, number) for number in range(1, block.zone.size + 1)]


def steps(block: Block, spot: Spot, pin: Pin, filled: Sequence[Block]) -> list[Step]:
    """Returns the buttons that move a pinned story: within its block, and to the blocks before and after it."""
    along, across = (("arrow-up", "arrow-down"), ("arrow-left", "arrow-right"))
    if block.kind not in HEAD:
        along, across = across, along
    index = next(number for number, each in enumerate(filled) if each is block)
    number, last = spot.number, block.zone.size
    before, after = filled[:index][-1:], filled[index + 1 :][:1]
    found = [
        (along[0], _("One place forward"), spot._replace(number=number - 1) if number > 1 else None),
        (along[1], _("One place back"), spot._replace(number=number + 1) if number < last else None),
        (across[0], _("To the zone before"), _level_with(spot, before[0]) if before else None),
        (across[1], _("To the next zone"), _level_with(spot, after[0]) if after else None),
    ]
    story = f"{pin.zone_id}-{pin.article_id}"
    return [Step(icon, label, f"move:{story}:{target}") for icon, label, target in found if target is not None]


def _level_with(spot: Spot, block: Block) -> Spot:
    """Returns the place of ``block`` that has the number of ``spot``, or its last one."""
    return spots_of(block)[min(spot.number, block.zone.size) - 1]


def found_stories(language: str, words: str, chosen: int | None, now: datetime) -> list[Article]:
    """Returns stories that may be pinned, the newest first: those whose titles have all of ``words``, or any.

    Before them the one that is ``chosen`` already, if it is not among them.
    """
    every = Article.objects.in_lists().listed("all", language).for_cards()
    stories = every
    for word in words.split()[:10]:
        stories = stories.filter(any_case("title", word))
    found = [each for each in stories[: 2 * MOST_STORIES_FOUND] if not each.has_gone_off(now)][:MOST_STORIES_FOUND]
    if chosen and chosen not in {each.pk for each in found}:
        return [*every.filter(pk=chosen), *found]
    return found

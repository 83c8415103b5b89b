"""Arranges the front page: pins first, each at its place, then each zone by its rule, and no story twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch

from articles.lists import newest_keys, shown
from articles.models import Article, Category
from articles.signals import cards_shown
from lib import pagecache
from portal.front import FrontZone, Pin

MOST_READ_OF_A_LIST = 150
"""How far a list is followed to fill a zone; where this many of it stand on the page already, it is long enough."""

HEAD = {FrontZone.Kind.LEAD, FrontZone.Kind.SECONDS, FrontZone.Kind.STREAM}
"""Zones of the lead zone, which have places of their own on the page and no title."""


@dataclass
class Place:
    """One place of a block, from 1: the story there, and the pin that holds it, if one does."""

    number: int
    key: int
    pin: Pin | None = None
    article: Article | None = None


@dataclass
class Block:
    """A zone as it stands on the page, or one category of a zone of every category."""

    zone: FrontZone
    category: Category | None = None
    pins: list[Pin] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    """Stories that its rule would show here, but which stand elsewhere on the page."""

    @property
    def kind(self) -> str:
        return self.zone.kind

    @property
    def title(self) -> str:
        """What stands over it on the page: nothing in the lead zone."""
        return "" if self.kind in HEAD else self.name

    @property
    def name(self) -> str:
        every = self.kind == FrontZone.Kind.CATEGORIES
        return self.category.name if every and self.category else str(self.zone)

    @property
    def list_key(self) -> str:
        """The list (see Listing) that fills it."""
        if self.kind == FrontZone.Kind.OPINION:
            return "opinion"
        return f"category:{self.category.pk}" if self.category else "all"

    @property
    def is_filled(self) -> bool:
        """Whether stories stand in it: the most read are a fragment of their own."""
        return self.kind != FrontZone.Kind.MOST_READ

    @property
    def articles(self) -> list[Article]:
        return [place.article for place in self.places if place.article]


@dataclass
class Front:
    every_block: list[Block]
    """In the order of their zones; what is empty too."""

    def of(self, kind: str) -> list[Article]:
        return [article for block in self.every_block if block.kind == kind for article in block.articles]

    @property
    def lead(self) -> Article | None:
        return next(iter(self.of(FrontZone.Kind.LEAD)), None)

    @property
    def seconds(self) -> list[Article]:
        """There is one place for a lead story: what else a lead zone holds stands beside it."""
        return [*self.of(FrontZone.Kind.LEAD)[1:], *self.of(FrontZone.Kind.SECONDS)]

    @property
    def stream(self) -> list[Article]:
        return self.of(FrontZone.Kind.STREAM)

    @property
    def blocks(self) -> list[Block]:
        """What stands below the lead zone."""
        return [block for block in self.every_block if block.title and (block.articles or not block.is_filled)]

    @property
    def first_cards(self) -> Block | None:
        """The first block of cards below the lead zone; an ad stands after it."""
        return next((block for block in self.blocks if block.is_filled), None)

    @property
    def cards(self) -> list[Article]:
        """The stories that stand there as cards; those of the stream are lines."""
        lead = [self.lead] if self.lead else []
        return [*lead, *self.seconds, *(article for block in self.blocks for article in block.articles)]


def arrange(language: str, now: datetime) -> Front:
    """Returns the front page in ``language`` as it stands at ``now``, in six queries however full it is.

    At a moment to come: with the stories that appear until then, without the pins that end.
    """
    pagecache.tag(f"front:{language}", "categories")
    seen = Prefetch("pins", Pin.objects.filter(article__in=Article.objects.published(now)))
    zones = FrontZone.objects.filter(language=language, is_on=True).select_related("category").prefetch_related(seen)
    blocks = list(_blocks([zone for zone in zones if zone.is_shown]))
    _seat(blocks, now)
    _fill([block for block in blocks if block.is_filled], language, now)
    places = [place for block in blocks for place in block.places]
    cards = Article.objects.published(now).for_cards().in_bulk([place.key for place in places])
    shown(cards.values())
    for place in places:
        place.article = cards.get(place.key)
    front = Front(blocks)
    cards_shown.send(Article, articles=front.cards)
    return front


def _blocks(zones: Iterable[FrontZone]) -> Iterable[Block]:
    for zone in zones:
        pins = list(zone.pins.all())
        if zone.kind == FrontZone.Kind.CATEGORIES:
            for root in Category.objects.shown().filter(parent=None):
                yield Block(zone, root, [pin for pin in pins if pin.category_id == root.pk])
        else:
            yield Block(zone, zone.category, pins)


def _seat(blocks: Sequence[Block], now: datetime) -> None:
    """Gives every pin its place, or the next free one; the first zone wins a story that two hold."""
    taken: set[int] = set()
    for block in blocks:
        free = list(range(1, block.zone.size + 1)) if block.is_filled else []
        for pin in block.pins:
            pagecache.expires(pin.until)
            number = next((each for each in free if each >= pin.position), None)
            if number is not None and pin.article_id not in taken and pin.is_held(now):
                free.remove(number)
                taken.add(pin.article_id)
                block.places.append(Place(number, pin.article_id, pin))


def _fill(blocks: Sequence[Block], language: str, now: datetime) -> None:
    """Gives each place that no pin holds the next story of its list that stands nowhere yet."""
    taken = {place.key for block in blocks for place in block.places}
    most = min(sum(block.zone.size for block in blocks), MOST_READ_OF_A_LIST)
    lists = newest_keys(sorted({"all", *(block.list_key for block in blocks)}), language, now=now, size=most)
    for block in blocks:
        pinned = {place.number for place in block.places}
        free = [number for number in range(1, block.zone.size + 1) if number not in pinned]
        for key in lists[block.list_key]:
            if not free:
                break
            if key in taken:
                block.skipped.append(key)
                continue
            taken.add(key)
            block.places.append(Place(free.pop(0), key))
        block.places.sort(key=lambda place: place.number)

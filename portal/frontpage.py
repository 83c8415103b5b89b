"""Arranges the front page: pins first, then each zone by its rule, and no story twice."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from articles.lists import newest, shown
from articles.models import Article, Category
from lib import pagecache
from portal.front import FrontZone

SPARE = 12
"""How many more of each list are read than a zone shows, since stories may already stand elsewhere."""


HEAD = {FrontZone.Kind.LEAD, FrontZone.Kind.SECONDS, FrontZone.Kind.STREAM}
"""Zones of the lead zone, which have places of their own on the page and no title."""


@dataclass
class Block:
    """A zone as it stands on the page: what kind, under which title, with which stories."""

    kind: str
    title: str
    size: int
    category: Category | None = None
    pinned: list[Article] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The list (see Listing) that fills it."""
        if self.kind == FrontZone.Kind.OPINION:
            return "opinion"
        return f"category:{self.category.pk}" if self.category else "all"


@dataclass
class Front:
    lead: Article | None
    seconds: list[Article]
    stream: list[Article]
    blocks: list[Block]


def arrange(language: str, now: datetime) -> Front:
    """Returns the front page in ``language`` as it stands at ``now``."""
    pagecache.tag(f"front:{language}", "categories")
    zones = FrontZone.objects.filter(language=language).select_related("category").prefetch_related("pins")
    pinned = _pinned(zones, now)
    blocks = [block for zone in zones for block in _blocks(zone, pinned[zone.pk])]
    size = max((block.size for block in blocks), default=0) + SPARE
    lists = newest(sorted({"all", *(block.key for block in blocks)}), language, now=now, size=size)
    _fill(blocks, lists)
    # There is one place for a lead story: what else a lead zone holds stands beside it.
    lead, *others = [*_of(blocks, FrontZone.Kind.LEAD), None]
    return Front(
        lead=lead,
        seconds=[*filter(None, others), *_of(blocks, FrontZone.Kind.SECONDS)],
        stream=_of(blocks, FrontZone.Kind.STREAM),
        blocks=[block for block in blocks if block.title and block.articles],
    )


def _pinned(zones: Iterable[FrontZone], now: datetime) -> dict[int, list[Article]]:
    """Returns the stories held in each zone, by its key: those that readers may see."""
    held = [pin for zone in zones for pin in zone.pins.all() if pin.until is None or pin.until > now]
    articles = Article.objects.published(now).for_cards().in_bulk([pin.article_id for pin in held])
    shown(articles.values())
    for pin in held:
        pagecache.expires(pin.until)
    return {
        zone.pk: [articles[pin.article_id] for pin in held if pin.zone_id == zone.pk and pin.article_id in articles]
        for zone in zones
    }


def _blocks(zone: FrontZone, pinned: list[Article]) -> list[Block]:
    if zone.kind != FrontZone.Kind.CATEGORIES:
        title = "" if zone.kind in HEAD else str(zone)
        return [Block(zone.kind, title, zone.size, zone.category, pinned)]
    roots = Category.objects.shown().filter(parent=None)
    return [Block(zone.kind, category.name, zone.size, category) for category in roots]


def _fill(blocks: list[Block], lists: dict[str, list[Article]]) -> None:
    """Gives each block its stories: every pin first, wherever it stands, then in the order of the zones."""
    taken: set[int] = set()

    def take(block: Block, candidates: Iterable[Article]) -> None:
        for article in candidates:
            if len(block.articles) < block.size and article.pk not in taken:
                taken.add(article.pk)
                block.articles.append(article)

    for block in blocks:
        take(block, block.pinned)
    for block in blocks:
        take(block, lists[block.key])


def _of(blocks: Iterable[Block], kind: str) -> list[Article]:
    return [article for block in blocks if block.kind == kind for article in block.articles]

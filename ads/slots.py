"""The places for ads, by name. A page template puts one in with ``{% ad_slot "article-top" %}``.

A place reserves the height of its tallest size, so nothing on the page moves when an ad arrives: each height that
stands here has its rule in static/css/ads.css.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

DESKTOP, PHONE = "desktop", "phone"
DEVICES = (DESKTOP, PHONE)
"""A phone is a window narrower than 760 px: see static/css/ads.css and static/js/ads.js."""


class Size(NamedTuple):
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width} × {self.height}"


@dataclass(frozen=True)
class Slot:
    key: str
    name: Any
    desktop: tuple[Size, ...]
    """What fits, the best first."""
    phone: tuple[Size, ...]
    paragraphs: int = 0
    """How many paragraphs of a text stand before a place inside it."""

    def sizes(self, device: str) -> tuple[Size, ...]:
        return self.phone if device == PHONE else self.desktop

    def shows(self, width: int, height: int, device: str) -> Size | None:
        """Returns the size at which a picture is shown here, or None if it does not fit.

        A picture of twice a size, for dense screens, is shown at that size.
        """
        for size in self.sizes(device):
            if (width, height) in {size, (size.width * 2, size.height * 2)}:
                return size
        return None

    @property
    def desktop_height(self) -> int:
        return max(size.height for size in self.desktop)

    @property
    def phone_height(self) -> int:
        return max(size.height for size in self.phone)


WIDE = (Size(970, 90), Size(728, 90))
COLUMN = (Size(728, 90),)
BLOCK = (Size(300, 250),)
STRIP = (Size(320, 100), Size(320, 50))

SLOTS = {
    slot.key: slot
    for slot in (
        Slot("page-top", _("Top of the page"), desktop=WIDE, phone=STRIP),
        Slot("between-blocks", _("Between the blocks of the front page"), desktop=WIDE, phone=BLOCK),
        Slot("article-top", _("Before the text of an article"), desktop=COLUMN, phone=STRIP),
        Slot("in-text", _("Inside the text of an article"), desktop=COLUMN, phone=BLOCK, paragraphs=3),
        Slot("article-bottom", _("After the text of an article"), desktop=COLUMN, phone=BLOCK),
        Slot("side", _("Side column"), desktop=BLOCK, phone=BLOCK),
    )
}


def places_for(width: int, height: int) -> list[tuple[Slot, str]]:
    """Returns every slot and device where a picture of this size fits."""
    return [(slot, device) for slot in SLOTS.values() for device in DEVICES if slot.shows(width, height, device)]


def all_sizes() -> list[Size]:
    return sorted({size for slot in SLOTS.values() for device in DEVICES for size in slot.sizes(device)})

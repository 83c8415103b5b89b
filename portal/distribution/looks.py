"""How a link to a story looks elsewhere, and what is lost there.

Lengths are in letters and about right: the services cut by width and by device, and change it without a word.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lib.html import excerpt
from portal.distribution.links import LinkPicture

LEAST_WIDTH = 600
"""Below this the networks show a small square instead of a large picture (Open Graph, Twitter cards)."""


@dataclass(frozen=True)
class Look:
    """Where a link appears, and how many letters of title and description it shows."""

    code: str
    name: str
    title: int
    description: int
    pictured: bool


LOOKS = (
    Look("telegram", "Telegram", 150, 170, pictured=True),
    Look("vk", "ВКонтакте", 80, 0, pictured=True),
    Look("yandex", "Яндекс", 70, 160, pictured=False),
    Look("google", "Google", 60, 155, pictured=False),
)


def looks(title: str, description: str, picture: LinkPicture | None) -> list[dict[str, Any]]:
    """Returns each look with the words as they are cut, and what is wrong there."""
    return [
        {
            "look": look,
            "title": excerpt(title, look.title),
            "description": excerpt(description, look.description) if look.description else "",
            "picture": picture if look.pictured else None,
            "warnings": list(_warnings(look, title, description, picture)),
        }
        for look in LOOKS
    ]


def _warnings(look: Look, title: str, description: str, picture: LinkPicture | None) -> Iterator[str]:
    if len(title) > look.title:
        yield _("The title is cut: %(now)d letters, %(most)d fit.") % {"now": len(title), "most": look.title}
    if look.description and not description:
        yield _("There is no description: the service takes words from the page as it likes.")
    if look.pictured and picture is None:
        yield _("There is no picture.")
    elif look.pictured and picture and picture.width < LEAST_WIDTH:
        told = {"now": picture.width, "least": LEAST_WIDTH}
        yield _("The picture is too small: %(now)d pixels wide, at least %(least)d are needed.") % told

"""What a rule of the pre-publish panel is, and what it looks at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from articles.body import media_in
from articles.body.blocks import Block, outermost
from articles.content import Content
from articles.models import Article, Media
from lib.html import plain_text


class Level(TextChoices):
    """How much a rule weighs, from the mildest to the strictest."""

    OFF = "off", _("off")
    WARNING = "warning", _("warning")
    BLOCKING = "blocking", _("blocks publication")


@dataclass(frozen=True)
class Spot:
    """A place at which a rule is broken."""

    message: str
    field: str
    """The field of the sheet, as ``title``."""
    block: int | None = None
    """Which outermost element of the text, from 0 on."""


class Subject:
    """A content and what rules ask about it; every question is put to the database once, however many rules ask."""

    def __init__(self, content: Content, article: Article | None, now: datetime) -> None:
        self.content, self.article, self.now = content, article, now

    @cached_property
    def blocks(self) -> list[Block]:
        """The outermost elements of the text."""
        return [block for block in outermost(self.content.body) if not block.is_space]

    @cached_property
    def planned(self) -> datetime | None:
        """When the story is to appear, if that was said."""
        return datetime.fromisoformat(self.content.publish_at) if self.content.publish_at else None

    @cached_property
    def text(self) -> str:
        return plain_text(self.content.body)

    @cached_property
    def pictures(self) -> list[tuple[Media, str, int | None]]:
        """The pictures, each once: with the field and the element of the text in which it stands."""
        spots: dict[int, tuple[str, int | None]] = {}
        if self.content.hero:
            spots[self.content.hero] = ("hero", None)
        for number, block in enumerate(self.blocks):
            for key in sorted(media_in(block.html)):
                spots.setdefault(key, ("body", number))
        return [(media, *spots[media.pk]) for media in Media.objects.images().filter(pk__in=spots).order_by("pk")]


@dataclass(frozen=True)
class Rule:
    """What is looked at before a story is published; a new one is added to ``RULES`` of its module."""

    name: str
    """By which its levels are kept: it stays."""
    title: Any
    why: Any
    """Why it matters and what to do, in a sentence or two."""
    level: Level
    """How much it weighs where nobody has chosen otherwise."""
    broken: Callable[[Subject], Iterator[Spot]]

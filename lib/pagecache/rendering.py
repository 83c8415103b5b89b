"""What a page says of itself while it renders: what it shows, until when, and where its holes are."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Hole:
    """A place in a page that a fragment fills: the fragment's name, its arguments and its language."""

    name: str
    arguments: tuple[str, ...]
    language: str

    @property
    def key(self) -> str:
        return "\0".join(("hole", self.name, self.language, *self.arguments))


@dataclass
class Render:
    """One rendering of a page or a fragment, and what it has said so far."""

    began_at: datetime
    tags: set[str] = field(default_factory=set)
    changes_at: datetime | None = None
    storable: bool = True
    holes: list[Hole] | None = None
    """The holes of a page in their order; ``None`` in a fragment, where a hole is filled in place."""
    mark: str = field(default_factory=lambda: secrets.token_hex(16))
    """What stands for a hole in the text. New for every rendering, so no content can forge it."""


_current: ContextVar[Render | None] = ContextVar("render", default=None)


def current_render() -> Render | None:
    """Returns the rendering under way in this context, if there is one."""
    return _current.get()


@contextmanager
def rendering(render: Render) -> Iterator[Render]:
    """Inside the block ``tag``, ``expires``, ``never_store`` and holes speak of ``render``."""
    token = _current.set(render)
    try:
        yield render
    finally:
        _current.reset(token)


def tag(*names: str) -> None:
    """Says what the page shows, such as ``article:12``; a change of it makes the page out of date.

    Does nothing outside a rendering that is to be stored.
    """
    if render := _current.get():
        render.tags.update(names)


def expires(moment: datetime | None) -> None:
    """Says that the page changes by the clock at ``moment`` (aware). The earliest moment counts.

    A moment before the rendering began has had its effect already. Raises ``ValueError`` for a naive one.
    """
    if moment is not None and moment.tzinfo is None:
        raise ValueError("A page expires at an aware moment: this one has no time zone.")
    render = _current.get()
    if render and moment and moment > render.began_at:
        render.changes_at = min(moment, render.changes_at or moment)


def never_store() -> None:
    """Says that the page (or fragment) being rendered is for this request alone."""
    if render := _current.get():
        render.storable = False

"""The moment a page is rendered for: now, or for a preview a moment to come."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """Returns the present moment, or the one of the preview under way."""
    return _moment.get() or timezone.now()


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Inside the block ``now`` is ``moment`` (aware), in this context alone. For a page that is stored nowhere."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)

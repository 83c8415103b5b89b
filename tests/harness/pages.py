"""What a page asks of the database by itself."""

from contextlib import AbstractContextManager

from django.utils import timezone

from lib.pagecache.rendering import Render, rendering


def holes_aside() -> AbstractContextManager[Render]:
    """Inside the block the holes of a page stay empty, as on a miss that finds its fragments stored."""
    return rendering(Render(began_at=timezone.now(), holes=[]))

"""What moderators have before them first thing: the comments that wait."""

from dataclasses import dataclass

from comments.models import PortalComment

SHELF_SIZE = 8


@dataclass(frozen=True)
class Shelf:
    waiting: list[PortalComment]
    """The newest of them."""
    number: int
    template = "admin/comments/portalcomment/_shelf.html"


def shelf() -> Shelf:
    """Returns what waits for a moderator, in two queries."""
    waiting = PortalComment.objects.waiting().select_related("article").defer("article__body").order_by("-pk")
    return Shelf(list(waiting[:SHELF_SIZE]), waiting.count())

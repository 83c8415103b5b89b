"""What a search is narrowed down to."""

from dataclasses import dataclass, replace
from datetime import datetime

from articles.models.search import Wanted, author_mark, category_mark, place


@dataclass(frozen=True)
class Filters:
    categories: tuple[int, ...] = ()
    """Keys of which an article has at least one: a category and all below it."""
    author: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    """The moment from which on nothing is wanted."""

    def __bool__(self) -> bool:
        return self != Filters()

    def narrow(self, wanted: Wanted) -> Wanted:
        """Returns ``wanted`` within these filters."""
        groups = [tuple(map(category_mark, self.categories)), (author_mark(self.author),) if self.author else ()]
        return replace(
            wanted,
            marks=tuple(filter(None, groups)),
            first=place(self.since, 0) if self.since else wanted.first,
            last=place(self.until, 0) if self.until else wanted.last,
        )

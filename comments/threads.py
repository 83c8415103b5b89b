"""Threads as readers see them: approved comments in their places, whole threads to a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Subquery
from django.db.models.functions import Left

from articles.models import Article
from comments.models import CommentCount, PortalComment
from comments.paths import WIDTH, above, depth

THREADS_TO_A_PAGE = 50
LEVELS = 4
"""How far replies are moved in; deeper ones stand at the last level and name whom they answer."""


@dataclass(frozen=True)
class Entry:
    """A comment in its place, or the place of one that is not shown but was answered."""

    path: str
    comment: PortalComment | None = None
    answers: PortalComment | None = None

    @property
    def level(self) -> int:
        return min(depth(self.path), LEVELS)

    @property
    def is_moved_in(self) -> bool:
        """Whether its place alone shows whom it answers."""
        return depth(self.path) <= LEVELS


@dataclass(frozen=True)
class ThreadPage:
    entries: list[Entry]
    total: int
    """How many comments on the article readers can see, on this page and on others."""
    earlier: str
    """Where the page before this one ends ("" if there is none); for ``before``."""


def thread_page(article: Article, before: str = "") -> ThreadPage:
    """Returns the newest threads of ``article``, in one query; those before the thread ``before`` if it is given."""
    approved = PortalComment.objects.approved().filter(article=article).order_by()
    threads = approved.annotate(first=Left("path", WIDTH))
    wanted = (threads.filter(path__lt=before) if before else threads).values("first").distinct().order_by("-first")
    total = CommentCount.objects.filter(article=article).values("number")
    found = list(
        threads.filter(first__in=wanted[: THREADS_TO_A_PAGE + 1]).annotate(total=Subquery(total)).order_by("path")
    )
    return _page(found)


def _page(found: list[Any]) -> ThreadPage:
    first = list(dict.fromkeys(comment.thread for comment in found))
    more = len(first) > THREADS_TO_A_PAGE
    shown = [comment for comment in found if not more or comment.thread != first[0]]
    return ThreadPage(entries(shown), found[0].total if found else 0, first[1] if more else "")


def entries(comments: Iterable[PortalComment]) -> list[Entry]:
    """Returns ``comments``, which are sorted by path, with a place for every answered one that is not among them."""
    placed: list[Entry] = []
    paths: set[str] = set()
    by_key: dict[int | None, PortalComment] = {}
    for comment in comments:
        placed += [Entry(path) for path in above(comment.path) if path not in paths]
        placed.append(Entry(comment.path, comment, by_key.get(comment.reply_to_id)))
        paths.update([*above(comment.path), comment.path])
        by_key[comment.pk] = comment
    return placed


def page_of(comment: PortalComment) -> str:
    """Returns ``before`` of a page on which ``comment`` stands; "" for the page of the article itself."""
    approved = PortalComment.objects.approved().filter(article=comment.article_id).order_by()
    newer = approved.annotate(first=Left("path", WIDTH)).filter(first__gt=comment.thread)
    threads = list(newer.values_list("first", flat=True).distinct().order_by("first")[:THREADS_TO_A_PAGE])
    return threads[0] if len(threads) == THREADS_TO_A_PAGE else ""

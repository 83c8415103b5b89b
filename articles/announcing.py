"""Has others told what became of an article, exactly once: docs/decisions/0021-what-happens-exactly-once.md.

The row that says what is to be told is written in the transaction of the change, and deleted in the one in which the
listeners write what they make of it. It is sent right after the commit; what a process that ended left behind is sent
by the next tick of the counter.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db import DatabaseError, transaction

from articles.models import Announcement, Article
from articles.signals import article_gone_off, article_published, article_withdrawn

logger = logging.getLogger(__name__)

Kind = Announcement.Kind
SIGNALS = {
    Kind.PUBLISHED: article_published,
    Kind.WITHDRAWN: article_withdrawn,
    Kind.GONE_OFF: article_gone_off,
}
MOST_AT_ONCE = 200


def announce(articles: Iterable[Article], kind: str, now: datetime, *, first: bool = False) -> None:
    """Has the signal ``kind`` sent for each of ``articles`` when the transaction under way is committed.

    And ``article_gone_off`` when its time is over, at the time it has by now.
    """
    found = list(articles)
    Announcement.objects.filter(article__in=found, kind=Kind.GONE_OFF).delete()
    rows = [Announcement(article=each, kind=kind, first=first, due_at=now) for each in found]
    ends = [(each, each.unpublish_at) for each in found if each.unpublish_at and kind == Kind.PUBLISHED]
    rows += [Announcement(article=each, kind=Kind.GONE_OFF, due_at=end) for each, end in ends if end > now]
    for row in Announcement.objects.bulk_create(rows):
        if row.kind != Kind.GONE_OFF:
            transaction.on_commit(partial(_tell_safely, row.pk))


def tell_due(now: datetime) -> int:
    """Sends what is due and was not sent yet. Returns how much it was."""
    due = Announcement.objects.filter(due_at__lte=now).order_by("due_at", "pk").values_list("pk", flat=True)
    return sum(_tell_safely(key) for key in list(due[:MOST_AT_ONCE]))


def _tell_safely(key: int) -> bool:
    """Sends one. What a listener raises is logged: the change itself stands, and is told of later."""
    try:
        return _tell(key)
    except DatabaseError:
        logger.exception("The database is away: announcement %d waits.", key)
    except Exception:
        logger.exception("A listener failed: announcement %d waits.", key)
    return False


@transaction.atomic
def _tell(key: int) -> bool:
    row = Announcement.objects.select_for_update(of=("self",)).select_related("article").filter(pk=key).first()
    if row is None:
        return False  # another process was faster
    told = {"first": row.first} if row.kind == Kind.PUBLISHED else {}
    SIGNALS[Kind(row.kind)].send(Article, article=row.article, **told)
    row.delete()
    return True

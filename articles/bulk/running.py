"""Doing a bulk change and taking it back, row by row: small ones in the request, large ones by the worker."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from articles import four_eyes, publishing, rights, workflow
from articles.bulk.acts import ACTS, Refused
from articles.bulk.planning import BACK, outcome
from articles.checks import gate
from articles.models import Article, BulkChange, BulkRow, Move, Revision, State
from articles.presence import held_by_another
from lib.bin import HeldBack, InUse

logger = logging.getLogger(__name__)

AT_ONCE = 50
"""So many rows are done while the editor waits; more of them by the worker."""
BATCH = 200
STANDS_STILL = timedelta(minutes=3)
KEPT = timedelta(days=2)
"""How long a choice is kept that nobody went on with."""

Change, Row = BulkChange.State, BulkRow.State


def begin(change: BulkChange, *, now: datetime) -> None:
    """Lets a planned change run. Once begun it cannot be begun again."""
    _set_going(change, Change.CHOOSING, Change.RUNNING, Row.TO_DO, now)


def begin_undoing(change: BulkChange, *, by: User, now: datetime) -> None:
    """Takes a change back: each article whose newest revision is still ours says again what it said before."""
    BulkChange.objects.filter(pk=change.pk, state=Change.DONE).update(undone_by=by)
    _set_going(change, Change.DONE, Change.UNDOING, Row.DONE, now)


def _set_going(change: BulkChange, before: str, state: str, waiting: str, now: datetime) -> None:
    moved = BulkChange.objects.filter(pk=change.pk, state=before).update(state=state, moved_at=now)
    if not moved:
        return
    if change.rows.filter(state=waiting).count() <= AT_ONCE:
        go_on(change.pk)
    else:
        go_on_later.enqueue(change.pk)


@task()
def go_on_later(key: int) -> None:
    """Does a batch, and asks for the next: a killed worker leaves no more behind than the row it was at."""
    if go_on(key, BATCH):
        go_on_later.enqueue(key)


def go_on(key: int, most: int = AT_ONCE) -> bool:
    """Does up to ``most`` rows of a change, each in a transaction of its own. Returns whether some are left."""
    return all(_one(key) for _row in range(most))


def resume(now: datetime) -> None:
    """Takes up what has stood still since a worker was killed, and forgets what nobody went on with."""
    still = BulkChange.objects.filter(state__in=(Change.RUNNING, Change.UNDOING), moved_at__lt=now - STANDS_STILL)
    for key in still.values_list("pk", flat=True):
        BulkChange.objects.filter(pk=key).update(moved_at=now)
        go_on_later.enqueue(key)
    BulkChange.objects.filter(state=Change.CHOOSING, moved_at__lt=now - KEPT).delete()


@transaction.atomic
def _one(key: int) -> bool:
    """Does one row, for this worker alone; returns whether there was one. Ends the change when none is left."""
    change = BulkChange.objects.filter(pk=key).select_related("by", "undone_by").get()
    waiting, act = {
        Change.RUNNING: (Row.TO_DO, _do),
        Change.UNDOING: (Row.DONE, _take_back),
    }.get(Change(change.state), ("", _do))
    rows = change.rows.select_for_update(skip_locked=True, of=("self",)).filter(state=waiting)
    row = rows.order_by("pk").first() if waiting else None
    now = timezone.now()
    if row is None:
        if waiting and not change.rows.filter(state=waiting).exists():
            ended = Change.DONE if change.state == Change.RUNNING else Change.UNDONE
            BulkChange.objects.filter(pk=key, state=change.state).update(state=ended, moved_at=now)
        return False
    _settle(change, row, act, now)
    BulkChange.objects.filter(pk=key).update(moved_at=now)
    return True


def _settle(
    change: BulkChange, row: BulkRow, act: Callable[[BulkChange, BulkRow, Article, datetime], None], now: datetime
) -> None:
    refused = Row.SKIPPED if change.state == Change.RUNNING else Row.KEPT
    row.reason = ""
    try:
        with transaction.atomic():
            article = Article.objects.select_for_update(of=("self",)).select_related("newest").get(pk=row.article_id)
            if held_by_another(article, change.undone_by or change.by, now):
                raise Refused("held")
            act(change, row, article, now)
    except Refused as refusal:
        row.state, row.reason = refused, refusal.reason
    except (InUse, HeldBack):
        row.state, row.reason = refused, "binned"
    except (
        ValueError,
        ValidationError,
        IntegrityError,
        workflow.NotNow,
    ):  # one story must not hold up all that come after it
        logger.exception("Bulk change %s refused article %s", change.pk, row.article_id)
        row.state, row.reason = refused, "refused"
    row.save()


def _do(change: BulkChange, row: BulkRow, article: Article, now: datetime) -> None:
    new = outcome(change, article, row, by=change.by)
    row.state, row.was = Row.DONE if new is not None else Row.SAME, article.state
    if new is None:
        return
    if ACTS[change.act].change is None:
        _move(article, change.asked, by=change.by, now=now)
        return
    was_ahead = article.newest_id != article.live_revision_id
    revision = publishing.save(article, new, by=change.by, kind=Revision.Kind.BULK, based_on=row.number, now=now)
    row.after = revision.number
    if change.publishes and article.is_live(now):
        _let_readers_see(row, article, revision, was_ahead=was_ahead, by=change.by, now=now)


def _let_readers_see(
    row: BulkRow, article: Article, revision: Revision, *, was_ahead: bool, by: User, now: datetime
) -> None:
    """Publishes the change, unless it would bring along what nobody has published yet."""
    if was_ahead:
        row.reason = "ahead"
    elif not rights.may_publish(by, article, revision.content):
        row.reason = "no_publish"
    elif gate.blocking(revision.content, article, by, now):
        row.reason = "blocked"
    else:
        row.is_published = _publish(article, revision, by, now, keep_plan=True)
        row.reason = "" if row.is_published else "two"


def _publish(article: Article, revision: Revision, by: User, now: datetime, **how: Any) -> bool:
    try:
        four_eyes.demand(article, revision, by=by, now=now)
    except four_eyes.TwoNeeded:
        return False
    publishing.publish(article, revision, by=by, until=article.unpublish_at, now=now, **how)
    return True


def _move(article: Article, asked: dict[str, Any], *, by: User, now: datetime) -> None:
    to = asked["to"]
    if to == "withdraw":
        publishing.withdraw(article, by=by, now=now)
    elif to == "bin":
        publishing.move_to_bin(article, now=now)
    else:
        acts = BACK if to == "draft" else (to,)
        act = next(each for each in acts if workflow.may_move(by, article, each))
        workflow.move(article, act, by=by, reason=asked.get("reason", ""), now=now)


def _take_back(change: BulkChange, row: BulkRow, article: Article, now: datetime) -> None:
    by = change.undone_by or change.by
    if not rights.may_view(by) or article.newest is None:
        raise Refused("rights")
    (_take_back_move if ACTS[change.act].change is None else _take_back_text)(change, row, article, by, now)
    row.state = Row.RETURNED


def _take_back_text(change: BulkChange, row: BulkRow, article: Article, by: User, now: datetime) -> None:
    before = article.revisions.filter(number=row.number).first()
    if article.in_bin:
        raise Refused("bin")
    if before is None or article.newest is None or article.newest.number != row.after:
        raise Refused("edited")
    if not rights.may_write(by, article, before.content):
        raise Refused("rights")
    is_out = row.is_published and article.is_live(now) and article.live_revision_id == article.newest_id
    if is_out and not rights.may_publish(by, article, before.content):
        raise Refused("rights")
    revision = publishing.save(article, before.content, by=by, kind=Revision.Kind.RESTORE, now=now)
    if is_out:
        row.reason = "" if _publish(article, revision, by, now, keep_plan=True) else "two"


def _take_back_move(change: BulkChange, row: BulkRow, article: Article, by: User, now: datetime) -> None:
    to, newest = change.asked["to"], article.newest
    if to == "withdraw":
        _bring_back(change, row, article, by, now)
    elif newest is None or newest.number != row.number:
        raise Refused("edited")
    elif to == "bin":
        if not article.in_bin or not rights.may_bin(by, article):
            raise Refused("state" if not article.in_bin else "rights")
        publishing.take_out_of_bin(article)
    elif article.state != to or article.in_bin:
        raise Refused("state")
    elif not rights.may_write(by, article):
        raise Refused("rights")
    else:
        publishing.move_to(article, State(row.was), by=by, now=now)


def _bring_back(change: BulkChange, row: BulkRow, article: Article, by: User, now: datetime) -> None:
    """Shows readers a withdrawn story again as they saw it last; what is not published stays with the editors."""
    shown = article.live_revision
    if article.in_bin:
        raise Refused("bin")
    if shown is None or not _is_withdrawn_by(change, row, article):
        raise Refused("decided")
    if article.has_gone_off(now):
        raise Refused("over")
    if not rights.may_publish(by, article, shown.content):
        raise Refused("rights")
    try:
        four_eyes.demand(article, shown, by=by, now=now)
    except four_eyes.TwoNeeded:
        raise Refused("two_again") from None
    publishing.bring_back(article, by=by, now=now)


def _is_withdrawn_by(change: BulkChange, row: BulkRow, article: Article) -> bool:
    """Whether it is this change that has withdrawn it, and nobody published and withdrew it again since."""
    found = article.moves.filter(act=Move.Act.WITHDRAW, at__gte=change.made_at).values_list("by", "number")
    return article.state == State.WITHDRAWN and list(found) == [(change.by_id, row.number)]

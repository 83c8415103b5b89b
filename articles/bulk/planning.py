"""Choosing what a bulk change is about, and trying it without effect."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from articles import rights, workflow
from articles.bulk.acts import ACTS, Refused, changed
from articles.content import Content
from articles.models import Article, BulkChange, BulkRow

MOST = 5_000
"""How many articles one change may be about."""
BATCH = 400

BACK = ("take_back", "return")
"""The acts that lead back to a draft: the author's own, and that of another."""

Row = BulkRow.State


@transaction.atomic
def choose(keys: Sequence[int], *, by: User, now: datetime) -> BulkChange:
    """Keeps which articles are chosen, in their order, and which revision of each: no other will be changed."""
    change = BulkChange.objects.create(by=by, made_at=now, moved_at=now)
    for part in _parts(list(dict.fromkeys(keys))[:MOST]):
        found = Article.objects.filter(pk__in=part, newest__isnull=False)
        newest = {
            pk: (number, title) for pk, number, title in found.values_list("pk", "newest__number", "newest__title")
        }
        BulkRow.objects.bulk_create(
            BulkRow(change=change, article_id=key, number=newest[key][0], title=newest[key][1])
            for key in part
            if key in newest
        )
    return change


def _parts(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


@transaction.atomic
def plan(change: BulkChange, act: str, asked: dict[str, Any], *, publishes: bool) -> None:
    """Says of each row whether the act would change it. What was left out by hand is asked anew."""
    change.act, change.asked, change.publishes = act, asked, publishes
    change.save(update_fields=["act", "asked", "publishes"])
    keys = list(change.rows.values_list("pk", flat=True))
    for part in _parts(keys):
        rows = list(change.rows.filter(pk__in=part).select_related("article__newest").defer("article__body"))
        for row in rows:
            row.state, row.reason = _would_be(change, row)
        BulkRow.objects.bulk_update(rows, ["state", "reason"])


def _would_be(change: BulkChange, row: BulkRow) -> tuple[str, str]:
    try:
        new = outcome(change, row.article, row, by=change.by)
    except Refused as refusal:
        return Row.SKIPPED, refusal.reason
    return (Row.SAME if new is None else Row.TO_DO), ""


def outcome(change: BulkChange, article: Article, row: BulkRow, *, by: User) -> Content | None:
    """Returns what ``article`` would say; None when nothing would change. Raises Refused when it may not be."""
    act, newest = ACTS[change.act], article.newest
    if article.in_bin:
        raise Refused("bin")
    if newest is None or newest.number != row.number:
        raise Refused("edited")
    if act.change is None:
        return newest.content if _may_move(article, change.asked["to"], by) else None
    content = newest.content
    if not rights.may_write(by, article):
        raise Refused("rights")
    new = changed(content, act, change.asked)
    if new == content:
        return None
    if not rights.may_write(by, article, new):
        raise Refused("rights")
    return new


def _may_move(article: Article, to: str, by: User) -> bool:
    """Says whether ``article`` is to be moved; not if it stands there already. Raises Refused if it may not."""
    if article.state == {"withdraw": "withdrawn"}.get(to, to):
        return False
    if to == "bin":
        possible, may = True, rights.may_bin(by, article)
    else:
        acts = BACK if to == "draft" else (to,)
        possible = any(workflow.transition(article, act) for act in acts)
        may = any(workflow.may_move(by, article, act) for act in acts)
    if not may:
        raise Refused("rights" if possible else "state")
    return True

"""Who has an article open and who holds its text, so that two people see each other before they conflict.

The hold is soft: the sheet of another is for reading until they take over, but a save is never refused for it (the
merge sees to that). It ends by itself when its holder leaves or has typed nothing for five minutes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from articles.models import Article, Hold, Presence, Revision, TakeOver

ALIVE = timedelta(seconds=75)
"""A sheet that has not told of itself for so long is taken for closed; it does so every fifteen seconds."""
SAME_VISIT = timedelta(minutes=3)
"""Whoever opens the article again within this time, as after a save, has been there since before."""
SILENT = timedelta(minutes=5)
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Company:
    """Who else is there, as one sheet is told."""

    others: list[Presence]
    """The other people, each once, whoever came first standing first."""
    writes: bool
    """Whether the person themselves may change the article."""
    elsewhere: bool
    """Whether the person has the article open on another sheet as well."""
    hold: Hold | None
    """The hold of another; while it lasts the text is for reading."""
    newest: int
    """The number of the newest revision."""


@transaction.atomic
def enter(article: Article, user: User, sheet: str, *, writes: bool, now: datetime) -> None:
    """Notes that ``user`` has opened the article; forgets who left long ago."""
    Presence.objects.filter(seen_at__lt=now - KEPT).delete()
    Hold.objects.filter(active_at__lt=now - KEPT).delete()
    visit = Presence.objects.filter(article=article, user=user, seen_at__gte=now - SAME_VISIT)
    since = visit.order_by("since").values_list("since", flat=True).first() or now
    given = {"seen_at": now, "writes": writes}
    Presence.objects.update_or_create(
        article=article, user=user, sheet=sheet, defaults=given, create_defaults=given | {"since": since}
    )


def beat(key: int, user: User, sheet: str, *, typing: bool, now: datetime) -> bool:
    """Notes that a sheet is still open, and that its person types. Returns False for one that is not known."""
    mine = Presence.objects.filter(article=key, user=user, sheet=sheet)
    if not typing:
        return bool(mine.update(seen_at=now))
    known = mine.filter(writes=True).update(seen_at=now)
    if known:
        claim(key, user, now)
    return bool(known)


def claim(key: int, user: User, now: datetime) -> None:
    """Gives the text to ``user`` if nobody else holds it."""
    holds = Hold.objects.filter(article=key)
    if holds.filter(user=user, active_at__gte=now - SILENT).update(active_at=now):
        return
    if not holds.filter(active_at__lt=now - SILENT).update(user=user, since=now, active_at=now):
        Hold.objects.bulk_create([Hold(article_id=key, user=user, since=now, active_at=now)], ignore_conflicts=True)


@transaction.atomic
def leave(key: int, user: User, sheet: str, now: datetime) -> bool:
    """Notes that a sheet was closed; with the last one of ``user`` the text is free. Returns whether it was known."""
    mine = Presence.objects.filter(article=key, user=user)
    known = mine.filter(sheet=sheet).update(seen_at=now - ALIVE)
    if not mine.filter(seen_at__gt=now - ALIVE).exists():
        Hold.objects.filter(article=key, user=user).delete()
    return bool(known)


def let_go(article: Article, user: User) -> None:
    """Frees the text that ``user`` has passed on, though their sheet is still open."""
    Hold.objects.filter(article=article, user=user).delete()


@transaction.atomic
def only_reads(article: Article, user: User) -> None:
    """Frees the text, and keeps the open sheets of ``user`` from taking it again: they may not write there any more."""
    Presence.objects.filter(article=article, user=user).update(writes=False)
    let_go(article, user)


@transaction.atomic
def end_all(*, person: User, **signal: Any) -> None:
    """Closes every sheet of ``person`` and frees the texts: somebody who may not come in any more holds none."""
    Presence.objects.filter(user=person).delete()
    Hold.objects.filter(user=person).delete()


@transaction.atomic
def take_over(article: Article, user: User, now: datetime) -> User | None:
    """Gives the text to ``user``; returns from whom it was taken, None if nobody held it."""
    hold = Hold.objects.select_for_update().filter(article=article).select_related("user").first()
    held = hold.user if hold and hold.user_id != user.pk and hold.active_at >= now - SILENT else None
    if held is not None:
        TakeOver.objects.create(article=article, by=user, taken_from=held, at=now)
    given = {"user": user, "since": now, "active_at": now}
    if hold is None or hold.user_id != user.pk:
        Hold.objects.update_or_create(article=article, defaults=given)
    return held


def held_by_another(article: Article, user: User, now: datetime) -> Hold | None:
    """Returns the hold of somebody else than ``user``, if there is one."""
    holds = Hold.objects.filter(article=article, active_at__gte=now - SILENT).exclude(user=user)
    return holds.select_related("user").first()


def company(key: int, user: User, sheet: str, now: datetime) -> Company:
    """Returns who is there besides one open sheet, in one query."""
    newest = Revision.objects.filter(article=OuterRef("article")).order_by("-number").values("number")[:1]
    # The row of the sheet itself is always there: with it come the hold and the newest revision.
    wanted = Presence.objects.filter(Q(seen_at__gt=now - ALIVE) | Q(user=user, sheet=sheet), article=key)
    rows = list(
        wanted.select_related("user", "article__hold__user")
        .only("user", "sheet", "since", "writes", "article__hold", "article__id")
        .annotate(newest=Subquery(newest))
        .order_by("since", "pk")
    )
    others = {row.user_id: row for row in reversed(rows) if row.user_id != user.pk}
    hold: Hold | None = getattr(rows[0].article, "hold", None) if rows else None
    is_anothers = hold is not None and hold.user_id != user.pk and hold.active_at >= now - SILENT
    return Company(
        others=sorted(others.values(), key=lambda row: (row.since, row.pk)),
        writes=any(row.sheet == sheet and row.user_id == user.pk and row.writes for row in rows),
        elsewhere=any(row.user_id == user.pk and row.sheet != sheet for row in rows),
        hold=hold if is_anothers else None,
        newest=(rows[0].newest or 0) if rows else 0,
    )


def writer(article: Article, now: datetime) -> User | None:
    """Returns who writes in ``article`` at this moment; lists fetch the ``hold__user`` of all at once."""
    hold: Hold | None = getattr(article, "hold", None)
    return hold.user if hold and hold.active_at >= now - SILENT else None

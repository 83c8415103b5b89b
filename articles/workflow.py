"""The way of an article: what can be done with it in which state, by whom, and where that leads.

The buttons of the sheet, the checks of what they send and the table in docs/editing.md come from ``TABLE``.
«Scheduled» and «live» are no states here; they follow from «published» and the clock.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import four_eyes, presence, publishing, rights
from articles.models import Article, Move, Revision, State

DRAFT, REVIEW, READY, PUBLISHED, WITHDRAWN = State


class Who(Enum):
    """Whose work an act is."""

    WRITER = "who may write it"
    AUTHOR = "its author, as long as they may write it"
    EDITOR = "who may edit it"
    OTHER_EDITOR = "who may edit it and is not its author"
    PUBLISHER = "who may publish it"

    def may(self, user: User, article: Article | None) -> bool:
        """Whether ``user`` is that with ``article``, as it stands."""
        return _MAY[self](user, article)


def _is_author(user: User, article: Article | None) -> bool:
    return article is not None and article.created_by_id == user.pk


_MAY: dict[Who, Callable[[User, Article | None], bool]] = {
    Who.WRITER: rights.may_write,
    Who.AUTHOR: lambda user, article: _is_author(user, article) and rights.may_write(user, article),
    Who.EDITOR: lambda user, article: article is not None and rights.may_edit(user, article),
    Who.OTHER_EDITOR: lambda user, article: (
        article is not None and not _is_author(user, article) and rights.may_edit(user, article)
    ),
    Who.PUBLISHER: rights.may_publish,
}


@dataclass(frozen=True)
class Transition:
    act: str
    label: str | Promise
    states: tuple[State, ...]
    to: State | None
    """Where it leads; None where the state stays."""
    who: Who
    needs_reason: bool = False


TABLE = (
    Transition("save", _("Save"), tuple(State), None, Who.WRITER),
    Transition("review", _("Send for review"), (DRAFT,), REVIEW, Who.WRITER),
    Transition("take_back", _("Take back"), (REVIEW, READY), DRAFT, Who.AUTHOR),
    Transition("ready", _("Mark as ready"), (REVIEW,), READY, Who.EDITOR),
    Transition("return", _("Return…"), (REVIEW, READY), DRAFT, Who.OTHER_EDITOR, needs_reason=True),
    Transition("approve", _("Approve the text"), (READY, PUBLISHED, WITHDRAWN), None, Who.EDITOR),
    Transition("publish", _("Publish"), tuple(State), PUBLISHED, Who.PUBLISHER),
    Transition("times", _("Change the times"), (PUBLISHED,), None, Who.PUBLISHER),
    Transition("replan", _("Replace it by this text"), (PUBLISHED,), None, Who.PUBLISHER),
    Transition("unplan", _("Drop it"), (PUBLISHED,), None, Who.PUBLISHER),
    Transition("withdraw", _("Withdraw…"), (PUBLISHED,), WITHDRAWN, Who.PUBLISHER),
)
NAMES = {each.act for each in TABLE} - {"withdraw"} | {"show"}
"""What the sheet can send. A story is withdrawn on a page of its own; ``show`` only shows what was typed, such as a
text that a browser has kept."""
ELSEWHERE = {"withdraw", "times", "replan", "unplan"}
"""Whose buttons do not stand in the bar of the sheet."""
MOVES_SHOWN = 30
MAIN = ("publish", "ready", "review", "save")
"""The first of these that is possible is the one thing to do."""


@dataclass(frozen=True)
class Act:
    """A button of the sheet."""

    name: str
    label: str | Promise
    later: str | Promise = ""
    """What the button says when a time to come is filled in."""
    needs_reason: bool = False


class NotNow(Exception):
    """The act does not fit the state of the article (any more)."""


def transition(article: Article | None, act: str) -> Transition | None:
    """Returns what ``act`` means for an article as it stands; None where it means nothing."""
    state = article.state if article else DRAFT
    return next((each for each in TABLE if each.act == act and state in each.states), None)


def may_move(user: User, article: Article | None, act: str) -> bool:
    """Whether ``user`` may do ``act`` with ``article``, as it stands."""
    found = transition(article, act)
    return found is not None and found.who.may(user, article)


def acts(user: User, article: Article | None, now: datetime) -> list[Act]:
    """Returns what ``user`` can do on the sheet of an article; the first is the one thing to do."""
    state = article.state if article else DRAFT
    here = [
        each for each in TABLE if state in each.states and each.act not in ELSEWHERE and each.who.may(user, article)
    ]
    found = [_button(each, article, now) for each in here if _has_sense(each, user, article)]
    main = min(found, key=lambda act: _rank(act, MAIN), default=None)
    return sorted(found, key=lambda act: (act != main, act.name != "save"))


def _rank(act: Act, order: tuple[str, ...]) -> int:
    return order.index(act.name) if act.name in order else len(order)


def _button(found: Transition, article: Article | None, now: datetime) -> Act:
    if found.act != "publish":
        return Act(found.act, found.label, needs_reason=found.needs_reason)
    if article is None or article.state in publishing.UNSEEN:
        return Act("publish", _("Publish"), _("Schedule"))
    if article.state == WITHDRAWN or article.has_gone_off(now):
        return Act("publish", _("Publish again"), _("Schedule"))
    return Act("publish", _("Publish the change"), _("Schedule") if article.is_scheduled(now) else _("Plan the change"))


def _has_sense(found: Transition, user: User, article: Article | None) -> bool:
    """Whether the button is of use: approval is asked for only where two are needed and this is the second."""
    if found.act != "approve" or article is None:
        return True
    return four_eyes.awaits(article, user)


@transaction.atomic
def move(article: Article, act: str, *, by: User, reason: str = "", now: datetime | None = None) -> Article:
    """Passes an article on, or approves its text, and writes that into the log. Returns the article.

    Raises NotNow where ``by`` cannot do that with the article as it stands, or where the reason is missing.
    """
    article = Article.objects.select_for_update().get(pk=article.pk)
    found = transition(article, act)
    passes_on = found is not None and (found.to in publishing.UNSEEN or act == "approve")
    if found is None or not passes_on or not found.who.may(by, article) or (found.needs_reason and not reason):
        raise NotNow(f"{act} of article {article.pk}, {article.state}")
    _settle(article)
    if act != "take_back":
        presence.let_go(article, by)  # it is somebody else's turn
    to = found.to or State(article.state)
    publishing.move_to(article, to, by=by, act=Move.Act(act), reason=reason, now=now)
    return article


def _settle(article: Article) -> None:
    """Makes the text a revision that stays: an autosave would be replaced by what its author types next."""
    newest = article.revisions.newest()
    if newest is not None and newest.kind == Revision.Kind.AUTOSAVE:
        newest.kind = Revision.Kind.SAVE
        newest.save(update_fields=["kind"])


def waits_for(user: User) -> Q:
    """Returns the condition of articles that ``user`` can bring on: to review them, or to publish what is ready."""
    review = Q(state=REVIEW) & rights.edited_by(user) & ~Q(created_by=user.pk)
    return review | Q(state=READY) & rights.published_by(user)


def returned_to(user: User) -> QuerySet[Article]:
    """Returns the stories of ``user`` that were returned, until they are sent again."""
    last = Move.objects.filter(article=OuterRef("pk")).order_by("-pk").values("act")[:1]
    drafts = Article.objects.filter(state=DRAFT, created_by=user.pk, binned_at=None)
    return drafts.annotate(last=Subquery(last)).filter(last=Move.Act.RETURN)


def told(article: Article | None, newest: Revision | None) -> dict[str, Any]:
    """Returns what the sheet says of an article's way: the newest moves, a return, and whether two must publish it."""
    if article is None or newest is None:
        return {}
    moves = list(article.moves.select_related("by")[:MOVES_SHOWN])
    is_returned = bool(moves) and article.state == DRAFT and moves[0].act == Move.Act.RETURN
    return {
        "moves": moves,
        "returned": moves[0] if is_returned else None,
        "two_needed": four_eyes.category(article, newest.content),
    }


def described() -> str:
    """Returns ``TABLE`` for docs/editing.md, where a test looks for it."""
    rows = ["| button | from | to | who | reason |", "| --- | --- | --- | --- | --- |"]
    for each in TABLE:
        states = "any" if each.states == tuple(State) else ", ".join(_english(state) for state in each.states)
        to = _english(each.to) if each.to else "as it was"
        rows.append(f"| {each.label} | {states} | {to} | {each.who.value} | {'needed' if each.needs_reason else ''} |")
    return "\n".join(rows)


def _english(state: State) -> str:
    return {"review": "in review"}.get(state.value, state.value)

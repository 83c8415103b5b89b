"""Four eyes: in a category that asks for it, nobody publishes a text that no one else has had a hand in.

What goes out must have been written by another, or marked as ready or approved by another in exactly these words. The
switch holds for all categories below, and both for the section a story comes into and for the one readers know it from.
An administrator may publish alone all the same; the log says so.
"""

from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rights
from articles.content import EMBARGO_FIELDS, PLANNED_FIELDS, Content
from articles.models import Article, Category, Move, Revision, State

MOST_NAMES = 5
FAR_BACK = 100
"""How many revisions with the same title are compared with what goes out."""


class TwoNeeded(Exception):
    """Somebody else must write or approve the text first; the message says who could."""


def category(article: Article, content: Content) -> Category | None:
    """Returns the category that asks for two people to publish ``content``; None where none does."""
    asking = list(Category.objects.filter(four_eyes=True))
    if not asking:
        return None
    paths = Category.objects.filter(pk__in=[key for key in (article.category_id, content.category) if key])
    here = [f"{path}/" for path in paths.values_list("path", flat=True)]
    return next((each for each in asking if any(path.startswith(f"{each.path}/") for path in here)), None)


def demand(article: Article, revision: Revision, *, by: User, now: datetime | None = None) -> None:
    """Raises TwoNeeded unless ``by`` may publish or schedule ``revision`` now, as far as two people are needed.

    An administrator may; that it was against the rule goes into the log. Call it in the transaction of the act.
    """
    asking = category(article, revision.content)
    if asking is None or _has_second(article, revision, by):
        return
    if not by.is_superuser:
        raise TwoNeeded(_refusal(article, asking, by))
    state = article.state
    Move.objects.create(
        article=article, act=Move.Act.APPROVE, from_state=state, to_state=state, by=by, at=now or timezone.now(),
        number=revision.number, alone=True,
    )  # fmt: skip


def awaits(article: Article, user: User) -> bool:
    """Whether the newest text of ``article`` waits for ``user`` to approve it."""
    newest = article.revisions.newest()
    if newest is None or newest.by_id in {None, user.pk} or newest.pk == article.live_revision_id:
        return False
    vouched = article.moves.signatures().filter(number=newest.number).exclude(by=newest.by_id)
    return category(article, newest.content) is not None and not vouched.exists()


def _has_second(article: Article, revision: Revision, by: User) -> bool:
    """Whether another than ``by`` wrote this very text, or vouched for it."""
    vouched = set(article.moves.signatures().exclude(by=by).values_list("number", flat=True))
    wanted = _words(revision.content)
    same_title = article.revisions.filter(title=revision.title).order_by("-number")[:FAR_BACK]
    same = (each for each in same_title if each.number in vouched or each.by_id != by.pk)
    return any(_words(each.content) == wanted for each in same)


def _words(content: Content) -> Content:
    """Returns ``content`` without what no reader will read: when it is to come or may, and the internal note."""
    plain = Content()
    unread = (*PLANNED_FIELDS, *EMBARGO_FIELDS, "internal_note")
    return replace(content, **{name: getattr(plain, name) for name in unread})


def _refusal(article: Article, asking: Category, by: User) -> str:
    others = rights.editors_of(article).exclude(pk=by.pk).order_by("is_superuser", "last_name", "username")
    names = ", ".join(_name(user) for user in others[:MOST_NAMES])
    told = _("Not published: in «%(category)s» every text needs a second person, and this one only has you.")
    help_ = (
        _("It can be approved or published by: %(names)s.")
        if names
        else _("Nobody else has the right: ask an administrator.")
    )
    first = [_("Send it for review first.")] if names and article.state == State.DRAFT else []
    return " ".join([told % {"category": asking}, *first, help_ % {"names": names} if names else help_])


def _name(user: User) -> str:
    return user.get_full_name() or user.username

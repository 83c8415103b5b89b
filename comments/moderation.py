"""What moderators decide: approve, reject, spam, remove."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django_comments.models import Comment

from comments.counts import recount
from comments.models import TRANSITIONS, ModerationLog, PortalComment, Status, thread_tag
from lib.pagecache import stamp

PERMISSION = "comments.can_moderate"
"""The one right that counts; the two of the packages below us are not offered."""


@dataclass
class Outcome:
    """What became of a decision: which comments it changed, and which somebody else had changed before."""

    changed: list[PortalComment] = field(default_factory=list)
    overtaken: list[PortalComment] = field(default_factory=list)


@transaction.atomic
def decide(
    seen: Mapping[int, str], to: Status, *, by: User | None, reason: str = "", now: datetime | None = None
) -> Outcome:
    """Gives the comments ``seen`` (their keys, with the status that the moderator saw) the status ``to``.

    A comment that has another status by now, or none that leads to ``to``, stays as it is and is returned as
    overtaken. No other comment is touched: replies keep their own status.
    """
    outcome = Outcome()
    # Locked: of two moderators the second one reads what the first one wrote.
    for comment in PortalComment.objects.filter(pk__in=seen).select_for_update(of=("self",)).order_by("pk"):
        stands = comment.status == seen[comment.pk] and to in TRANSITIONS[Status(comment.status)]
        (outcome.changed if stands else outcome.overtaken).append(comment)
    _write(outcome.changed, to, by, reason, now or timezone.now())
    return outcome


def _write(comments: list[PortalComment], to: Status, by: User | None, reason: str, at: datetime) -> None:
    ModerationLog.objects.bulk_create(
        ModerationLog(comment=comment, actor=by, from_status=comment.status, to_status=to, reason=reason, at=at)
        for comment in comments
    )
    keys = [comment.pk for comment in comments]
    PortalComment.objects.filter(pk__in=keys).update(status=to)
    Comment.objects.filter(pk__in=keys).update(is_public=to == Status.APPROVED, is_removed=to == Status.REMOVED)
    shown = [comment for comment in comments if Status.APPROVED in (comment.status, to)]
    recount(comment.article_id for comment in shown)
    stamp(*(thread_tag(comment.article_id) for comment in shown))
    for comment in comments:
        comment.status = to


def latest_decisions(comments: list[PortalComment]) -> dict[int, ModerationLog]:
    """Returns the last decision about each of ``comments``, with its moderator."""
    log = ModerationLog.objects.filter(comment__in=comments).select_related("actor").order_by("pk")
    return {decision.comment_id: decision for decision in log}

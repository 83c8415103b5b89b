"""What readers say of the stories, and what the moderator made of it."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User

from articles.models import Article
from comments import moderation
from comments.models import PortalComment, Status
from portal.demo.data import read
from portal.demo.typography import typeset


def comment(stories: dict[str, Article], moderator: User, now: datetime) -> None:
    """Writes every comment of the demo and has ``moderator`` decide about it."""
    for said in read("comments")["comments"]:
        first = _comment(stories[said["on"]], said, moderator, now)
        for answer in said.get("answers", []):
            _comment(first.article, answer, moderator, now, reply_to=first)


def _comment(
    article: Article, said: dict[str, Any], moderator: User, now: datetime, reply_to: PortalComment | None = None
) -> PortalComment:
    at = min((article.publish_at or now) + timedelta(minutes=said["after"]), now - timedelta(minutes=3))
    made = PortalComment.objects.create(
        article=article,
        reply_to=reply_to,
        user_name=said["name"],
        user_email="reader@zarechye.example",
        comment=typeset(said["text"]),
        submit_date=at,
    )
    status = Status(said.get("status", Status.APPROVED))
    # What was taken down stood on the page before.
    steps = [Status.APPROVED, status] if status == Status.REMOVED else [status]
    for number, step in enumerate(steps if status != Status.PENDING else [], start=1):
        decided = at + timedelta(minutes=2 * number)
        reason = said.get("reason", "") if step == status else ""
        moderation.decide({made.pk: made.status}, step, by=moderator, reason=reason, now=decided)
        made.refresh_from_db()
    return made

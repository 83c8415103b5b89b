"""Taking a comment in: once, however often it is sent, and not too many from one place."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from comments import spam
from comments.forms import CommentForm
from comments.models import PortalComment
from comments.text import digest

DAY = timedelta(days=1)
LIMITS = ((timedelta(seconds=15), 1), (timedelta(minutes=10), 5), (DAY, 20))
"""How many comments one address may send within how long."""


class Flood(Exception):
    """Too many comments from one address; ``wait`` is how long to keep quiet at most."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"Too many comments within {wait}.")
        self.wait = wait


@dataclass(frozen=True)
class Recently:
    """What came within a day: from this address, within each of LIMITS, and with this text from anywhere."""

    from_here: list[int]
    repeats: int


def submit(form: CommentForm, ip_hash: str) -> PortalComment:
    """Stores what a valid form says, to be looked at by a moderator. Sent again, it returns the first one.

    Raises Flood when there were too many from ``ip_hash``.
    """
    if known := _sent_before(form):
        return known
    comment = _comment(form, ip_hash)
    recently = _recently(comment)
    for (wait, most), count in zip(LIMITS, recently.from_here, strict=True):
        if count >= most:
            raise Flood(wait)
    comment.reasons = spam.reasons(_submission(form, recently.repeats))
    comment.status = spam.first_status(comment.reasons)
    try:
        with transaction.atomic():
            comment.save()
    except IntegrityError:
        if known := _sent_before(form):  # by a second click, at the same moment
            return known
        raise
    return comment


def _sent_before(form: CommentForm) -> PortalComment | None:
    return PortalComment.objects.filter(key=form.current_ticket.key).first()


def _comment(form: CommentForm, ip_hash: str) -> PortalComment:
    said, author = form.cleaned_data, form.author
    return PortalComment(
        article=form.article,
        reply_to=form.parent,
        user=author,
        user_name=(author.get_full_name() or author.get_username())[:50] if author else said["name"],
        user_email=author.email if author else said["email"],
        comment=said["text"],
        key=form.current_ticket.key,
        ip_hash=ip_hash,
        text_digest=digest(said["text"]),
        submit_date=form.now,
    )


def _submission(form: CommentForm, repeats: int) -> spam.Submission:
    said = form.cleaned_data
    age = form.current_ticket.age(form.now)
    return spam.Submission(said["text"], said.get("name", ""), said["subject"], age, repeats)


def _recently(comment: PortalComment) -> Recently:
    same_place, same_text = Q(ip_hash=comment.ip_hash), Q(text_digest=comment.text_digest)
    now = comment.submit_date
    counts = PortalComment.objects.filter(same_place | same_text, submit_date__gt=now - DAY).aggregate(
        repeats=Count("pk", filter=same_text),
        **{
            f"within_{number}": Count("pk", filter=same_place & Q(submit_date__gt=now - wait))
            for number, (wait, _most) in enumerate(LIMITS)
        },
    )
    # An unknown address or a text too short to tell is "": many have it in common.
    repeats = counts["repeats"] if comment.text_digest else 0
    return Recently([counts[f"within_{number}"] if comment.ip_hash else 0 for number in range(len(LIMITS))], repeats)

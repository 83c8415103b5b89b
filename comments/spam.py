"""Checks of a comment that nobody has read yet. To add one: write it, add it to CHECKS and its words to REASONS.

Each returns the code of a reason to look closer, or None. The codes are stored with the comment and shown to
moderators. No check refuses a comment: whatever a reader wrote is kept until somebody has read it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from comments.models import Status


@dataclass(frozen=True)
class Submission:
    """What a check may look at."""

    text: str
    name: str
    trap: str
    """What stands in the field that people do not see."""
    age: timedelta
    """How long the form was open."""
    repeats: int
    """How often the same text came within a day."""


Check = Callable[[Submission], str | None]

FEWEST_SECONDS = timedelta(seconds=4)
MOST_LINKS = 2  # as WordPress: the second link holds a comment

_LINK = re.compile(
    r"https?://|www\.|\b[a-zа-яё0-9-]+\.(?:ru|рф|com|net|org|info|su|xyz|top|site|online)\b", re.IGNORECASE
)


def honeypot(submission: Submission) -> str | None:
    return "honeypot" if submission.trap else None


def too_fast(submission: Submission) -> str | None:
    return "too_fast" if submission.age < FEWEST_SECONDS else None


def links(submission: Submission) -> str | None:
    words = f"{submission.name} {submission.text}".split()
    return "links" if sum(1 for word in words if _LINK.search(word)) >= MOST_LINKS else None


def repeated(submission: Submission) -> str | None:
    return "repeated" if submission.repeats else None


CHECKS: list[Check] = [honeypot, too_fast, links, repeated]
REASONS = {
    "honeypot": _("filled in a field that people do not see"),
    "too_fast": _("sent within seconds"),
    "links": _("several links"),
    "repeated": _("the same text was sent before"),
}
CERTAIN = {"honeypot"}
"""Reasons that need no second look: such a comment goes to the spam, where it can still be approved."""


def reasons(submission: Submission) -> list[str]:
    """Returns the codes of all reasons that the checks found, in their order."""
    return [code for check in CHECKS if (code := check(submission))]


def first_status(codes: list[str]) -> Status:
    return Status.SPAM if CERTAIN & set(codes) else Status.PENDING

"""The gate before readers: what blocks a publication, and passing in spite of it with a reason that is kept.

``articles/publishing.py`` knows neither persons' roles nor reasons. Every part of the desk that publishes, schedules or
plans a change for readers comes through here first, with whatever content it is about to show them.
"""

from datetime import datetime

from django.contrib.auth.models import User

from articles.checks import Finding, findings
from articles.checks.levels import levels_for
from articles.content import Content
from articles.models import Article, CheckOverride, Revision

OVERRIDE = "articles.override_checks"
MAX_REASON = 1_000


class Blocked(Exception):
    """Rules forbid to publish; ``findings`` are those that do."""

    def __init__(self, blocking: list[Finding]) -> None:
        super().__init__("; ".join(finding.spot.message for finding in blocking))
        self.findings = blocking


def blocking(content: Content, article: Article | None, user: User, now: datetime) -> list[Finding]:
    """Returns what forbids ``user`` to publish ``content``."""
    return [finding for finding in findings(content, article, levels_for(user), now) if finding.blocks]


def pass_through(
    content: Content, article: Article | None, user: User, now: datetime, *, reason: str = ""
) -> list[Finding]:
    """Returns in spite of what ``user`` may publish ``content`` now: of nothing, as a rule.

    Raises Blocked unless nothing blocks, or ``user`` may override it and has given a reason.
    """
    found = blocking(content, article, user, now)
    if found and not (reason.strip() and user.has_perm(OVERRIDE)):
        raise Blocked(found)
    return found


def log(article: Article, revision: Revision, found: list[Finding], user: User, now: datetime, *, reason: str) -> None:
    """Keeps who published what in spite of ``found``, and why; nothing if nothing stood against it."""
    if found:
        told = [[finding.rule.name, finding.spot.message] for finding in found]
        kept = {"findings": told, "reason": reason.strip()[:MAX_REASON]}
        CheckOverride.objects.create(article=article, revision=revision.number, by=user, at=now, **kept)

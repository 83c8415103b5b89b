"""Embargoes: a text that nobody outside the newsroom may read before a moment.

An embargo is part of the content and goes with every revision: no save, no restoring and no merging takes it away
or brings it forward while it is in force. Only ``lifted`` does, for a reason that stays in the history.
"""

from dataclasses import replace
from datetime import datetime

from articles.content import Content


class Embargoed(Exception):
    """The text may not be read before ``until``."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"Under embargo until {until}.")
        self.until = until


def embargo(content: Content, now: datetime) -> datetime | None:
    """Returns until when nobody outside the newsroom may read the text, not even by the link of a preview."""
    until = datetime.fromisoformat(content.embargo_until) if content.embargo_until else None
    return until if until and until > now else None


def check(content: Content, at: datetime) -> None:
    """Raises Embargoed if readers must not see the text at ``at`` yet."""
    if until := embargo(content, at):
        raise Embargoed(until)


def kept(content: Content, before: Content, now: datetime) -> Content:
    """Returns ``content`` with the embargo of the text ``before`` it, if it had one that is in force and longer."""
    stands = embargo(before, now)
    own = embargo(content, now)
    if stands is None or (own and own >= stands):
        return content
    return replace(content, embargo_until=before.embargo_until, embargo_lifted="")


def lifted(content: Content, reason: str) -> Content:
    """Returns ``content`` without its embargo, and with the reason."""
    return replace(content, embargo_until="", embargo_lifted=reason)

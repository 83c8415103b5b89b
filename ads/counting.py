"""What is counted and what is not: every refusal has a reason.

A request only judges who asks and appends a line to the spool; the token is judged when the spool is drained
(ads/rollup.py). Neither address nor cookie nor browser is written down.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ads.tokens import Token
from lib.spool import Spool
from lib.visitors import not_a_reader

logger = logging.getLogger(__name__)

SEEN, CLICK = "seen", "click"
LIFETIME = {SEEN: timedelta(hours=1), CLICK: timedelta(days=1)}
"""How long after the decision an event still counts."""
LONGEST = max(LIFETIME.values())
CLOCK_DRIFT = timedelta(minutes=2)

REASONS = {
    "signed_in": _("somebody of the newsroom"),
    "prefetch": _("fetched ahead, not seen"),
    "bot": _("a robot"),
    "signature": _("a token that is not ours"),
    "shared": _("a link of a page without JavaScript"),
    "too_old": _("too long after the page was opened"),
    "future": _("a token from the future"),
    "repeated": _("counted already"),
    "unknown": _("the booking is gone"),
}


@dataclass(frozen=True)
class Event:
    kind: str
    at: float
    token: str
    refused: str = ""
    """What is wrong with who sent it: a key of REASONS, or nothing."""

    @property
    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.at, UTC)


def spool() -> Spool:
    return Spool(settings.SPOOL_DIR / "ads")


def note(kind: str, tokens: Iterable[str], request: HttpRequest, now: datetime) -> None:
    """Appends an event for each token. A full disk costs the events, never the page."""
    refused = not_a_reader(request)
    try:
        for token in tokens:
            spool().append(asdict(Event(kind, now.timestamp(), token, refused)))
    except OSError:
        logger.exception("Events of ads are lost: the spool takes none.")


@dataclass(frozen=True)
class Rule:
    """A condition of being counted."""

    reason: str
    fails: Callable[[Event, Token], bool]


RULES = [
    Rule("shared", lambda event, token: token.is_shared),
    Rule("too_old", lambda event, token: token.age(event.moment) > LIFETIME[event.kind]),
    Rule("future", lambda event, token: token.age(event.moment) < -CLOCK_DRIFT),
]


@dataclass(frozen=True)
class Verdict:
    event: Event
    token: Token | None
    reason: str = ""
    """A key of REASONS, or nothing: it counts."""

    @property
    def key(self) -> str:
        """What makes the event one of its kind."""
        return f"{self.event.kind}:{self.token.nonce}" if self.token else ""


def judge(event: Event, counted: Collection[str]) -> Verdict:
    """Returns whether ``event`` counts; ``counted`` are the keys of those that did already."""
    try:
        token = Token.read(event.token)
    except BadSignature:
        return Verdict(event, None, event.refused or "signature")
    broken = (rule.reason for rule in RULES if rule.fails(event, token))
    verdict = Verdict(event, token, event.refused or next(broken, ""))
    if not verdict.reason and verdict.key in counted:
        return Verdict(event, token, "repeated")
    return verdict


def event_from(record: dict[str, Any]) -> Event | None:
    """Reads a line of the spool; None if it is not one of ours."""
    try:
        event = Event(record["kind"], float(record["at"]), str(record["token"]), str(record["refused"]))
    except (KeyError, TypeError, ValueError):
        return None
    return event if event.kind in LIFETIME else None

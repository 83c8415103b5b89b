"""Adds what waits in the spool to the daily counts, each event once (lib/spool/draining.py says how).

The nonce of every counted token is kept while the token lives, so that a beacon that is sent twice counts once.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from ads.counting import CLOCK_DRIFT, LONGEST, SEEN, Verdict, event_from, judge
from ads.models import Creative, DailyCount, DailyRefusal, Flight, increase
from lib.spool import Batch, Spool
from lib.spool.draining import drain, known, remember

REPEATABLE = LONGEST + 2 * CLOCK_DRIFT
"""How long after an event the same one may come again and still be young enough to count."""


@dataclass
class Tally:
    counted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)


def count(spool: Spool, now: datetime) -> Tally:
    """Counts whatever the spool holds."""
    tally = Tally()
    for verdicts in drain(spool, _count, now):
        for verdict in verdicts:
            kinds, name = (tally.refused, verdict.reason) if verdict.reason else (tally.counted, verdict.event.kind)
            kinds[name] += 1
    return tally


def _count(batch: Batch) -> list[Verdict]:
    """Adds the events of ``batch`` to the counts."""
    verdicts = list(_verdicts(batch))
    counted = [verdict for verdict in verdicts if not verdict.reason]
    remember({each.key: each.event.moment + REPEATABLE for each in counted})
    _add(counted)
    refused = Counter((_day(each), each.event.kind, each.reason) for each in verdicts if each.reason)
    for (day, kind, reason), number in sorted(refused.items()):
        increase(DailyRefusal, {"day": day, "kind": kind, "reason": reason}, {"number": number})
    return verdicts


def _verdicts(batch: Batch) -> Iterable[Verdict]:
    events = [event for record in batch.records() if (event := event_from(record))]
    verdicts = [judge(event, ()) for event in events]
    counted = known({verdict.key for verdict in verdicts if not verdict.reason})
    flights = set(Flight.objects.values_list("pk", flat=True))
    creatives = set(Creative.objects.values_list("pk", flat=True))
    for event in events:
        verdict = judge(event, counted)
        token = verdict.token
        if not verdict.reason and token and not (token.flight in flights and token.creative in creatives):
            verdict = Verdict(event, token, "unknown")
        if not verdict.reason:
            counted.add(verdict.key)
        yield verdict


def _day(verdict: Verdict) -> str:
    return timezone.localdate(verdict.event.moment).isoformat()


def _add(counted: list[Verdict]) -> None:
    """Rows are written in one order, so that two that drain do not wait for each other in a circle."""
    sums: dict[tuple[int, str, int, str], Counter[str]] = {}
    for verdict in counted:
        if token := verdict.token:
            row = sums.setdefault((token.flight, _day(verdict), token.creative, token.slot), Counter())
            row["seen" if verdict.event.kind == SEEN else "clicks"] += 1
    for (flight, day, creative, slot), amounts in sorted(sums.items()):
        key = {"flight_id": flight, "day": day, "creative_id": creative, "slot": slot}
        increase(DailyCount, key, dict(amounts))

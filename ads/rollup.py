"""Drains the spool of events into the daily counts, each event once.

A batch and what it adds are written in one transaction, with the name of the batch: after a crash it is either
not counted, or known to be. The nonce of every counted token is kept while the token lives, so that a beacon that
is sent twice counts once.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ads.counting import CLOCK_DRIFT, LONGEST, SEEN, Verdict, event_from, judge
from ads.models import CountedEvent, Creative, DailyCount, DailyRefusal, DrainedBatch, Flight, increase
from lib.spool import Batch, Spool

KEPT = timedelta(days=30)
"""How long the name of a batch is remembered after it was drained, should it come back from a backup."""


@dataclass
class Tally:
    counted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)


def drain(spool: Spool, now: datetime) -> Tally:
    """Counts whatever the spool holds and forgets what is too old to be repeated."""
    tally = Tally()
    for batch in spool.batches():
        for verdict in _count(batch, now):
            kinds, name = (tally.refused, verdict.reason) if verdict.reason else (tally.counted, verdict.event.kind)
            kinds[name] += 1
        batch.delete()
    CountedEvent.objects.filter(at__lt=now - LONGEST - 2 * CLOCK_DRIFT).delete()
    DrainedBatch.objects.filter(at__lt=now - KEPT).delete()
    return tally


@transaction.atomic
def _count(batch: Batch, now: datetime) -> list[Verdict]:
    """Adds the events of ``batch`` to the counts, unless that was done before."""
    _batch, is_new = DrainedBatch.objects.get_or_create(name=batch.name, defaults={"at": now})
    if not is_new:
        return []
    verdicts = list(_verdicts(batch))
    counted = [verdict for verdict in verdicts if not verdict.reason]
    CountedEvent.objects.bulk_create([CountedEvent(key=each.key, at=each.event.moment) for each in counted])
    _add(counted)
    refused = Counter((_day(each), each.event.kind, each.reason) for each in verdicts if each.reason)
    for (day, kind, reason), number in sorted(refused.items()):
        increase(DailyRefusal, {"day": day, "kind": kind, "reason": reason}, {"number": number})
    return verdicts


def _verdicts(batch: Batch) -> Iterable[Verdict]:
    events = [event for record in batch.records() if (event := event_from(record))]
    verdicts = [judge(event, ()) for event in events]
    known = _known({verdict.key for verdict in verdicts if not verdict.reason})
    flights = set(Flight.objects.values_list("pk", flat=True))
    creatives = set(Creative.objects.values_list("pk", flat=True))
    for event in events:
        verdict = judge(event, known)
        token = verdict.token
        if not verdict.reason and token and not (token.flight in flights and token.creative in creatives):
            verdict = Verdict(event, token, "unknown")
        if not verdict.reason:
            known.add(verdict.key)
        yield verdict


def _known(keys: set[str]) -> set[str]:
    """Returns those of ``keys`` that were counted before."""
    return set(CountedEvent.objects.in_bulk(list(keys)))


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

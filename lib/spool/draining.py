"""Gives what waits in a spool to whatever counts it, each batch once, even if this process is killed.

A batch and what it adds to the counts are written in one transaction, with the name of the batch: after a crash it
is either not counted, or known to be.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction

from lib.spool.files import Batch, Spool
from lib.spool.models import CountedEvent, DrainedBatch

KEPT = timedelta(days=30)
"""How long the name of a batch is remembered after it was drained, should it come back from a backup."""

T = TypeVar("T")


def drain(spool: Spool, count: Callable[[Batch], T], now: datetime) -> Iterator[T]:
    """Has ``count`` write what each batch adds to the counts, and yields what it returns.

    ``count`` runs in a transaction. If it raises, so does this, and the batch waits for the next time.
    """
    for batch in spool.batches():
        with transaction.atomic():
            _batch, is_new = DrainedBatch.objects.get_or_create(name=batch.name, defaults={"at": now})
            counted = [count(batch)] if is_new else []
        batch.delete()
        yield from counted


def known(keys: Iterable[str]) -> set[str]:
    """Returns those of ``keys`` that ``remember`` was given before."""
    return set(CountedEvent.objects.in_bulk(list(keys)))


def remember(keys: Mapping[str, datetime]) -> None:
    """Keeps each key until its moment. Raises IntegrityError if another process counted one of them meanwhile."""
    CountedEvent.objects.bulk_create([CountedEvent(key=key, until=until) for key, until in keys.items()])


def forget(now: datetime) -> None:
    """Deletes what nobody can repeat any more."""
    CountedEvent.objects.filter(until__lt=now).delete()
    DrainedBatch.objects.filter(at__lt=now - KEPT).delete()

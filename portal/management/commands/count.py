import logging
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections
from django.utils import timezone

from ads import counting, rollup
from articles import announcing, bulk, most_read, planned, reads
from articles.search import missed
from lib.heartbeat import beat
from lib.spool.draining import forget
from portal import astray

logger = logging.getLogger(__name__)

EACH_MINUTE = (most_read.rank, reads.thin, missed.thin, astray.thin, forget, bulk.resume, partial(beat, "count"))


class Command(BaseCommand):
    help = (
        "Counts what readers read, missed, saw and clicked, ranks what was read most, and carries out what is due. "
        "May run twice, and any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="Go on until stopped.")

    def handle(self, *args: Any, every: int | None, verbosity: int, **options: Any) -> None:
        if every is None:
            planned.apply_due(timezone.now())
            announcing.tell_due(timezone.now())
            told = self._count(timezone.now())
            for act in EACH_MINUTE:
                act(timezone.now())
            if verbosity:
                self.stdout.write(told)
            return
        minute = -1
        while True:
            now = timezone.now()
            acts = (planned.apply_due, announcing.tell_due, self._count, *(EACH_MINUTE if now.minute != minute else ()))
            minute = now.minute
            close_old_connections()
            for act in acts:
                _or_wait(act, now)
            Event().wait(every)

    def _count(self, now: datetime) -> str:
        readers, searches, ads = reads.count(now), missed.count(now), rollup.count(counting.spool(), now)
        visits = astray.count(now)
        told = f"{readers} readers of articles; {searches} searches without results; {visits} visits by other addresses"
        return f"{told}; ads: {ads.counted.total()} counted, {ads.refused.total()} refused"


def _or_wait(act: Callable[[datetime], Any], now: datetime) -> None:
    """Leaves everything as it is where an act fails, such as while the database or the disk is away."""
    try:
        act(now)
    except (Error, OSError):
        logger.exception("Nothing is counted at the moment; what readers did waits in the spool.")
    except Exception:
        logger.exception("%s failed; it is tried again.", act)

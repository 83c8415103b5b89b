import logging
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections
from django.utils import timezone

from ads import counting
from ads.rollup import drain

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Adds what readers saw and clicked to the daily counts. May run twice, and at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="Go on until stopped.")

    def handle(self, *args: Any, every: int | None, verbosity: int, **options: Any) -> None:
        if every is None:
            tally = drain(counting.spool(), timezone.now())
            if verbosity:
                self.stdout.write(f"{tally.counted.total()} counted, {tally.refused.total()} refused")
            return
        while True:
            self._drain_or_wait()
            Event().wait(every)

    def _drain_or_wait(self) -> None:
        """Leaves the spool as it is while the database or the disk is away."""
        close_old_connections()
        try:
            drain(counting.spool(), timezone.now())
        except (Error, OSError):
            logger.exception("Ads are not counted at the moment; what readers saw waits in the spool.")

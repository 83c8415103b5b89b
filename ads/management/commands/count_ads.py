from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ads import counting
from ads.rollup import drain


class Command(BaseCommand):
    help = "Adds what readers saw and clicked to the daily counts. May run twice, and at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="Go on until stopped.")

    def handle(self, *args: Any, every: int | None, **options: Any) -> None:
        self._drain()
        while every:
            Event().wait(every)
            self._drain()

    def _drain(self) -> None:
        tally = drain(counting.spool(), timezone.now())
        if tally.counted or tally.refused:
            told = [f"{number} {name}" for name, number in sorted((tally.counted + tally.refused).items())]
            self.stdout.write(", ".join(told))

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles import search


class Command(BaseCommand):
    help = "Rebuilds the search index from what is published. May run while the site is running."

    def add_arguments(self, parser: CommandParser) -> None:
        # On SQLite whoever waits for the write lock asks for it every 100 ms.
        parser.add_argument("--pause", type=float, default=0.1, help="seconds left to editors after every batch")

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for size in search.reindex():
            done += size
            if options["verbosity"] > 1:
                self.stdout.write(f"{done} ...")
            time.sleep(options["pause"])
        self.stdout.write(f"Articles read: {done}.")

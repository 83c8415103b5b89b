from typing import Any

from django.core.management.base import BaseCommand

from articles import search


class Command(BaseCommand):
    help = "Rebuilds the search index from what is published. May run while the site is running."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for size in search.reindex():
            done += size
            if options["verbosity"] > 1:
                self.stdout.write(f"{done} ...")
        self.stdout.write(f"Articles read: {done}.")

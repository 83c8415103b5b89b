from pathlib import Path
from typing import Any

import polib
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Django's command with our habits: Russian only (English is in the source), no line numbers."""

    help = "Gathers the strings to translate into locale/, or with --check tells which are not there yet."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--check", action="store_true", help="Write nothing; fail if a string is new.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.check_only = options.pop("check")
        self.new: set[str] = set()
        options |= {"locale": ["ru"], "no_location": True, "no_wrap": True}
        options["ignore_patterns"] = [*options["ignore_patterns"], "var", "tests", "benchmarks", ".*"]
        super().handle(*args, **options)
        if self.new:
            raise CommandError("\n".join(["Not in locale/ yet (make messages):", *sorted(self.new)]))

    def write_po_file(self, potfile: str, locale: str) -> None:
        if self.check_only:
            self.new |= _new_strings(Path(potfile), locale)
        else:
            super().write_po_file(potfile, locale)


def _new_strings(potfile: Path, locale: str) -> set[str]:
    known = potfile.parent / locale / "LC_MESSAGES" / f"{potfile.stem}.po"
    catalog = polib.pofile(str(known)) if known.exists() else polib.POFile()
    live = {(entry.msgctxt, entry.msgid) for entry in catalog if not entry.obsolete}
    return {entry.msgid for entry in polib.pofile(str(potfile)) if (entry.msgctxt, entry.msgid) not in live}

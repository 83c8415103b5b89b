"""Brings posts, pages, categories, tags, authors, pictures and files over from a WordPress export."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.wordpress.importing import import_files
from portal.wordpress.reading import NotAnExport
from portal.wordpress.report import Report


class Command(BaseCommand):
    help = "Imports a WordPress export (WXR). May be run again: what is there stays, what is new is added."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="export.xml", help="the file, or all its parts")
        parser.add_argument("--media", type=Path, metavar="DIR", help="a copy of wp-content/uploads")
        parser.add_argument(
            "--source-key",
            action="append",
            default=[],
            metavar="NAME[:URL]",
            help="custom fields with the name and the address of a story's source",
        )
        parser.add_argument("--report", type=Path, metavar="FILE", help="write the whole report as JSON")

    def handle(self, *, files: list[Path], media: Path | None, source_key: list[str], **options: Any) -> None:
        missing = [str(path) for path in [*files, *([media] if media else [])] if not path.exists()]
        if missing:
            raise CommandError(_("There is no such file or folder: %s") % ", ".join(missing))
        report = Report()
        keys = [(name, url) for name, _colon, url in (key.partition(":") for key in source_key)]
        try:
            import_files(files, report, media, keys)
        except NotAnExport as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"]:
            self.stdout.write("\n".join(report.lines()))
        if options["report"]:
            options["report"].write_text(json.dumps(report.as_json(), ensure_ascii=False, indent=1), "utf-8")
        if report.damage or not report.adds_up:
            raise CommandError(_("Not everything could be read. What could be is imported."))

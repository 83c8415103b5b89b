from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Stands in for Django's command of this name, which needs GNU gettext on the machine."""

    help = "Compiles the translations that changed."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                if _is_newer(source, source.with_suffix(".mo")):
                    _compile(source)
                    self.stdout.write(f"Compiled {source.relative_to(folder)}")


def _is_newer(source: Path, target: Path) -> bool:
    return not target.exists() or source.stat().st_mtime_ns > target.stat().st_mtime_ns


def _compile(source: Path) -> None:
    passing = source.with_suffix(".mo.new")
    polib.pofile(str(source)).save_as_mofile(str(passing))
    passing.replace(source.with_suffix(".mo"))  # at once: another process may be reading the old one

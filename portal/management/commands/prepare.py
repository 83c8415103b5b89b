import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from articles.models import Article
from portal.legal import make_pages


class Command(BaseCommand):
    help = (
        "Brings translations, database and static files up to date, makes the legal pages that are missing, and with "
        "PORTAL_DEMO=1 fills an empty site with the demo newsroom. May run again at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("compilemessages", verbosity=0)
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {error}") from error
        _collect_static()
        if settings.DEMO and not Article.objects.exists():
            self.stdout.write("Filling the demo newsroom ...")
            call_command("demo", stdout=self.stdout)
        make_pages()


def _collect_static() -> None:
    """Collects and compresses the static files, which takes seconds, unless none has changed since."""
    stamp, current = Path(settings.STATIC_ROOT) / ".collected", _static_fingerprint()
    if not stamp.exists() or stamp.read_text() != current:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(current)


def _static_fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()

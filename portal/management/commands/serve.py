import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from articles.models import Article
from lib.supervisor import Supervisor


class Command(BaseCommand):
    help = "Runs the web server and the task worker together; both stop on Ctrl-C or SIGTERM, or when one ends."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--prepare",
            action="store_true",
            help="First bring translations, database and static files up to date; with PORTAL_DEMO=1 fill an "
            "empty site with the demo newsroom.",
        )

    def handle(self, *args: Any, prepare: bool, **options: Any) -> None:
        with _listen(settings.PORT) as listener:
            if prepare:
                self.prepare()
            self.stdout.write(f"\nSite      {settings.BASE_URL}/\nNewsroom  {settings.BASE_URL}/admin/\n")
            self.stdout.write("Ctrl-C stops both the web server and the task worker.\n\n")
            self.stdout.flush()
            ended = Supervisor(_commands(listener), keep=[listener.fileno()]).run()
        if ended:
            raise CommandError(f"Stopped: {ended}.")

    def prepare(self) -> None:
        """Brings everything that is made from something else up to date. May run again at any time."""
        call_command("compilemessages", verbosity=0)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if settings.DEMO and not Article.objects.exists():
            self.stdout.write("Filling the demo newsroom ...")
            call_command("demo", stdout=self.stdout)


def _listen(port: int) -> socket.socket:
    """Takes ``port`` before anything else is done. Raises ``CommandError`` if it cannot be had."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        reason = error.strerror
        raise CommandError(f"Port {port} cannot be used ({reason}): choose another with PORT=8001.") from error
    return listener


def _commands(listener: socket.socket) -> dict[str, list[str]]:
    python, base = sys.executable, settings.BASE_DIR
    web = ["-m", "gunicorn", "--chdir", str(base), "--config", str(base / "deploy" / "gunicorn.conf.py")]
    tasks = [str(base / "manage.py"), "db_worker", "--queue-name", "*", "--no-reload"]
    return {
        "The web server": [python, *web, "--bind", f"fd://{listener.fileno()}", "portal.wsgi"],
        "The task worker": [python, *tasks],
    }

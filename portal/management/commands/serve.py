import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lib.supervisor import Supervisor


class Command(BaseCommand):
    help = (
        "Runs the web server, the task worker and the counter of readers together; "
        "they stop on Ctrl-C or SIGTERM, or when one ends."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--prepare", action="store_true", help="First do what the command «prepare» does.")

    def handle(self, *args: Any, prepare: bool, **options: Any) -> None:
        with _listen(settings.PORT) as listener:
            if prepare:
                call_command("prepare", stdout=self.stdout)
            self.stdout.write(f"\nSite      {settings.BASE_URL}/\nNewsroom  {settings.BASE_URL}/admin/\n")
            self.stdout.write("Ctrl-C stops them all: web server, task worker and counter of readers.\n\n")
            self.stdout.flush()
            ended = Supervisor(_commands(listener), keep=[listener.fileno()]).run()
        if ended:
            raise CommandError(f"Stopped: {ended}.")


def _listen(port: int) -> socket.socket:
    """Takes ``port`` before anything else is done. Raises ``CommandError`` if it cannot be had."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise CommandError(f"Port {port}: {error.strerror}. Choose another, such as PORT=8001.") from error
    return listener


def _commands(listener: socket.socket) -> dict[str, list[str]]:
    python, base = sys.executable, settings.BASE_DIR
    web = ["-m", "gunicorn", "--chdir", str(base), "--config", str(base / "deploy" / "gunicorn.conf.py")]
    return {
        "the web server": [python, *web, "--bind", f"fd://{listener.fileno()}"],
        "the task worker": [python, str(base / "manage.py"), "db_worker", "--queue-name", "*", "--no-reload"],
        "the counter of readers": [python, str(base / "manage.py"), "count", "--every", "10", "--verbosity", "0"],
    }

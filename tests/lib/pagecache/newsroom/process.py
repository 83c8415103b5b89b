"""One process of the newsroom, told what to do by lines of JSON: ``["get", ["/story/1/"], {}]``."""

import io
import json
import logging
import os
import sys
import time
import traceback
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import django
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connections

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.lib.pagecache.newsroom.settings"
django.setup()

from lib.pagecache import on_purge  # noqa: E402  # models need the setup above
from lib.pagecache.pages import configured  # noqa: E402
from lib.pagecache.wsgi import PageCacheFront  # noqa: E402
from tests.lib.pagecache.newsroom import changes, pairs, urls  # noqa: E402
from tests.lib.pagecache.newsroom.ledger import Ledger  # noqa: E402


class Newsroom:
    def __init__(self) -> None:
        self.cache = configured()
        self.cache.clock = lambda: time.time() + self.ahead
        self.ahead = 0.0
        self.front = PageCacheFront(get_wsgi_application(), self.cache)
        self.purged: list[str] | None = []
        on_purge(self._purge)
        self.lines = io.StringIO()
        logging.basicConfig(stream=self.lines, level=logging.INFO, force=True)

    def migrate(self) -> None:
        call_command("migrate", run_syncdb=True, verbosity=0)

    def forget(self) -> None:
        """Empties the memory and what the test before left behind."""
        self.cache.memory.clear()
        self.ahead = 0.0
        self.purged = []
        self.lines.truncate(0)
        self.forget_interlude()

    def forget_interlude(self) -> None:
        urls.Interlude.happen = staticmethod(lambda: None)

    def get(self, path: str, headers: dict[str, str], method: str = "GET") -> dict[str, Any]:
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "news.example",
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "news.example",
            "wsgi.url_scheme": "https",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
        }
        environ |= {"HTTP_" + name.upper().replace("-", "_"): value for name, value in headers.items()}
        told: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> None:
            told.update(status=int(status[:3]), headers={name.lower(): value for name, value in headers})

        answer = self.front(environ, start)
        told["body"] = b"".join(answer).decode("latin-1")
        getattr(answer, "close", lambda: None)()
        return told

    def get_while(self, path: str, change: str, *arguments: Any) -> dict[str, Any]:
        """Asks for ``path`` and makes the change in the middle of its rendering."""
        urls.Interlude.happen = staticmethod(lambda: self._beside(change, *arguments))
        return self.get(path, {})

    def change(self, name: str, *arguments: Any) -> Any:
        try:
            return getattr(changes, name)(*arguments)
        finally:
            close_old_connections()

    def found_pairs(self) -> None:
        pairs.found()

    def write_pairs(self, ledger: str, writer: int, writers: int, requests: int) -> int:
        return pairs.write(Ledger(ledger), writer, writers, requests)

    def read_pairs(self, ledger: str, reader: int, requests: int) -> dict[str, int]:
        return pairs.read(self.get, Ledger(ledger), reader, requests)

    def turn_clock(self, seconds: float) -> None:
        self.ahead += seconds

    def was_purged(self) -> list[str] | None:
        return self.purged

    def break_the_purge(self) -> None:
        """From now on the purge hook finds no list to write to."""
        self.purged = None

    def log(self) -> str:
        return self.lines.getvalue()

    def lose_connection(self) -> None:
        """Closes the connection of the version check behind its back, as an unplugged cable does."""
        self.cache.versions.connection.close()

    def get_at_once(self, path: str, readers: int) -> dict[str, Any]:
        """Asks for ``path`` in many threads. Whoever renders waits a moment for the others to do so too."""
        together = Barrier(readers)
        renders, caches = [], []

        def interlude() -> None:
            renders.append(path)
            with suppress(BrokenBarrierError):
                together.wait(timeout=0.2)

        def ask() -> None:
            caches.append(self.get(path, {})["headers"]["x-cache"])
            connections.close_all()

        urls.Interlude.happen = staticmethod(interlude)
        threads = [Thread(target=ask) for _ in range(readers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return {"renders": len(renders), "caches": sorted(caches)}

    def get_in_fork(self, path: str) -> str:
        """Asks for ``path`` in a fork of this process."""
        connections.close_all()
        outlet, inlet = os.pipe()
        if os.fork() == 0:
            os.write(inlet, self.get(path, {})["headers"]["x-cache"].encode())
            os._exit(0)
        os.close(inlet)
        with os.fdopen(outlet) as answer:
            return answer.read()

    def _purge(self, tags: set[str]) -> None:
        assert self.purged is not None
        self.purged += sorted(tags)

    def _beside(self, change: str, *arguments: Any) -> None:
        def run() -> None:
            self.change(change, *arguments)
            connections.close_all()

        thread = Thread(target=run)
        thread.start()
        thread.join()


def main() -> None:
    newsroom = Newsroom()
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        name, arguments = json.loads(line)
        try:
            reply = {"result": getattr(newsroom, name)(*arguments)}
        except Exception:
            reply = {"error": traceback.format_exc()}
        print(json.dumps(reply), file=answers, flush=True)


if __name__ == "__main__":
    main()

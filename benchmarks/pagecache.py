"""What a hit costs: in front of Django, as a middleware, and against rendering the page each time.

    python benchmarks/pagecache.py                                  on SQLite, in a temporary folder
    DATABASE_URL=postgres://… python benchmarks/pagecache.py        on PostgreSQL, in a database of its own

The page has two holes and is asked for by one thread, so the figures compare ways, not machines.
"""

import io
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PATH = "/category/1/"
ROUNDS = 200


def environ(**headers: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": PATH,
        "QUERY_STRING": "",
        "SERVER_NAME": "news.example",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "news.example",
        "HTTP_ACCEPT_ENCODING": "gzip, br",
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    } | headers


def hits(application: Callable[..., Any], **headers: str) -> Callable[[], None]:
    def ask() -> None:
        answer = application(environ(**headers), lambda status, headers: None)
        b"".join(answer)
        getattr(answer, "close", lambda: None)()

    return ask


def medians(calls: int, ways: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """Returns the median microseconds of each way; they take turns, so a busy machine is busy for all."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, act in ways.items():
            start = time.perf_counter()
            for _ in range(calls):
                act()
            times[name].append((time.perf_counter() - start) / calls)
    return {name: median(seconds) * 1_000_000 for name, seconds in times.items()}


def middleware(cache: Any) -> Callable[..., Any]:
    """Returns Django with the same cache asked by a middleware where one would stand: before sessions."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse

    from lib.pagecache import answers
    from lib.pagecache.keys import page_key

    def asks(get_response: Callable[..., Any]) -> Callable[..., Any]:
        def ask(request: Any) -> Any:
            page = cache.find(page_key(request.META["PATH_INFO"], request.META["QUERY_STRING"]))
            _, headers, body = answers.stored(page, request.META, "hit")
            response = HttpResponse(body)
            for name, value in headers:
                response[name] = value
            return response

        return ask

    sys.modules[__name__].asks = asks  # type: ignore[attr-defined]
    before = settings.MIDDLEWARE
    settings.MIDDLEWARE = [*before[:2], f"{__name__}.asks", *before[2:]]
    application = get_wsgi_application()
    settings.MIDDLEWARE = before
    return application


def main() -> None:
    from django.core.wsgi import get_wsgi_application

    from lib.pagecache.pages import configured
    from lib.pagecache.wsgi import PageCacheFront
    from tests.lib.pagecache.newsroom import changes

    changes.found()
    cache = configured()
    django = get_wsgi_application()
    front = PageCacheFront(django, cache)
    hits(front)()
    tags = ["category:1", "ticker"]
    steady = {
        "in front of Django": hits(front),
        "the same, 304": hits(front, HTTP_IF_NONE_MATCH="*"),
        "as a middleware": hits(middleware(cache)),
        "rendered each time": hits(django),
        "asking for versions": lambda: cache.versions.of(tags),
    }
    changing = {
        "(a commit elsewhere)": changes.stamp_elsewhere,
        "asking after a commit": lambda: cache.versions.of(tags),
    }
    rows = medians(20, steady) | medians(1, changing)
    for name, cost in rows.items():
        ratio = cost / rows["in front of Django"]
        print(f"{name:24} {cost:9.1f} µs {1_000_000 / cost:9.0f}/s {ratio:7.2f}")


if __name__ == "__main__":
    from tests.harness.newsroom import new_database

    with tempfile.TemporaryDirectory() as folder, new_database(Path(folder)) as database:
        os.environ |= {
            "NEWSROOM_DIR": folder,
            "NEWSROOM_DATABASE": database.address,
            "DJANGO_SETTINGS_MODULE": "tests.lib.pagecache.newsroom.settings",
        }
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", run_syncdb=True, verbosity=0)
        main()
        connections.close_all()

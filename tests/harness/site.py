"""The site as readers meet it: a real server on a real database, the page cache in front."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.testcases import QuietWSGIRequestHandler
from pytest_django import DjangoDbBlocker, Settings

from lib.pagecache.versions import close_all
from lib.pagecache.wsgi import PageCacheFront


class OneRequestHandler(QuietWSGIRequestHandler):
    """Closes after each answer: a waiting connection would keep its thread, and that its database connection."""

    protocol_version = "HTTP/1.0"


class Server(ThreadedWSGIServer):
    """Ends when all is answered: a browser that closes still sends what was typed, and the database is emptied next."""

    daemon_threads = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lets the tests that run a site read its database as readers do, each from a snapshot of its own."""
    for item in items:
        if "site" in getattr(item, "fixturenames", []):
            item.add_marker(pytest.mark.django_db(transaction=True, databases=["default", "reader"]))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Ends what still holds the test database on PostgreSQL, which otherwise refuses to drop it.

    A thread of a site that has ended leaves its connection to Python's collector of cycles, which comes when it likes.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def site(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """Returns the address of a running site, without a closing slash."""
    cache = {"ENABLED": True, "READER": "reader", "STORE": str(tmp_path / "pages")}
    settings.PAGE_CACHE = settings.PAGE_CACHE | cache
    with Server(("127.0.0.1", 0), OneRequestHandler) as server:
        settings.BASE_URL = f"http://127.0.0.1:{server.server_port}"
        server.set_app(PageCacheFront(get_wsgi_application()))
        serving = Thread(target=server.serve_forever, args=[0.05])
        serving.start()
        yield settings.BASE_URL
        server.shutdown()
        serving.join()
    close_all()

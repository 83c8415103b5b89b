"""The site as readers meet it: a real server on a real database, the page cache in front."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.test.testcases import QuietWSGIRequestHandler
from pytest_django import Settings

from lib.pagecache.wsgi import PageCacheFront


@pytest.fixture
def site(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """Returns the address of a running site, without a closing slash."""
    cache = {"ENABLED": True, "READER": "reader", "STORE": str(tmp_path / "pages")}
    settings.PAGE_CACHE = settings.PAGE_CACHE | cache
    with ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler) as server:
        settings.BASE_URL = f"http://127.0.0.1:{server.server_port}"
        server.set_app(PageCacheFront(get_wsgi_application()))
        serving = Thread(target=server.serve_forever, args=[0.05])
        serving.start()
        yield settings.BASE_URL
        server.shutdown()
        serving.join()

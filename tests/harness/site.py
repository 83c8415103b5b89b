"""The site as readers meet it: a real server on a real database, the page cache on."""

import pytest
from pytest_django.live_server_helper import LiveServer


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """Returns the address of a running site, without a closing slash."""
    return str(live_server.url)

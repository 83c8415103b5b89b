"""The guards of the suite themselves: a guard that never bites is worse than none."""

import socket
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page
from pytest_socket import SocketConnectBlockedError

from tests.harness.browser import Complaints

BEYOND = "192.0.2.1"  # TEST-NET-1 of RFC 5737: belongs to nobody


def test_it_refuses_connections_beyond_this_machine() -> None:
    with (
        socket.socket() as beyond,
        pytest.warns(UserWarning, match=BEYOND),
        pytest.raises(SocketConnectBlockedError),
    ):
        beyond.connect((BEYOND, 80))


def test_it_lets_connections_within_this_machine_through() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())
        assert client.getpeername() == server.getsockname()


def test_it_keeps_the_data_of_tests_apart() -> None:
    assert settings.BASE_DIR not in settings.DATA_DIR.parents


def test_it_notices_a_script_error(page: Page, complaints: Complaints) -> None:
    page.set_content("<script>setTimeout(() => { throw new Error('broken on purpose') })</script>")
    page.wait_for_event("pageerror") if not complaints else None
    complaints.expect("broken on purpose")

"""Requests to other hosts: where they may go, and what comes back."""

import socket
from typing import Any

import pytest

from lib.outbound import PUBLIC, Unreachable, is_public, post


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1",
        "::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "ff02::1", "255.255.255.255",
    ],
)  # fmt: skip
def test_it_knows_what_is_not_the_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.215.14"])
def test_it_knows_what_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address", ["http://hub.example/", "file:///etc/passwd", "//hub.example/", "https://", "gopher://hub.example/", ""]
)
def test_it_speaks_https_and_nothing_else(address: str) -> None:
    with pytest.raises(Unreachable):
        post(address, b"", "text/plain", rules=PUBLIC)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_it_refuses_this_machine(host: str) -> None:
    with pytest.raises(Unreachable, match="not a public address"):
        post(f"https://{host}/", b"", "text/plain")


def test_it_refuses_a_name_that_leads_inside_even_among_others(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in ("93.184.215.14", "10.0.0.1")]

    def resolve(*args: Any, **kwargs: Any) -> Any:
        return found

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(Unreachable, match="not a public address"):
        post("https://hub.example/", b"", "text/plain")


@pytest.mark.parametrize(
    "address", [f"https://{'a' * 64}.example/", "https://hub..example/", "https://hub.example:99999/", "https://[/"]
)
def test_it_says_so_where_an_address_leads_nowhere(address: str) -> None:
    with pytest.raises(Unreachable):
        post(address, b"", "text/plain")

"""Whose address counts, and what is kept of it."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from lib.visitors import address_hash, address_of

VISITOR = "203.0.113.7"


def asked_from(peer: str, forwarded: str = "") -> str:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return address_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer))


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "address"),
    [
        (0, VISITOR, "", VISITOR),
        (0, VISITOR, "198.51.100.1", VISITOR),  # whoever comes straight may write what they like
        (0, "127.0.0.1", f"198.51.100.1, {VISITOR}", VISITOR),
        (0, "", VISITOR, VISITOR),
        (0, "127.0.0.1", "", "127.0.0.1"),
        (2, "192.0.2.9", f"198.51.100.1, {VISITOR}, 192.0.2.1", VISITOR),
        (2, "192.0.2.9", VISITOR, "192.0.2.9"),  # fewer than there must be
        (1, "192.0.2.9", "unknown", ""),
        (1, "192.0.2.9", "\x00", ""),
        (0, "", "", ""),
    ],
)
def test_it_knows_whom_to_believe(settings: Settings, proxies: int, peer: str, forwarded: str, address: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    assert asked_from(peer, forwarded) == address


def test_it_keeps_a_hash_that_tells_nothing() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=VISITOR)
    mark = address_hash(request, "comments")
    assert len(mark) == 32
    assert mark == address_hash(request, "comments")
    assert mark != address_hash(request, "ads")


def test_it_depends_on_the_secret_of_the_site(settings: Settings) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=VISITOR)
    before = address_hash(request, "comments")
    settings.SECRET_KEY = "another"
    assert address_hash(request, "comments") != before


@pytest.mark.parametrize(("other", "same"), [("2001:db8:1:2::ffff", True), ("2001:db8:1:3::1", False)])
def test_it_takes_a_network_of_ipv6_for_one_visitor(other: str, same: bool) -> None:
    marks = {
        address_hash(RequestFactory().get("/", REMOTE_ADDR=each), "comments") for each in ("2001:db8:1:2::1", other)
    }
    assert (len(marks) == 1) == same


def test_it_has_no_hash_for_nobody() -> None:
    assert address_hash(RequestFactory().get("/", REMOTE_ADDR=""), "comments") == ""

"""The throttle: how often an address may ask, across processes, whatever stands in its file."""

import subprocess
import sys
from itertools import accumulate
from pathlib import Path
from secrets import token_hex

import pytest
from django.conf import settings as django_settings
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from lib.throttle import Throttle

NOW = 1_800_000_000.0
THREE = Throttle("test", times=3, seconds=60)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.THROTTLE_DIR = tmp_path / "throttle"
    return Path(settings.THROTTLE_DIR)


def ask(now: float = NOW, address: str = "203.0.113.5", throttle: Throttle = THREE) -> int:
    return throttle.wait(RequestFactory().get("/", REMOTE_ADDR=address), now)


def test_it_allows_so_many_and_says_when_the_next_may_come() -> None:
    assert [ask() for _ in range(5)] == [0, 0, 0, 20, 20]
    assert ask(NOW + 5) == 15


def test_it_allows_again_what_wore_off() -> None:
    for _ in range(4):
        ask()
    assert [ask(NOW + 20), ask(NOW + 20)] == [0, 20]
    assert [ask(NOW + 600) for _ in range(4)] == [0, 0, 0, 20]


def test_it_counts_each_address_and_each_throttle_by_itself() -> None:
    for _ in range(4):
        ask()
    assert ask(address="203.0.113.6") == ask(throttle=Throttle("other", times=3)) == 0


def test_it_takes_a_network_of_ipv6_for_one_visitor() -> None:
    assert [ask(address=f"2001:db8::{n}") for n in range(1, 5)] == [0, 0, 0, 20]


def test_it_lets_through_whom_it_cannot_tell_apart() -> None:
    assert [ask(address="") for _ in range(9)] == [0] * 9


def test_it_forgives_a_clock_that_was_set_back() -> None:
    for _ in range(3):
        ask(NOW + 86_400)
    assert ask(NOW) == 0


def test_it_shares_its_counts_with_other_processes(folder: Path) -> None:
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'portal.settings'; django.setup()\n"
        "from django.conf import settings; from django.test import RequestFactory; from lib.throttle import Throttle\n"
        f"settings.THROTTLE_DIR, settings.SECRET_KEY = {str(folder)!r}, sys.argv[1]\n"
        f"print(Throttle('test', 3).wait(RequestFactory().get('/', REMOTE_ADDR='203.0.113.5'), {NOW}))"
    )
    ask()
    for expected in ("0", "0", "20"):
        ran = subprocess.run([sys.executable, "-c", code, django_settings.SECRET_KEY], capture_output=True, check=True)
        assert ran.stdout.decode().strip() == expected


def test_it_stays_open_when_the_disk_does_not_take_it(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder.write_text("a file, not a folder")
    assert [ask() for _ in range(5)] == [0] * 5
    assert "not counted" in caplog.text


def test_it_may_be_switched_off() -> None:
    assert [ask(throttle=Throttle("off", times=0)) for _ in range(9)] == [0] * 9


@given(garbage=st.binary(max_size=64))
def test_it_works_on_whatever_stands_in_its_file(garbage: bytes) -> None:
    throttle = Throttle(token_hex(8), times=3)
    assert ask(throttle=throttle) == 0
    (Path(django_settings.THROTTLE_DIR) / throttle.name).write_bytes(garbage * 10_000)
    assert all(0 <= ask(throttle=throttle) <= 60 for _ in range(4))


@given(st.lists(st.floats(min_value=0, max_value=30), max_size=60))
def test_it_never_allows_more_than_its_rate(pauses: list[float]) -> None:
    throttle = Throttle(token_hex(8), times=3)
    moments = list(accumulate(pauses, initial=NOW))
    allowed = [moment for moment in moments if ask(moment, throttle=throttle) == 0]
    for start in allowed:
        assert sum(start <= moment < start + 20 for moment in allowed) <= 3 + 1

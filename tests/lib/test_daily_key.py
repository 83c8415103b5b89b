"""The key of the day: one for all processes, gone when the day is over."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lib import daily_key
from lib.daily_key import forget_keys

TODAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 23)
OTHER = (
    "import sys; from datetime import date; from pathlib import Path; from lib.daily_key import daily_key; print({})"
)


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """A process that has asked for no key yet."""
    daily_key._key.cache_clear()
    yield
    daily_key._key.cache_clear()


def test_it_is_the_same_in_processes_that_start_together(tmp_path: Path) -> None:
    script = OTHER.format("daily_key(Path(sys.argv[1]), date(2026, 11, 22)).hex()")
    command = [sys.executable, "-c", script, str(tmp_path / "new")]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    keys = {process.communicate()[0].strip() for process in processes}
    assert len(keys) == 1
    assert len(keys.pop()) == 64


def test_it_changes_with_the_day_and_leaves_nothing(tmp_path: Path) -> None:
    first, second = daily_key.daily_key(tmp_path, TODAY), daily_key.daily_key(tmp_path, TOMORROW)
    assert first != second
    assert [path.name for path in tmp_path.iterdir()] == ["2026-11-23.key"]


def test_it_is_readable_to_its_owner_alone(tmp_path: Path) -> None:
    daily_key.daily_key(tmp_path, TODAY)
    assert (tmp_path / "2026-11-22.key").stat().st_mode & 0o077 == 0


def test_it_does_not_take_the_new_key_from_those_who_are_on_the_day_before(tmp_path: Path) -> None:
    daily_key.daily_key(tmp_path, TOMORROW)
    forget_keys(tmp_path, TODAY)
    assert (tmp_path / "2026-11-23.key").exists()

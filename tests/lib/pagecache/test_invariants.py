"""The promise of the page cache, tried by processes against each other. `make trial` does it at full volume."""

from collections.abc import Callable
from pathlib import Path

from tests.harness.newsroom import Process
from tests.lib.pagecache.invariants import read_while_others_write


def test_it_shows_no_older_state_and_mixes_no_two(start: Callable[..., Process], tmp_path: Path) -> None:
    seen = read_while_others_write(start, tmp_path, writers=2, readers=2, requests=250)
    assert (seen["older"], seen["mixed"]) == (0, 0)
    assert seen["hit"] > 0
    assert seen["miss"] > 0

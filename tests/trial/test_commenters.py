"""A crowd in one thread at full volume, on the database of DATABASE_URL or SQLite."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.harness.newsroom import new_database

ROOT = Path(__file__).resolve().parents[2]
Environment = dict[str, str]


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[Environment]:
    with new_database(tmp_path) as database:
        yield os.environ | {"DATABASE_URL": database.address, "PORTAL_DATA_DIR": str(tmp_path), "PORTAL_DEBUG": "1"}


def start(environment: Environment, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.harness.commenters", *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def answer(process: subprocess.Popen[str]) -> Any:
    return json.loads(process.communicate()[0])


@pytest.mark.parametrize(("readers", "replies"), [(8, 25), (12, 50)])
def test_it_takes_and_shows_every_reply_of_a_crowd(environment: Environment, readers: int, replies: int) -> None:
    article = answer(start(environment, "open"))
    writers = [start(environment, "write", article, reader, replies) for reader in range(readers)]
    moderator = start(environment, "approve", article)
    assert [answer(writer) for writer in writers] == [{"303": replies}] * readers
    moderator.communicate()
    answer(start(environment, "approve", article))
    everything = 1 + readers * replies
    counted = answer(start(environment, "count", article))
    assert counted == {"stored": everything, "shown": everything, "twice": 0, "late": 0}

"""The spool: what is appended is there, once, whoever is killed meanwhile."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from lib.spool import Batch, Spool

WRITER = """
import sys
from pathlib import Path
from lib.spool import Spool
spool = Spool(Path(sys.argv[1]), batch_bytes=4096)
for number in range(int(sys.argv[3])):
    spool.append({"writer": sys.argv[2], "number": number})
    print(number, flush=True)
"""


def start(folder: Path, writer: int, records: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(folder), str(writer), str(records)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def drained(spool: Spool) -> list[tuple[str, int]]:
    """Reads and deletes what there is, as a reader of the spool does."""
    found = []
    for batch in spool.batches():
        found += [(record["writer"], record["number"]) for record in batch.records()]
        batch.delete()
    return found


def test_it_gives_back_what_was_appended_in_order(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    for text in ("один", "two\nlines", "\0"):
        spool.append({"text": text})
    [batch] = spool.batches()
    assert [record["text"] for record in batch.records()] == ["один", "two\nlines", "\0"]


def test_it_keeps_a_batch_until_it_is_deleted(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.append({})
    [batch] = spool.batches()
    assert spool.batches() == [batch]
    batch.delete()
    assert Spool(tmp_path).batches() == []


def test_it_closes_a_batch_that_is_full(tmp_path: Path) -> None:
    spool = Spool(tmp_path, batch_bytes=100)
    for number in range(10):
        spool.append({"number": number, "text": "x" * 40})
    numbers = [record["number"] for batch in spool.batches() for record in batch.records()]
    assert numbers == list(range(10))
    assert len(list(tmp_path.glob("*.batch"))) > 3


def test_it_ends_a_line_that_was_cut_off(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.append({"number": 1})
    with (tmp_path / "current").open("ab") as file:
        file.write(b'{"number": 2, "te')
    spool.append({"number": 3})
    [batch] = spool.batches()
    assert [record["number"] for record in batch.records()] == [1, 3]


def test_it_loses_and_doubles_nothing_of_eight_writers(tmp_path: Path) -> None:
    writers = [start(tmp_path, writer, 300) for writer in range(8)]
    spool, found = Spool(tmp_path), Counter[tuple[str, int]]()
    while any(writer.poll() is None for writer in writers):
        found.update(drained(spool))
    for writer in writers:
        writer.communicate()
    found.update(drained(spool))
    assert found == Counter((str(writer), number) for writer in range(8) for number in range(300))


def test_it_keeps_what_was_appended_before_a_kill(tmp_path: Path) -> None:
    writers = [start(tmp_path, writer, 1_000_000) for writer in range(3)]
    acknowledged = []
    for name, writer in enumerate(writers):
        assert writer.stdout
        acknowledged += [(str(name), int(writer.stdout.readline())) for _ in range(100)]
    for writer in writers:
        os.kill(writer.pid, signal.SIGKILL)
        writer.communicate()
    found = drained(Spool(tmp_path))
    assert set(acknowledged) <= set(found)
    assert len(found) == len(set(found))


def test_it_goes_on_when_whoever_drains_is_killed(tmp_path: Path) -> None:
    script = "import os, sys; from pathlib import Path; from lib.spool import Spool; " + (
        "Spool(Path(sys.argv[1])).batches(); os.kill(os.getpid(), 9)"
    )
    Spool(tmp_path).append({"writer": "a", "number": 1})
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    Spool(tmp_path).append({"writer": "a", "number": 2})
    assert drained(Spool(tmp_path)) == [("a", 1), ("a", 2)]


def test_it_names_no_two_batches_alike(tmp_path: Path) -> None:
    names = set()
    for number in range(20):
        Spool(tmp_path).append({"number": number})
        names |= {batch.name for batch in Spool(tmp_path).batches()}
    assert len(names) == 20


@pytest.mark.parametrize("line", ["", "{", "1", "null"])
def test_it_leaves_out_what_is_no_record(tmp_path: Path, line: str) -> None:
    path = tmp_path / "x.batch"
    path.write_text(f"{line}\n{json.dumps({'number': 1})}\n")
    assert list(Batch(path).records()) == [{"number": 1}]

"""Where pages are kept: what comes out is what went in, or nothing."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.pagecache.entries import Entry, unpack
from lib.pagecache.rendering import Hole
from lib.pagecache.stores import DirectoryStore, Memory, RedisStore, Store
from tests.harness.newsroom import Process

MEGABYTE = 1024 * 1024
STORES = ["directory", *(["redis"] if "REDIS_URL" in os.environ else [])]

holes = st.builds(Hole, st.text(), st.lists(st.text()).map(tuple), st.sampled_from(["ru", "en"]))
entries = st.builds(
    Entry,
    segments=st.lists(st.binary(), min_size=1),
    versions=st.dictionaries(st.text(), st.integers(0, 2**62 - 1)),
    stored_at=st.floats(0, 2**40),
    changes_at=st.none() | st.floats(0, 2**40),
    holes=st.lists(holes),
    headers=st.lists(st.tuples(st.text(), st.text())),
)


def entry(size: int = 10) -> Entry:
    return Entry([b"x" * size], {"story:1": 7}, stored_at=1.0)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "redis":
        return RedisStore(os.environ["REDIS_URL"], release=str(tmp_path))
    return DirectoryStore(tmp_path / "pages", "release", MEGABYTE)


@given(entries)
def test_it_unpacks_what_it_packed(entry: Entry) -> None:
    assert unpack(entry.packed()) == entry


@given(entries, st.data())
def test_it_refuses_an_entry_with_a_changed_byte(entry: Entry, data: st.DataObject) -> None:
    packed = bytearray(entry.packed())
    packed[data.draw(st.integers(0, len(packed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(ValueError, match="damaged"):
        unpack(bytes(packed))


@given(entries, st.data())
def test_it_refuses_an_entry_that_was_cut_off(entry: Entry, data: st.DataObject) -> None:
    packed = entry.packed()
    with pytest.raises(ValueError, match="damaged"):
        unpack(packed[: data.draw(st.integers(0, len(packed) - 1))])


def test_it_gives_back_what_was_stored(store: Store) -> None:
    store.put("page\0one", entry())
    assert store.get("page\0one") == entry()
    assert store.get("page\0other") is None


def test_it_replaces_what_was_stored_before(store: Store) -> None:
    store.put("page\0one", entry(10))
    store.put("page\0one", entry(20))
    assert store.get("page\0one") == entry(20)


def test_it_locks_again_and_again(store: Store) -> None:
    for _ in range(2):
        with store.lock("page\0one"), store.lock("hole\0one"):
            store.put("page\0one", entry())
    assert store.get("page\0one") == entry()


def test_it_gives_no_page_of_another_release(tmp_path: Path) -> None:
    DirectoryStore(tmp_path, "old", MEGABYTE).put("page\0one", entry())
    assert DirectoryStore(tmp_path, "new", MEGABYTE).get("page\0one") is None


def test_it_gives_nothing_for_a_damaged_file(newsroom: Process) -> None:
    newsroom.get("/story/1/")
    newsroom.tell("forget")
    for file in (newsroom.folder / "pages").glob("*[0-9a-f]"):
        file.write_bytes(file.read_bytes()[:-1])
    assert newsroom.get("/story/1/").cache == "miss"


def test_it_outlives_the_loss_of_its_folder(newsroom: Process) -> None:
    newsroom.get("/story/1/")
    shutil.rmtree(newsroom.folder / "pages")
    assert newsroom.get("/story/1/").cache == "hit"
    assert newsroom.get("/category/1/").cache == "miss"


def test_it_goes_without_a_store_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("a file, not a folder")
    store = DirectoryStore(tmp_path / "pages", "release", MEGABYTE)
    with store.lock("page\0one"):
        store.put("page\0one", entry())
    assert store.get("page\0one") is None


def test_it_goes_without_a_redis_that_is_away() -> None:
    store = RedisStore("redis://127.0.0.1:1", "release")
    with store.lock("page\0one"):
        store.put("page\0one", entry())
    assert store.get("page\0one") is None


def test_it_drops_the_oldest_files_when_the_folder_is_full(tmp_path: Path) -> None:
    store = DirectoryStore(tmp_path, "release", limit=3 * len(entry().packed()))
    for number in range(5):
        store.put(f"page\0{number}", entry())
        os.utime(store.path(f"page\0{number}"), (number, number))
    store.sweep()
    assert [number for number in range(5) if store.get(f"page\0{number}")] == [2, 3, 4]


def test_it_sweeps_while_another_process_moves_a_file_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = DirectoryStore(tmp_path, "release", limit=0)
    store.put("page\0one", entry())
    there = list(tmp_path.iterdir())
    monkeypatch.setattr(Path, "iterdir", lambda folder: iter([folder / "moved away", *there]))
    store.sweep()
    assert store.get("page\0one") is None


def test_it_sweeps_by_itself_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lib.pagecache.stores.PUTS_BETWEEN_SWEEPS", 3)
    store = DirectoryStore(tmp_path, "release", limit=0)
    for number in range(3):
        store.put(f"page\0{number}", entry())
    assert not [file for file in tmp_path.iterdir() if file.is_file()]


def test_it_keeps_in_memory_what_was_used_last() -> None:
    memory = Memory(limit=2 * entry().size)
    memory.put("one", entry())
    memory.put("two", entry())
    memory.get("one")
    memory.put("three", entry())
    assert [key for key in ("one", "two", "three") if memory.get(key)] == ["one", "three"]


def test_it_counts_a_replaced_entry_once() -> None:
    memory = Memory(limit=MEGABYTE)
    for _ in range(3):
        memory.put("one", entry())
    assert memory.size == entry().size

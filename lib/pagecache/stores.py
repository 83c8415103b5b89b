"""Where entries live: in the memory of a process, and in a store that all processes share.

The shared store is not the database, so pages remain when the database is away. A store that fails is
a store that has nothing: the page is rendered.
"""

import fcntl
import logging
import os
import secrets
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import redis
from redis.lock import Lock as RedisLock

from lib.pagecache.entries import Entry, unpack

logger = logging.getLogger(__name__)

DAY = 86_400
LOCKS = 1_024
PUTS_BETWEEN_SWEEPS = 500
LONGEST_RENDER = 30  # seconds; a lock in Redis outlives a dead process by no more


class Store(Protocol):
    def get(self, key: str) -> Entry | None: ...
    def put(self, key: str, entry: Entry) -> None: ...
    def lock(self, key: str) -> AbstractContextManager[Any]:
        """Held by the one process or thread that renders ``key``; the others wait for it."""
        ...


class Memory:
    """The entries used last, up to ``limit`` bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Entry | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.size = 0

    def put(self, key: str, entry: Entry) -> None:
        with self._lock:
            if old := self._entries.pop(key, None):
                self.size -= old.size
            self._entries[key] = entry
            self.size += entry.size
            while self.size > self.limit:
                self.size -= self._entries.popitem(last=False)[1].size


class DirectoryStore:
    """One file per entry, each written beside its place and moved there in one step."""

    def __init__(self, folder: Path, release: str, limit: int) -> None:
        self.folder = folder
        self.limit = limit
        self._release = release
        self._puts = 0
        self._locks = folder / "locks"

    def get(self, key: str) -> Entry | None:
        try:
            return unpack(self.path(key).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            logger.warning("An entry of the page cache cannot be read: %s", error)
            return None

    def put(self, key: str, entry: Entry) -> None:
        path = self.path(key)
        new = path.with_suffix(f".{secrets.token_hex(8)}.new")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(entry.packed())
            new.replace(path)
            self._puts += 1
            if self._puts % PUTS_BETWEEN_SWEEPS == 0:
                self.sweep()
        except OSError as error:
            logger.warning("The page cache cannot write: %s", error)

    @contextmanager
    def lock(self, key: str) -> Iterator[None]:
        family = key.partition("\0")[0]  # who holds the lock of a page may wait for that of a hole
        name = f"{family}-{int(_digest(key)[:8], 16) % LOCKS}"
        with ExitStack() as stack:
            try:
                self._locks.mkdir(parents=True, exist_ok=True)
                file = stack.enter_context((self._locks / name).open("wb"))
                fcntl.flock(file, fcntl.LOCK_EX)
            except OSError as error:
                logger.warning("The page cache cannot lock: %s", error)
            yield

    def sweep(self) -> None:
        """Deletes what was written longest ago while the folder holds more than ``limit`` bytes."""
        written = sorted(self._files(), key=lambda file: file[1].st_mtime)
        size = sum(stat.st_size for _, stat in written)
        for path, stat in written:
            if size <= self.limit:
                break
            size -= stat.st_size
            path.unlink(missing_ok=True)

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path in self.folder.iterdir():
            with suppress(FileNotFoundError):  # another process moves and sweeps here too
                if path.is_file():
                    yield path, path.stat()

    def path(self, key: str) -> Path:
        """Returns the file of ``key``, which need not be there."""
        return self.folder / _digest(f"{self._release}\0{key}")


class RedisStore:
    """Entries in Redis for a day each; how much it may hold is Redis' own ``maxmemory``."""

    def __init__(self, url: str, release: str) -> None:
        self._client = redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
        self._release = release

    def get(self, key: str) -> Entry | None:
        try:
            data = self._client.get(self._name(key))
            return unpack(data) if isinstance(data, bytes) else None
        except (redis.RedisError, ValueError, KeyError, TypeError) as error:
            logger.warning("An entry of the page cache cannot be read: %s", error)
            return None

    def put(self, key: str, entry: Entry) -> None:
        try:
            self._client.set(self._name(key), entry.packed(), ex=DAY)
        except redis.RedisError as error:
            logger.warning("The page cache cannot write: %s", error)

    @contextmanager
    def lock(self, key: str) -> Iterator[None]:
        lock = self._client.lock(
            f"{self._name(key)}:lock", timeout=LONGEST_RENDER, sleep=0.01, blocking_timeout=LONGEST_RENDER
        )
        with ExitStack() as stack:
            with suppress(redis.RedisError):
                lock.acquire()
                stack.callback(_release, lock)
            yield

    def _name(self, key: str) -> str:
        return "page:" + _digest(f"{self._release}\0{key}")


def _digest(key: str) -> str:
    return sha256(key.encode(errors="surrogateescape")).hexdigest()


def _release(lock: RedisLock) -> None:
    with suppress(redis.RedisError):  # its time ran out, or Redis is gone: nothing to release
        lock.release()

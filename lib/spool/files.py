"""The files of a spool: what many processes append and one drains later. A kill loses nothing that was appended.

Each record is one line, written by one ``write`` to a file opened with O_APPEND, so the lines of processes never
mix. Writers share a lock on the file; whoever closes it takes the lock alone, renames it, and so makes a batch
that never changes again. A writer that opened the file before sees that it has another name and opens the new one.

A batch stands until it is deleted, so one that was read may be read again after a crash: ``drain`` counts it once.
The folder must be on a local disk. The loss of power may take the last second: nothing waits for the disk.
"""

import errno
import fcntl
import json
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

logger = logging.getLogger(__name__)

BATCH_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class Batch:
    """A closed part of a spool. Its name is its own for ever."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    def records(self) -> Iterator[dict[str, Any]]:
        """Yields the records in the order of writing; a line that a full disk cut off is left out."""
        for line in self.path.read_bytes().splitlines():
            try:
                record = json.loads(line) if line else None
            except ValueError:
                logger.warning("%s has a damaged line of %d bytes.", self.path, len(line))
                continue
            if isinstance(record, dict):
                yield record

    def delete(self) -> None:
        self.path.unlink(missing_ok=True)


class Spool:
    def __init__(self, folder: Path, batch_bytes: int = BATCH_BYTES) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._batch_bytes = folder, batch_bytes
        self._current = folder / "current"

    def append(self, record: dict[str, Any]) -> None:
        """Writes a record of JSON values. Raises OSError if the disk does not take it whole."""
        # The line feed in front ends a line that a full disk may have cut off.
        line = b"\n" + json.dumps(record, separators=(",", ":")).encode() + b"\n"
        with self._open(fcntl.LOCK_SH) as file:
            if os.write(file, line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._current))
            is_full = os.fstat(file).st_size >= self._batch_bytes
        if is_full:
            self._close()

    def batches(self) -> list[Batch]:
        """Closes what was appended so far and returns every batch that is not deleted, the oldest first."""
        self._close()
        return [Batch(path) for path in sorted(self._folder.glob("*.batch"))]

    def _close(self) -> None:
        with self._open(fcntl.LOCK_EX) as file:
            if os.fstat(file).st_size:
                self._current.rename(self._folder / f"{time.time_ns():020}-{token_hex(8)}.batch")

    @contextmanager
    def _open(self, lock: int) -> Iterator[int]:
        """Opens the current file and holds ``lock`` on it. Each time anew: a lock belongs to one opening."""
        while True:
            file = os.open(self._current, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
            try:
                fcntl.flock(file, lock)
                if self._is_current(file):
                    yield file
                    return
            finally:
                os.close(file)

    def _is_current(self, file: int) -> bool:
        try:
            return os.path.samestat(os.fstat(file), self._current.stat())
        except FileNotFoundError:
            return False

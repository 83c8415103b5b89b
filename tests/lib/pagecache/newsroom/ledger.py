"""What was acknowledged, known to all processes at once: a file of numbers mapped into their memory."""

import mmap
from pathlib import Path

PAIRS = 32
READERS = 32


class Ledger:
    def __init__(self, path: str) -> None:
        with Path(path).open("r+b") as file:
            self._numbers = memoryview(mmap.mmap(file.fileno(), 0)).cast("q")

    @classmethod
    def create(cls, path: Path) -> "Ledger":
        path.write_bytes(bytes(8 * (PAIRS + READERS)))
        return cls(str(path))

    def acknowledge(self, pair: int, state: int) -> None:
        self._numbers[pair] = state

    def acknowledged(self) -> list[int]:
        """Returns for every pair the newest state whose commit had returned."""
        return list(self._numbers[:PAIRS])

    def finish(self, reader: int) -> None:
        self._numbers[PAIRS + reader] = 1

    def finished(self) -> int:
        """Returns how many readers have read all they wanted."""
        return sum(self._numbers[PAIRS:])

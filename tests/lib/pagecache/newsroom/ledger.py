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

    def count(self, reader: int, requests: int) -> None:
        """Notes how many requests of ``reader`` have been answered."""
        self._numbers[PAIRS + reader] = requests

    def requests(self) -> int:
        """Returns how many requests of all readers have been answered."""
        return sum(self._numbers[PAIRS:])

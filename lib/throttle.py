"""How often an address may ask for what is dear, counted across the processes of one machine without a server.

The counts stand in a file of fixed size that every process maps into its memory, so neither a request nor a flood
writes to the database or fills a disk. What is remembered of an address is one moment (the generic cell rate
algorithm): the time at which it will have used up nothing. An address has its place by its keyed hash; two that
meet in one place share their limit, which with 65,536 places few ever do.

Requests that arrive within the same microseconds may count as one: nothing waits for a lock here.
"""

import logging
import mmap
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from lib.visitors import address_hash

logger = logging.getLogger(__name__)

PLACES = 65_536
_MOMENT = struct.Struct("<d")
_SIZE = PLACES * _MOMENT.size


@dataclass(frozen=True)
class Throttle:
    """Allows each address ``times`` requests in ``seconds``, at once or spread out; 0 is no limit."""

    name: str
    times: int
    seconds: float = 60

    def wait(self, request: HttpRequest, now: float) -> int:
        """Counts a request at ``now`` (seconds since 1970); returns 0, or the whole seconds until the next may come.

        What is refused is not counted. An address that is not known is let through, and so is everyone while
        the file cannot be used: better dear than closed.
        """
        visitor = address_hash(request, f"throttle.{self.name}")
        if not (visitor and self.times):
            return 0
        try:
            with self._places() as places:
                return self._count(places, int(visitor[:8], 16) % PLACES * _MOMENT.size, now)
        except (OSError, ValueError):
            logger.exception("Requests are not counted: %s", self._path)
            return 0

    def _count(self, places: mmap.mmap, at: int, now: float) -> int:
        each = self.seconds / self.times
        used_until: float = _MOMENT.unpack_from(places, at)[0]
        if not now <= used_until <= now + self.seconds:  # long ago, or the clock was set back
            used_until = now
        excess = used_until + each - now - self.seconds
        if excess > each / 1000:
            return ceil(excess)
        _MOMENT.pack_into(places, at, used_until + each)
        return 0

    @property
    def _path(self) -> Path:
        return Path(settings.THROTTLE_DIR) / self.name

    @contextmanager
    def _places(self) -> Iterator[mmap.mmap]:
        """Maps the file, which is made if need be. Each time anew: that takes 20 µs and survives a fork."""
        file = self._open()
        try:
            if os.fstat(file).st_size < _SIZE:
                os.ftruncate(file, _SIZE)
            with mmap.mmap(file, _SIZE) as places:
                yield places
        finally:
            os.close(file)

    def _open(self) -> int:
        try:
            return os.open(self._path, os.O_RDWR | os.O_CREAT, 0o640)
        except FileNotFoundError:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return os.open(self._path, os.O_RDWR | os.O_CREAT, 0o640)

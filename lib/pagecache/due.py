"""Changes that come true at a moment: whoever asks for a page first after it carries them out, so no job has to run.

``carry_out_when_due`` names them. Each process knows the next moment, and by the version of one tag whether that is
still right: a hit asks for it along with the versions of its page.
"""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock

from django.db import InterfaceError, OperationalError, close_old_connections

from lib.pagecache.routing import in_snapshot
from lib.pagecache.stamps import stamp
from lib.pagecache.versions import DatabaseAway, Versions

logger = logging.getLogger(__name__)

TAG = "due"
PATIENCE = 60
"""Seconds until a change that failed is tried again, by each process."""

NextMoment = Callable[[], datetime | None]
CarryOut = Callable[[datetime], object]

_planned: list[tuple[NextMoment, CarryOut]] = []


def carry_out_when_due(next_moment: NextMoment, carry_out: CarryOut) -> None:
    """Has ``carry_out(now)`` called before a request is answered that comes at ``next_moment()`` or later.

    It may be called by several threads and processes at once, and must return only when what was due is committed.
    Whoever changes the next moment calls ``stamp_due`` in the same transaction.
    """
    _planned.append((next_moment, carry_out))


def stamp_due() -> None:
    """Says that another change is planned, or one is planned no more. No page is out of date by that alone."""
    stamp(TAG)


class Due:
    """What one process knows of the next change by the clock."""

    def __init__(self, versions: Versions, clock: Callable[[], float]) -> None:
        self._versions, self._clock = versions, clock
        self._known: int | None = None
        self._next: float | None = None
        self._lock = Lock()

    def settle(self, version: int | None = None) -> bool:
        """Carries out what is due by now; returns whether there was anything.

        ``version`` is the present one of ``TAG``, if it is known. Raises ``DatabaseAway``.
        """
        if not _planned or in_snapshot():
            return False
        acted = False
        while self._is_due(self._version() if version is None else version):
            acted, version = True, None
            self._carry_out()
        return acted

    def _version(self) -> int:
        return self._versions.of({TAG})[TAG]

    def _is_due(self, version: int) -> bool:
        with self._lock:
            if version != self._known:
                self._next, self._known = _ask_for_next(), version
            return self._next is not None and self._next <= self._clock()

    def _carry_out(self) -> None:
        now = datetime.fromtimestamp(self._clock(), UTC)
        try:
            for _next_moment, carry_out in _planned:
                carry_out(now)
        except (OperationalError, InterfaceError) as error:
            raise DatabaseAway(str(error)) from error
        except Exception:
            logger.exception("What is due cannot be carried out; it is tried again in %d seconds.", PATIENCE)
            with self._lock:
                self._next = self._clock() + PATIENCE


def _ask_for_next() -> float | None:
    close_old_connections()  # a hit has no Django request around it that would
    try:
        moments = [moment for next_moment, _carry_out in _planned if (moment := next_moment())]
    except (OperationalError, InterfaceError) as error:
        raise DatabaseAway(str(error)) from error
    return min(moments).timestamp() if moments else None

"""The page cache itself: finds pages that are current and renders those that are not, one at a time.

It knows nothing of headers (``answers.py``) and servers (``wsgi.py``). Time comes in as a clock.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, close_old_connections, connections

from lib.pagecache import due
from lib.pagecache.entries import Entry
from lib.pagecache.holes import render_hole
from lib.pagecache.release import release
from lib.pagecache.rendering import Hole, Render, rendering
from lib.pagecache.routing import read_versions, snapshot
from lib.pagecache.stores import DAY, DirectoryStore, Memory, RedisStore, Store
from lib.pagecache.versions import DatabaseAway, Versions, versions_of_default

logger = logging.getLogger(__name__)

ATTEMPTS = 3
LOST = (OperationalError, InterfaceError, DatabaseAway)


@dataclass
class Page:
    """A page with what fills its holes: all of one state of the database, unless it is stale."""

    entry: Entry
    fragments: list[Entry]
    stale: bool = False

    @property
    def parts(self) -> list[Entry]:
        return [self.entry, *self.fragments]


class PageCache:
    """Pages and fragments, in memory and in a shared store, given out only while they are current."""

    def __init__(
        self, memory: Memory, store: Store, versions: Versions, clock: Callable[[], float] = time.time
    ) -> None:
        self.memory = memory
        self.store = store
        self.versions = versions
        self.clock = clock
        self.due = due.Due(versions, clock)

    def find(self, key: str) -> Page | None:
        """Returns the page under ``key`` as it is now, or ``None`` if it has to be rendered.

        While the database is away that is the last page known, a day old at most and marked stale.
        """
        try:
            return self._remembered(key) or self._gathered(key)
        except DatabaseAway:
            return self.last_known(key)

    def last_known(self, key: str) -> Page | None:
        """Returns the newest page stored under ``key`` in the last day, current or not."""
        entry = self._newest(key)
        if entry is None or self.clock() - entry.stored_at > DAY:
            return None
        empty = Entry([b""], {}, stored_at=entry.stored_at)
        return Page(entry, [self._newest(hole.key) or empty for hole in entry.holes], stale=True)

    def now(self) -> datetime:
        """Returns the present moment as a rendering counts it."""
        return datetime.fromtimestamp(self.clock(), UTC)

    def keep(self, key: str, entry: Entry) -> None:
        """Stores ``entry``, but not what a replica rendered while it was behind the primary."""
        try:
            if _reader_is_replica() and not self._current([entry]):
                return
        except DatabaseAway:
            return
        self.memory.put(key, entry)
        self.store.put(key, entry)

    def fragment_in_snapshot(self, hole: Hole) -> Entry:
        """Returns what fills ``hole`` in the state of the snapshot under way."""
        for shelf in (self.memory, self.store):
            entry = shelf.get(hole.key)
            if entry and not self._outlived(entry) and read_versions(entry.versions) == entry.versions:
                return entry
        return self._rendered(hole)

    def _remembered(self, key: str) -> Page | None:
        """The usual way: everything is in memory and one question tells that all of it is current."""
        entry = self.memory.get(key)
        if entry is None:
            return None
        fragments = [fragment for hole in entry.holes if (fragment := self.memory.get(hole.key))]
        whole = len(fragments) == len(entry.holes)
        page = Page(entry, fragments)
        return page if whole and self._current(page.parts) else None

    def _gathered(self, key: str) -> Page | None:
        """Looks into the shared store and renders fragments, until page and fragments are of one state."""
        for _ in range(ATTEMPTS):
            entry = self._current_entry(key)
            if entry is None:
                return None
            page = Page(entry, [self._fragment(hole) for hole in entry.holes])
            if self._current(page.parts):
                return page
        return None

    def _fragment(self, hole: Hole) -> Entry:
        if entry := self._current_entry(hole.key):
            return entry
        close_old_connections()  # a hit has no Django request around it that would
        with self.store.lock(hole.key):
            if entry := self._current_entry(hole.key):
                return entry
            try:
                with snapshot():
                    return self._rendered(hole)
            except (OperationalError, InterfaceError) as error:
                raise DatabaseAway(str(error)) from error

    def _rendered(self, hole: Hole) -> Entry:
        """Renders ``hole`` in the snapshot under way. One that fails is logged and stays empty."""
        render = Render(self.now())
        try:
            with rendering(render):
                text = render_hole(hole)
        except LOST:
            raise
        except Exception:
            logger.exception("The hole %s cannot be filled.", hole.name)
            return Entry([b""], {}, self.clock())
        entry = self.entry([text.encode()], render, read_versions(render.tags))
        if render.storable:
            self.keep(hole.key, entry)
        return entry

    def entry(self, segments: list[bytes], render: Render, versions: dict[str, int]) -> Entry:
        moment = render.changes_at
        return Entry(segments, versions, self.clock(), moment.timestamp() if moment else None)

    def _current_entry(self, key: str) -> Entry | None:
        entry = self.memory.get(key)
        if entry and self._current([entry]):
            return entry
        entry = self.store.get(key)
        if entry and self._current([entry]):
            self.memory.put(key, entry)
            return entry
        return None

    def _current(self, entries: Sequence[Entry]) -> bool:
        """Tells whether all ``entries`` show one state of the database: the present one."""
        if any(self._outlived(entry) for entry in entries):
            return False
        tags = {tag for entry in entries for tag in entry.versions}
        versions = self.versions.of({due.TAG, *tags})
        if self.due.settle(versions[due.TAG]):
            versions = self.versions.of(tags)
        return all(entry.versions.items() <= versions.items() for entry in entries)

    def _outlived(self, entry: Entry) -> bool:
        return entry.changes_at is not None and entry.changes_at <= self.clock()

    def _newest(self, key: str) -> Entry | None:
        known = [entry for shelf in (self.memory, self.store) if (entry := shelf.get(key))]
        return max(known, key=lambda entry: entry.stored_at, default=None)


def configured() -> PageCache:
    """Returns a page cache as the settings have it (``PAGE_CACHE``)."""
    options = settings.PAGE_CACHE
    name = release(options["SOURCES"])
    store: Store
    if options["STORE"].startswith(("redis://", "rediss://", "unix://")):
        store = RedisStore(options["STORE"], name)
    else:
        store = DirectoryStore(Path(options["STORE"]), name, options["STORE_MB"] * 1024 * 1024)
    return PageCache(Memory(options["MEMORY_MB"] * 1024 * 1024), store, versions_of_default())


def _reader_is_replica() -> bool:
    reader, primary = connections[settings.PAGE_CACHE["READER"]], connections[DEFAULT_DB_ALIAS]
    return any(reader.settings_dict[name] != primary.settings_dict[name] for name in ("HOST", "PORT", "NAME"))

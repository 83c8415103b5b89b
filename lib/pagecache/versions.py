"""The present versions of tags, asked of the primary database over a connection of its own.

The connection belongs to nobody's transaction, takes no part in Django's request cycle and is closed
before the process forks. Both classes answer with values that all belong to one state of the database,
a state no older than the call.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any, Protocol, TypeVar
from weakref import WeakSet

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

SQLITE_QUERY = "SELECT tag, version FROM pagecache_tagversion WHERE tag IN (SELECT value FROM json_each(%s))"
POSTGRES_QUERY = "SELECT tag, version FROM pagecache_tagversion WHERE tag = ANY(%s)"

T = TypeVar("T")


def versions_query(vendor: str, tags: list[str]) -> tuple[str, list[Any]]:
    """Returns the query for the versions of ``tags``, with its parameters: as many tags as one likes."""
    if vendor == "sqlite":
        return SQLITE_QUERY, [json.dumps(tags)]
    return POSTGRES_QUERY, [tags]


class DatabaseAway(Exception):
    """The database cannot be asked."""


class Versions(Protocol):
    def of(self, tags: Iterable[str]) -> dict[str, int]:
        """Returns the version of every tag, 0 for one never stamped. Raises ``DatabaseAway``."""
        ...


def versions_of_default() -> Versions:
    """Returns the versions kept in the database ``default``."""
    connection = connections[DEFAULT_DB_ALIAS]
    parameters = connection.get_connection_params()
    if connection.vendor == "sqlite":
        return SqliteVersions(str(parameters["database"]))
    return PostgresVersions(parameters)


class _Private:
    """A connection of our own, opened when needed, shared by the threads of the process."""

    lost: tuple[type[Exception], ...]

    def __init__(self) -> None:
        self.connection: Any = None
        self._lock = Lock()
        _open.add(self)

    def connect(self) -> Any:
        raise NotImplementedError

    def close(self) -> None:
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.close()

    def _ask(self, question: Callable[[Any], T]) -> T:
        """Asks once more over a new connection if the old one turns out to be dead."""
        with self._lock:
            try:
                return self._asked(question)
            except self.lost:
                self._drop()
            try:
                return self._asked(question)
            except self.lost as error:
                self._drop()
                raise DatabaseAway(str(error)) from error

    def _asked(self, question: Callable[[Any], T]) -> T:
        if self.connection is None:
            self.connection = self.connect()
        return question(self.connection)


class SqliteVersions(_Private):
    """Asks SQLite whether anything was committed at all, and only then for the tags.

    ``PRAGMA data_version`` on one connection changes with every commit made over another one:
    https://www.sqlite.org/pragma.html#pragma_data_version
    """

    lost = (sqlite3.Error,)

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._state: int | None = None
        self._known: dict[str, int] = {}

    def connect(self) -> sqlite3.Connection:
        self._state = None
        uri = f"file:{self._path.replace('%', '%25').replace('?', '%3f').replace('#', '%23')}?mode=rw"
        connection = sqlite3.connect(uri, uri=True, timeout=20, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA query_only = ON").close()
        return connection

    def of(self, tags: Iterable[str]) -> dict[str, int]:
        return self._ask(lambda connection: self._read(connection, set(tags)))

    def _read(self, connection: sqlite3.Connection, tags: set[str]) -> dict[str, int]:
        while True:
            self._forget_older_state(connection)
            missing = list(tags - self._known.keys())
            if not missing:
                return {tag: self._known[tag] for tag in tags}
            query, parameters = versions_query("sqlite", missing)
            rows = connection.execute(query.replace("%s", "?"), parameters)
            self._known.update(dict.fromkeys(missing, 0) | dict(rows))

    def _forget_older_state(self, connection: sqlite3.Connection) -> None:
        (state,) = connection.execute("PRAGMA data_version").fetchone()
        if state != self._state:
            self._state = state
            self._known.clear()


class PostgresVersions(_Private):
    """Asks PostgreSQL for the tags: one prepared query, one round trip."""

    lost = (psycopg.OperationalError, psycopg.InterfaceError)

    def __init__(self, parameters: dict[str, Any]) -> None:
        super().__init__()
        ours = {"cursor_factory", "context", "prepare_threshold"}  # Django's, not the server's
        self._parameters = {name: value for name, value in parameters.items() if name not in ours}

    def connect(self) -> psycopg.Connection[Any]:
        options = {"connect_timeout": 2} | self._parameters
        return psycopg.connect(autocommit=True, prepare_threshold=0, **options)

    def of(self, tags: Iterable[str]) -> dict[str, int]:
        wanted = list(tags)
        query = versions_query("postgresql", wanted)
        rows = self._ask(lambda connection: connection.execute(*query).fetchall())
        return dict.fromkeys(wanted, 0) | dict(rows)


_open: WeakSet[_Private] = WeakSet()


def close_all() -> None:
    """Closes the connections of this module; the next question opens one anew. Before a fork, or after a test."""
    for private in list(_open):
        private.close()


os.register_at_fork(before=close_all)

"""Django's SQLite, with stamps written as the last act of a transaction and a log kept short."""

from time import monotonic
from typing import Any

from django.conf import settings
from django.db.backends.sqlite3 import base, features

from lib.pagecache.stamps import StampingMixin

SECONDS_BETWEEN_CHECKPOINTS = 60


class DatabaseFeatures(features.DatabaseFeatures):
    @property
    def can_use_chunked_reads(self) -> bool:  # type: ignore[override]  # Django asks the instance
        """A half-read cursor would hold the reader to its old snapshot after the transaction ended."""
        return bool(self.connection.alias != settings.PAGE_CACHE["READER"])


class DatabaseWrapper(StampingMixin, base.DatabaseWrapper):
    features_class = DatabaseFeatures

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._checkpointed = monotonic()

    def commit(self) -> None:
        wrote = bool(self.stamped)
        super().commit()
        if wrote and monotonic() - self._checkpointed > SECONDS_BETWEEN_CHECKPOINTS:
            self._checkpointed = monotonic()
            self._checkpoint()

    def _checkpoint(self) -> None:
        """Empties the write-ahead log if no reader is in the way; never waits for one.

        https://www.sqlite.org/wal.html#avoiding_excessively_large_wal_files
        """
        timeout = self.connection.execute("PRAGMA busy_timeout").fetchone()[0]
        self.connection.execute("PRAGMA busy_timeout = 0").close()
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        self.connection.execute(f"PRAGMA busy_timeout = {int(timeout)}").close()

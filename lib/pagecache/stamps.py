"""New versions for what a transaction changed, written in that transaction, just before it commits."""

import logging
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import TransactionManagementError

logger = logging.getLogger(__name__)

PurgeHook = Callable[[set[str]], None]

_purge_hooks: list[PurgeHook] = []


def stamp(*names: str, using: str = "default") -> None:
    """Gives the tags ``names`` new versions when the transaction on ``using`` commits.

    Every page that shows one of them is out of date from that commit on. For writes that tell nobody:
    ``QuerySet.update()``, ``bulk_create()``, raw SQL. Raises ``TransactionManagementError`` outside
    ``transaction.atomic()``: the change and its stamp must come true together.
    """
    connection: Any = connections[using]
    if not connection.in_atomic_block:
        raise TransactionManagementError(
            f"What pages show may only change inside transaction.atomic(): {', '.join(sorted(names))}."
        )
    connection.stamped.update(names)


def on_purge(hook: PurgeHook) -> PurgeHook:
    """Registers ``hook``, called after a commit with the tags it stamped. Usable as a decorator.

    For a CDN that keeps pages by surrogate key. What the hook raises is logged and breaks nothing.
    """
    _purge_hooks.append(hook)
    return hook


def _purge(tags: set[str]) -> None:
    for hook in _purge_hooks:
        try:
            hook(tags)
        except Exception:
            logger.exception("A purge hook failed; a CDN may keep %s.", ", ".join(sorted(tags)))


if TYPE_CHECKING:
    _Base = BaseDatabaseWrapper
else:
    _Base = object


class StampingMixin(_Base):
    """A database wrapper that collects stamps during a transaction and writes them as its last act.

    Early or unsorted writes would make transactions on PostgreSQL wait for, and deadlock, each other.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stamped: set[str] = set()

    def commit(self) -> None:
        tags, self.stamped = self.stamped, set()
        if tags:
            self._write_versions(sorted(tags))
        super().commit()
        if tags:
            hooks: list[Any] = self.run_on_commit
            hooks.append((set(), lambda: _purge(tags), True))

    def rollback(self) -> None:
        self.stamped = set()
        super().rollback()

    def close(self) -> None:
        self.stamped = set()
        super().close()

    def _write_versions(self, tags: list[str]) -> None:
        with self.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO pagecache_tagversion (tag, version) VALUES (%s, %s)"
                " ON CONFLICT (tag) DO UPDATE SET version = excluded.version",
                [(tag, secrets.randbits(62)) for tag in tags],
            )

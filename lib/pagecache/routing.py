"""One read-only snapshot of the database for everything a page reads while it renders."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any, NoReturn

from django.conf import settings
from django.db import connections
from django.db.models import Model
from django.db.transaction import atomic

from lib.pagecache.versions import versions_query

_snapshot: ContextVar[str | None] = ContextVar("snapshot", default=None)


class NotInSnapshot(RuntimeError):
    """A page that is to be stored wrote, or read past its snapshot."""


@contextmanager
def snapshot() -> Iterator[None]:
    """Inside the block every model is read on the alias ``reader``, in one read-only transaction.

    A write, and a query on any other alias, raises ``NotInSnapshot``: the page would show a state that
    its versions do not vouch for.
    """
    reader = settings.PAGE_CACHE["READER"]
    with ExitStack() as stack:
        stack.enter_context(atomic(using=reader))
        for alias in connections:
            if alias != reader:
                stack.enter_context(connections[alias].execute_wrapper(_refuse_query))
        token = _snapshot.set(reader)
        stack.callback(_snapshot.reset, token)
        yield


def in_snapshot() -> bool:
    """Tells whether a page is being rendered in a snapshot, in this context."""
    return _snapshot.get() is not None


def read_versions(tags: Iterable[str]) -> dict[str, int]:
    """Returns the version of every tag as the snapshot under way sees it; 0 for a tag never stamped."""
    wanted = list(tags)
    with connections[settings.PAGE_CACHE["READER"]].cursor() as cursor:
        cursor.execute(*versions_query(cursor.db.vendor, wanted))
        return dict.fromkeys(wanted, 0) | dict(cursor.fetchall())


class ReaderRouter:
    """Sends what a page reads to its snapshot; everything else goes where it always goes."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return _snapshot.get()

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        if _snapshot.get() is None:
            return None
        raise NotInSnapshot(f"A page that is stored only reads: it may not write {model._meta.label}.")

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool | None:
        """The reader and the default are one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return False if db == "reader" else None


def _refuse_query(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> NoReturn:
    alias = context["connection"].alias
    raise NotInSnapshot(
        f"A page that is stored reads its snapshot, not «{alias}»; for raw SQL take "
        f"connections[router.db_for_read(Model)]. The query: {sql}"
    )

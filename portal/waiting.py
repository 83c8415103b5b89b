"""How many things wait for somebody, beside the entries of the desk's menu: all counts in one query."""

from collections.abc import Hashable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

MOST = 100
"""Nobody needs to know more precisely how much it is."""

Name = TypeVar("Name", bound=Hashable)


def counted(asked: Mapping[Name, "int | QuerySet[Any]"]) -> dict[Name, int]:
    """Returns the numbers: of rows, at most a hundred, where a queryset is given; in one query for all of them."""
    numbers = {name: what for name, what in asked.items() if isinstance(what, int)}
    parts: dict[Name, str] = {}
    values: list[Any] = []
    for name, rows in ((name, what) for name, what in asked.items() if not isinstance(what, int)):
        try:
            sql, given = rows.order_by().values("pk")[:MOST].query.sql_with_params()
        except EmptyResultSet:
            numbers[name] = 0
            continue
        parts[name] = f"(SELECT COUNT(*) FROM ({sql}) AS rows_{len(parts)})"  # noqa: S608  # made of querysets
        values += given
    return numbers | dict(zip(parts, _asked(list(parts.values()), values), strict=True))


def _asked(parts: list[str], values: list[Any]) -> tuple[int, ...]:
    if not parts:
        return ()
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)  # made of querysets
        row: tuple[int, ...] = cursor.fetchone()
    return row

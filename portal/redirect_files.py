"""Redirects as a file: what spreadsheets and other systems write, read line by line with a verdict on each.

Columns are ``old``, ``new`` and ``answer`` (301, 302, 410), separated by commas, semicolons or tabs, with a line of
names or without. The names of the WordPress plugin «Redirection» are known as well (source, target, code, regex).
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.models import Redirect
from portal.models.redirects import MOST_STEPS, place_of

MOST_ROWS = 50_000
MOST_BYTES = 20 * 1024 * 1024
BATCH = 500
NAMES = {
    "old": "old", "source": "old", "from": "old", "url": "old", "старый адрес": "old", "откуда": "old",
    "new": "new", "target": "new", "to": "new", "новый адрес": "new", "куда": "new",
    "answer": "answer", "code": "answer", "status": "answer", "type": "type", "ответ": "answer", "код": "answer",
    "regex": "regex",
}  # fmt: skip
VERDICTS = {
    "new": gettext_lazy("new"),
    "replaces": gettext_lazy("replaces another"),
    "same": gettext_lazy("known already"),
    "refused": gettext_lazy("refused"),
}


class Unreadable(Exception):
    """The file is none that could be read; its text says why."""


@dataclass
class Row:
    """A line of a file and what will become of it."""

    line: int
    old: str
    new: str
    kind: int = Redirect.Kind.MOVED
    verdict: str = "new"
    reason: str = ""

    def refuse(self, reason: str) -> None:
        self.verdict, self.reason = "refused", reason

    @property
    def said(self) -> str:
        return str(VERDICTS[self.verdict])


def read(data: bytes) -> list[Row]:
    """Returns the lines of a file with their verdicts. Raises Unreadable for what is no such file, or too large."""
    rows = list(_rows(_text(data)))
    if not rows:
        raise Unreadable(_("There is no line in this file."))
    _check(rows)
    return rows


@transaction.atomic
def take_in(rows: Iterable[Row]) -> int:
    """Writes the lines that are new or replace another; returns how many."""
    wanted = [row for row in rows if row.verdict in {"new", "replaces"}]
    redirects = [Redirect(old=row.old, new=row.new, kind=row.kind) for row in wanted]
    Redirect.objects.bulk_create(
        redirects, update_conflicts=True, unique_fields=["old"], update_fields=["new", "kind"], batch_size=BATCH
    )
    _lead_on({row.old: row.new for row in wanted if row.kind != Redirect.Kind.GONE})
    return len(wanted)


def written() -> Iterator[str]:
    """Yields all redirects as lines of a file that spreadsheets open, the line of names first."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";")
    yield "\ufeff"  # by which Excel knows UTF-8
    told = Redirect.objects.values_list("old", "new", "kind", "visits", "last_visit")
    for row in _with_names(told.iterator(chunk_size=2000)):
        writer.writerow([_harmless(value) for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _with_names(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    yield ("old", "new", "answer", "visits", "last visit")
    yield from rows


def _harmless(value: object) -> str:
    """Returns a cell that no spreadsheet takes for a formula (OWASP: CSV injection)."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise Unreadable(_("The file is larger than %d MB.") % (MOST_BYTES // 1024 // 1024))
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(_("This is no text: save the table as CSV in UTF-8."))


def _rows(text: str) -> Iterator[Row]:
    delimiter = max(";\t,", key=text.partition("\n")[0].count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns: dict[str, int] | None = None
    try:
        for cells in lines:
            cells = [cell.strip() for cell in cells]
            if columns is None:
                columns = _columns(cells)
                if columns is not None:
                    continue
                columns = {"old": 0, "new": 1, "answer": 2}
            if any(cells):
                if lines.line_num > MOST_ROWS + 1:
                    raise Unreadable(_("More than %d lines: divide the file.") % MOST_ROWS)
                yield _row(lines.line_num, {name: cells[at] for name, at in columns.items() if at < len(cells)})
    except csv.Error as error:
        raise Unreadable(
            _("Line %(line)d cannot be read: %(error)s") % {"line": lines.line_num, "error": error}
        ) from error


def _columns(cells: list[str]) -> dict[str, int] | None:
    """Returns where the columns stand if ``cells`` names them."""
    named = {NAMES[cell.lower()]: at for at, cell in reversed(list(enumerate(cells))) if cell.lower() in NAMES}
    return named if {"old", "new"} <= named.keys() else None


def _row(line: int, cells: dict[str, str]) -> Row:
    answer = cells.get("answer") or "301"
    row = Row(line, cells.get("old", ""), cells.get("new", ""))
    if cells.get("regex") in {"1", "true"}:
        row.refuse(_("A pattern: only plain addresses can be redirected."))
    elif answer not in {"301", "302", "307", "308", "410"}:
        row.kind = 0
        row.refuse(_("The answer must be 301, 302 or 410, not «%s».") % answer[:20])
    else:
        row.kind = {"302": 302, "307": 302, "410": 410}.get(answer, 301)
    return row


def _check(rows: list[Row]) -> None:
    """Gives each row its verdict, and makes ways of several steps one step long."""
    for row in rows:
        if row.verdict != "refused":
            _check_alone(row)
    last = {row.old: row.line for row in rows if row.verdict != "refused"}
    for row in rows:
        if row.verdict != "refused" and last[row.old] != row.line:
            row.refuse(_("The same old address stands in line %d again.") % last[row.old])
    known = _known(row.old for row in rows)
    good = {row.old: row for row in rows if row.verdict != "refused"}
    ways = {**_ways_from(row.new for row in good.values()), **{old: row.new for old, row in good.items()}}
    for row in good.values():
        _check_way(row, ways)
        found = known.get(row.old)
        if found is not None and row.verdict != "refused":
            row.verdict = "same" if (found.new, found.kind) == (row.new, row.kind) else "replaces"


def _check_alone(row: Row) -> None:
    """Refuses what is no address; of the others an old one loses the name of our own site."""
    redirect = Redirect(old=row.old, new=row.new, kind=row.kind)
    try:
        redirect.clean_fields()
        redirect.clean_addresses()
    except ValidationError as error:
        row.refuse(" ".join(error.messages))
        return
    row.old, row.new = redirect.old, redirect.new


def _known(addresses: Iterable[str]) -> dict[str, Redirect]:
    """Returns the redirects from ``addresses`` by their old address."""
    wanted = sorted({address for address in addresses if address})
    batches = (wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH))
    return {found.old: found for batch in batches for found in Redirect.objects.filter(old__in=batch)}


def _ways_from(addresses: Iterable[str]) -> dict[str, str]:
    """Returns the stored ways on from ``addresses``, and from where those lead to."""
    ways: dict[str, str] = {}
    following = set(addresses)
    for _step in range(MOST_STEPS):
        found = _known({place for address in following for place in place_of(address)} - ways.keys())
        if not found:
            break
        ways |= {old: redirect.new for old, redirect in found.items()}
        following = {redirect.new for redirect in found.values()}
    return ways


def _check_way(row: Row, ways: dict[str, str]) -> None:
    """Follows the way from ``row`` to its end; refuses one that leads back, or is too long."""
    way = [row.old, row.new]
    for _step in range(MOST_STEPS):
        place = place_of(way[-1])
        if row.old in place:
            row.refuse(_("This leads to itself: %(way)s") % {"way": " → ".join(way)})
            return
        further = next((ways[each] for each in place if ways.get(each)), None)
        if further is None:
            row.new = way[-1]
            return
        way.append(further)
    row.refuse(_("More than %(most)d redirects in a row: %(way)s") % {"most": MOST_STEPS, "way": " → ".join(way)})


def _lead_on(ways: dict[str, str]) -> None:
    """Leads stored redirects to the end that led to an address which leads on now."""
    addresses = sorted(ways)
    for start in range(0, len(addresses), BATCH):
        found = list(Redirect.objects.filter(new__in=addresses[start : start + BATCH]))
        for redirect in found:
            redirect.new = ways[redirect.new]
        Redirect.objects.bulk_update(found, ["new"], batch_size=BATCH)

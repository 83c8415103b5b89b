"""The import itself: two ways over the files.

On the first way everything gets its place here, files are taken in; on the second, texts get their content,
when every picture and every link in them is known. Both write batch by batch, each in one transaction, so that
the site stays usable and an import that was broken off goes on where it stopped when it is run again.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import translation

from portal.wordpress.files import Files
from portal.wordpress.holdings import Holdings
from portal.wordpress.menus import Menus
from portal.wordpress.models import Imported
from portal.wordpress.pages import Pages
from portal.wordpress.people import People
from portal.wordpress.reading import Damaged, read
from portal.wordpress.records import Item, Person, Record, Site, Term, fingerprint
from portal.wordpress.report import Report
from portal.wordpress.run import Run
from portal.wordpress.stories import Stories
from portal.wordpress.terms import Terms

T = TypeVar("T")
Found = tuple[Item, str]
"""An item and what it is known by."""
BATCH = 50
KINDS = {
    "post": Imported.Kind.ARTICLE,
    "page": Imported.Kind.PAGE,
    "attachment": Imported.Kind.MEDIA,
    "nav_menu_item": Imported.Kind.MENU_ITEM,
    "wp_block": Imported.Kind.BLOCK,
}
TEXTS = {Imported.Kind.ARTICLE, Imported.Kind.PAGE}


def import_files(
    paths: Sequence[Path], report: Report, media: Path | None = None, source_keys: Iterable[tuple[str, str]] = ()
) -> None:
    """Brings over what ``paths`` hold: one export, in one or more files.

    Raises NotAnExport, before anything is written, when one of them is none. What could not be read or brought
    over stands in ``report``.
    """
    channels = [Site.of(next(read(path, lambda _kind, _times: None))) for path in paths]
    run = Run.of(channels[0], [code for code, _name in settings.LANGUAGES], settings.LANGUAGE_CODE, report)
    run.media = media
    run.source_keys = [*source_keys, *run.source_keys]
    with translation.override(run.language):
        _Import(run, paths).go()


class _Import:
    def __init__(self, run: Run, paths: Sequence[Path]) -> None:
        self.run = run
        self.paths = paths
        self.files = Files(run)
        self.holdings = Holdings(run, self.files)
        self.terms = Terms(run)
        self.people = People(run)
        self.stories = Stories(run, self.holdings, self.terms, self.people)
        self.pages = Pages(run, self.holdings)
        self.menus = Menus(run, self.holdings)

    def go(self) -> None:
        for batch in batches(self._distinct(self._records(first_way=True), first_way=True)):
            self._commit(self._place, batch)
        self._commit(self.terms.plant)
        for batch in batches(self._distinct(self._records(first_way=False), first_way=False)):
            self._commit(self._fill, batch)
        self._commit(self.menus.make)

    def _commit(self, act: Callable[..., None], *arguments: list[Found]) -> None:
        with transaction.atomic():
            act(*arguments)
            self.run.write_redirects()

    def _records(self, *, first_way: bool) -> Iterator[Record]:
        """Yields the records of all files. What is wrong with them is reported on the first way."""
        report = self.run.report
        for path in self.paths:
            try:
                yield from read(path, report.repair if first_way else lambda _kind, _times: None)
            except Damaged as damage:
                if first_way:
                    report.damage.append(f"{path.name}: {damage}")

    def _distinct(self, records: Iterator[Record], *, first_way: bool) -> Iterator[Found]:
        """Yields items with their identity; on the first way authors and terms are taken in in passing."""
        with closing(_Seen()) as seen:
            for record in records:
                if record.name != "item":
                    if first_way:
                        self._declare(record)
                    continue
                item = Item.of(record)
                identity = seen.identity(item)
                if first_way:
                    self._count(item, is_repeated=not identity)
                if identity and item.type in KINDS:
                    yield item, identity

    def _declare(self, record: Record) -> None:
        if record.name == "wp:author":
            self._commit(lambda: self.people.declare(Person.of(record)))
        elif record.name in {"wp:category", "wp:tag", "wp:term"}:
            self._commit(lambda: self.terms.declare(Term.of(record)))

    def _count(self, item: Item, *, is_repeated: bool) -> None:
        report = self.run.report
        report.items += 1
        for comment in item.comments:
            kind = comment.get("wp:comment_type") or "comment"
            report.note("Comments, not brought over", f"{kind}/{comment.get('wp:comment_approved', '')}", item.wp_id)
        if is_repeated:
            report.outcome(item.type, "repeated in the file")
        elif item.type not in KINDS:
            report.outcome(item.type, "type left out")
            report.note("Types left out", item.type, item.wp_id)

    def _place(self, batch: list[Found]) -> None:
        found = self._with_rows(batch)
        self.stories.place([(item, row) for item, row in found if row.kind == Imported.Kind.ARTICLE])
        for item, row in found:
            if row.kind == Imported.Kind.PAGE:
                self.pages.place(item, row)
            elif row.kind == Imported.Kind.MEDIA:
                self._place_file(item, row)
            elif row.kind == Imported.Kind.BLOCK:
                self._place_block(item, row)
        write_rows([row for _item, row in found])
        for item, row in found:
            if row.kind == Imported.Kind.MENU_ITEM:
                self.menus.collect(item, row)

    def _place_file(self, item: Item, row: Imported) -> None:
        is_as_before = row.digest == item.digest and (row.local_id or not self.run.media)
        what = (
            ("there already" if row.local_id else "file missing or refused")
            if is_as_before
            else self.files.place(item, row)
        )
        self.run.report.outcome(item.type, what)

    def _place_block(self, item: Item, row: Imported) -> None:
        what = "there already" if row.digest == item.digest else "kept for the texts that use it"
        row.wp_id, row.digest, row.data = item.wp_id, item.digest, {"content": item.content}
        self.run.report.outcome(item.type, what)

    def _fill(self, batch: list[Found]) -> None:
        texts = [(item, identity) for item, identity in batch if KINDS[item.type] in TEXTS]
        stories: list[tuple[Item, Imported]] = []
        pages: list[tuple[Item, Imported]] = []
        found = self._with_rows(texts)
        for item, row in found:
            if row.digest == item.digest and not (row.missing and self.run.media):
                self.run.report.outcome(item.type, "there already")
            else:
                (stories if row.kind == Imported.Kind.ARTICLE else pages).append((item, row))
        for what in self.stories.fill(stories):
            self.run.report.outcome("post", what)
        for item, row in pages:
            self.run.report.outcome("page", self.pages.fill(item, row))
        write_rows([row for _item, row in found])

    def _with_rows(self, batch: list[Found]) -> list[tuple[Item, Imported]]:
        """Returns items with what is known of them from earlier runs, or with rows that are new."""
        identities = [identity for _item, identity in batch]
        known = self.run.imported(*set(KINDS.values())).by_identity(identities)
        return [(item, known.get(identity) or self._new_row(item, identity)) for item, identity in batch]

    def _new_row(self, item: Item, identity: str) -> Imported:
        return Imported(site=self.run.site.address, kind=KINDS[item.type], identity=identity, wp_id=item.wp_id)


def write_rows(rows: list[Imported]) -> None:
    """Writes down what is new or changed, in as few statements as there are kinds of work."""
    changed = [row for row in rows if row.is_changed]
    Imported.objects.bulk_create(row for row in rows if row.pk is None)
    Imported.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["id"], update_fields=Imported.CHANGING
    )  # an upsert: bulk_update takes ten times as long


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """Yields the items fifty at a time."""
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch


class _Seen:
    """Tells one item from another, on disk: an export may be larger than memory.

    The same number and guid is the same thing, also in a later export. But numbers repeat in files that people
    joined: then other content under another slug is another thing.
    """

    def __init__(self) -> None:
        self.db = sqlite3.connect("")
        self.db.execute("CREATE TABLE seen (identity TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID")

    def close(self) -> None:
        self.db.close()

    def identity(self, item: Item) -> str:
        """Returns what to know an item by; empty for one that was in the files before."""
        for parts in ((), (item.slug, item.title), (item.digest,)):
            identity = fingerprint(item.type, item.wp_id, item.guid or item.link, *parts)
            before = self._first_digest(identity, item.digest)
            if before is None:
                return identity
            if before == item.digest:
                return ""
        return ""

    def _first_digest(self, identity: str, digest: str) -> str | None:
        row = self.db.execute("SELECT digest FROM seen WHERE identity = ?", [identity]).fetchone()
        if row is None:
            self.db.execute("INSERT INTO seen VALUES (?, ?)", [identity, digest])
            return None
        return str(row[0])

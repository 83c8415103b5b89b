"""The words of published articles, as the search finds them: FTS5 on SQLite, ``tsvector`` on PostgreSQL."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

GAP = "…"
"""Takes the place of a word in a sequence and is none: no phrase reaches across it."""
NEWEST = 2_000
"""How many matches are looked at; what is older is not found."""
WITH_ITS_WORDS = 10_000
"""How many of the newest articles that have all words of a phrase are looked through for the phrase itself."""

Phrase = tuple[str, ...]
"""Stems that follow each other; most have one."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ALWAYS = datetime(9999, 1, 1, tzinfo=UTC)
_KEY_BITS = 31
_FIRST, _LAST = -(2**63), 2**63 - 1

_MATCHES = {
    "sqlite": """
        SELECT found.rowid, {columns}
        FROM {index} AS found CROSS JOIN {table} AS entry ON entry.id = found.rowid
        WHERE found.{index} MATCH %s AND found.rowid >= %s AND found.rowid < %s
          AND entry.publish_at <= %s AND (entry.unpublish_at IS NULL OR entry.unpublish_at > %s)
        ORDER BY found.rowid DESC LIMIT %s""",
    "postgresql": """
        SELECT id, {columns}
        FROM {table} AS entry
        WHERE words @@ %s::tsquery AND id >= %s AND id < %s
          AND publish_at <= %s AND (unpublish_at IS NULL OR unpublish_at > %s)
        ORDER BY id DESC LIMIT %s""",
}
_NTH_PLACE = {
    "sqlite": """
        SELECT rowid FROM articles_searchindex
        WHERE articles_searchindex MATCH %s AND rowid >= %s AND rowid < %s
        ORDER BY rowid DESC LIMIT 1 OFFSET %s""",
    "postgresql": """
        SELECT id FROM articles_searchentry
        WHERE words @@ %s::tsquery AND id >= %s AND id < %s
        ORDER BY id DESC LIMIT 1 OFFSET %s""",
}


class _Words(NamedTuple):
    """How a database is asked for words."""

    whole: str
    beginning: str
    then: str
    both: str
    either: str


_WORDS = {
    "sqlite": _Words('"{}"', '"{}" *', " + ", " AND ", " OR "),
    "postgresql": _Words("'{}'", "'{}':*", " <-> ", " & ", " | "),
}


@dataclass(frozen=True)
class Wanted:
    """What is asked of an index: what has all phrases, one mark of each group, and words with all beginnings."""

    language: str = ""
    """Of the articles; empty for any."""
    phrases: tuple[Phrase, ...] = ()
    marks: tuple[tuple[str, ...], ...] = ()
    """Groups of what ``mark`` returns."""
    beginnings: tuple[str, ...] = ()
    first: int = _FIRST
    last: int = _LAST
    """The places between which matches lie, the last one not included."""

    @property
    def has_phrases(self) -> bool:
        return any(len(phrase) > 1 for phrase in self.phrases)

    def by_words(self) -> "Wanted":
        """Returns the same, but for the words of its phrases wherever they stand."""
        return replace(self, phrases=tuple((stem,) for phrase in self.phrases for stem in phrase))

    def expression(self, vendor: str) -> str:
        """Returns the query in FTS5's language or as a tsquery. Stems and marks have nothing that it would read."""
        words = _WORDS[vendor]
        phrases = (words.then.join(map(words.whole.format, phrase)) for phrase in self.phrases)
        groups = (words.either.join(map(words.whole.format, group)) for group in self.marks)
        beginnings = map(words.beginning.format, self.beginnings)
        language = [words.whole.format(mark(self.language))] if self.language else []
        return words.both.join([*language, *(f"({part})" for part in (*phrases, *groups, *beginnings))])


def place(publish_at: datetime, article: int) -> int:
    """Returns where an article stands in the index: the minute first, so that the newest have the highest places.

    Every time that Python knows and two thousand million articles fit into a BIGINT.
    """
    return minute(publish_at) << _KEY_BITS | article


def minute(moment: datetime) -> int:
    """Returns the minutes since 1970, negative before."""
    return (moment - _EPOCH) // timedelta(minutes=1)


def mark(name: str) -> str:
    """Returns the word that stands in the index for what an article is filtered by; no text and no query has it."""
    return GAP + name


def category_mark(category: int) -> str:
    return mark(f"category{category}")


def title_word(language: str, word: str) -> str:
    """Returns a word of a Headline: with its language, or PostgreSQL would read through all of a language for each."""
    return mark(language + word)


def author_mark(author: int) -> str:
    return mark(f"author{author}")


class Match(NamedTuple):
    place: int
    article: int
    title: str

    @property
    def minute(self) -> int:
        return self.place >> _KEY_BITS

    def has_in_title(self, phrases: Sequence[Phrase]) -> bool:
        title = f" {self.title} "
        return all(f" {' '.join(phrase)} " in title for phrase in phrases)


class WordsField(models.Field[Sequence[str], str]):
    """Stems in their order. Written as a list; what comes back from the database is for the index alone."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> str:
        if connection.vendor == "postgresql":
            return " ".join(f"'{word}':{number}" for number, word in enumerate(value, 1) if word != GAP)
        return " ".join(value)


class IndexQuerySet(models.QuerySet[Any]):
    """What has words, read newest first.

    In SQL: FTS5 gives its matches in the order of their places and stops at the limit, so that a word of
    300,000 articles costs no more than one of 2,000. No queryset can say that.
    """

    def _newest(
        self, wanted: Wanted, columns: str, now: datetime, limit: int, *, ahead: bool = False
    ) -> list[tuple[Any, ...]]:
        """Returns place and ``columns`` of the newest readable articles that match; ``ahead`` those to come too."""
        connection, table = connections[self.db], self.model._meta.db_table
        moments = [connection.ops.adapt_datetimefield_value(each) for each in (_ALWAYS if ahead else now, now)]
        values = (wanted.expression(connection.vendor), wanted.first, wanted.last, *moments, limit)
        sql = _MATCHES[connection.vendor].format(table=table, index=self.model.fts5_table, columns=columns)
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


class SearchEntryQuerySet(IndexQuerySet):
    def newest(self, wanted: Wanted, *, now: datetime) -> list[Match]:
        return [Match(*row) for row in self._newest(wanted, "article_id, title", now, NEWEST)]

    def nth_place(self, wanted: Wanted, number: int) -> int | None:
        """Returns the place of the match of this number, counted from the newest, if there are so many."""
        connection = connections[self.db]
        values = (wanted.expression(connection.vendor), wanted.first, wanted.last, number - 1)
        with connection.cursor() as cursor:
            cursor.execute(_NTH_PLACE[connection.vendor], values)
            row = cursor.fetchone()
        return row[0] if row else None


class HeadlineQuerySet(IndexQuerySet):
    def newest(
        self, language: str, beginnings: Iterable[str], *, now: datetime, limit: int, ahead: bool = False
    ) -> list[int]:
        """Returns the keys of the newest readable articles that have words with all ``beginnings`` in their titles.

        ``ahead`` finds scheduled ones as well.
        """
        wanted = Wanted(beginnings=tuple(title_word(language, each) for each in beginnings))
        return [article for _place, article in self._newest(wanted, "article_id", now, limit, ahead=ahead)]


class SearchEntry(models.Model):
    """An article in the index. Written by ``articles.search`` in the transaction that publishes.

    On SQLite triggers carry it on to the FTS5 table, which keeps no text of its own.
    """

    id = models.BigIntegerField(primary_key=True)
    article = models.OneToOneField("articles.Article", models.CASCADE, related_name="search_entry")
    publish_at = models.DateTimeField()
    unpublish_at = models.DateTimeField(null=True)
    title = models.TextField()
    words = WordsField()

    fts5_table = "articles_searchindex"
    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.title


class Headline(models.Model):
    """The words of a title as they are written, for suggestions while a reader types. Narrow, so that it is fast.

    Written and carried on like a SearchEntry, whose id it has.
    """

    id = models.BigIntegerField(primary_key=True)
    article = models.OneToOneField("articles.Article", models.CASCADE, related_name="headline")
    publish_at = models.DateTimeField()
    unpublish_at = models.DateTimeField(null=True)
    words = WordsField()

    fts5_table = "articles_headlineindex"
    objects = HeadlineQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.article)

"""The words of published articles, as the search finds them: FTS5 on SQLite, ``tsvector`` on PostgreSQL."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

GAP = "…"
"""Takes the place of a word in a sequence and is none: no phrase reaches across it."""
NEWEST = 2_000
"""How many matches are looked at; what is older is not found."""

Phrase = tuple[str, ...]
"""Stems that follow each other; most have one."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEY_BITS = 31

_SQL = {
    "sqlite": """
        SELECT found.rowid, entry.article_id, entry.title
        FROM articles_searchindex AS found CROSS JOIN articles_searchentry AS entry ON entry.id = found.rowid
        WHERE found.articles_searchindex MATCH %s AND found.rowid >= %s
          AND entry.publish_at <= %s AND (entry.unpublish_at IS NULL OR entry.unpublish_at > %s)
        ORDER BY found.rowid DESC LIMIT %s""",
    "postgresql": """
        SELECT id, article_id, title
        FROM articles_searchentry
        WHERE words @@ %s::tsquery AND id >= %s
          AND publish_at <= %s AND (unpublish_at IS NULL OR unpublish_at > %s)
        ORDER BY id DESC LIMIT %s""",
}


def place(publish_at: datetime, article: int) -> int:
    """Returns where an article stands in the index: the minute first, so that the newest have the highest places.

    Every time that Python knows and two thousand million articles fit into a BIGINT.
    """
    return minute(publish_at) << _KEY_BITS | article


def minute(moment: datetime) -> int:
    """Returns the minutes since 1970, negative before."""
    return (moment - _EPOCH) // timedelta(minutes=1)


def language_mark(language: str) -> str:
    """Returns the word that stands for a language in the index; no text and no query has it."""
    return GAP + language


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


def _match_expression(vendor: str, phrases: Sequence[Phrase]) -> str:
    """Returns the query for all ``phrases``, in FTS5's language or as a tsquery. Stems have only letters and digits."""
    if vendor == "postgresql":
        return " & ".join("(" + " <-> ".join(f"'{stem}'" for stem in phrase) + ")" for phrase in phrases)
    return " AND ".join('"' + " ".join(phrase) + '"' for phrase in phrases)


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def newest(self, language: str, phrases: Sequence[Phrase], *, now: datetime, since: int = -(2**63)) -> list[Match]:
        """Returns the newest readable articles that have all ``phrases``, down to the place ``since``.

        In SQL: FTS5 gives its matches in the order of their places and stops at the limit, so that a word of
        300,000 articles costs no more than one of 2,000. No queryset can say that.
        """
        connection = connections[self.db]
        wanted = _match_expression(connection.vendor, [(language_mark(language),), *phrases])
        moment = connection.ops.adapt_datetimefield_value(now)
        with connection.cursor() as cursor:
            cursor.execute(_SQL[connection.vendor], [wanted, since, moment, moment, NEWEST])
            return [Match(*row) for row in cursor.fetchall()]


class SearchEntry(models.Model):
    """An article in the index. Written by ``articles.search`` in the transaction that publishes.

    On SQLite triggers carry it on to the FTS5 table ``articles_searchindex``, which keeps no text of its own.
    """

    id = models.BigIntegerField(primary_key=True)
    article = models.OneToOneField("articles.Article", models.CASCADE, related_name="search_entry")
    publish_at = models.DateTimeField()
    unpublish_at = models.DateTimeField(null=True)
    title = models.TextField()
    words = WordsField()

    objects = SearchEntryQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

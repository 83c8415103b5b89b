"""Finding articles by their words: the same answers on SQLite and PostgreSQL.

``index`` is called in the transaction that publishes; ``find`` answers with keys, best first, and ``hits``
with what a page of results shows.
"""

from articles.search.filters import Filters
from articles.search.finding import Found, Hit, find, hits
from articles.search.indexing import index, reindex
from articles.search.query import Query

__all__ = ["Filters", "Found", "Hit", "Query", "find", "hits", "index", "reindex"]

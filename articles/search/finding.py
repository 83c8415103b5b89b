"""From a query to a list of articles, the same on every database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from articles.models import Article
from articles.models.search import NEWEST, Match, SearchEntry, minute
from articles.search.query import Query
from articles.search.snippets import snippet
from lib.html import plain_text

IN_TITLE = 12
AS_PHRASE = 4
"""By how much older a story may be that has all words in its title, or as one phrase, and still stand level."""
NEW = 7 * 24 * 60
"""Minutes added to every age: among the news of one week, the hour of publication settles little."""


@dataclass(frozen=True)
class Found:
    """The keys of the articles for ``query``, the best first. It may be another query than was asked."""

    query: Query
    articles: list[int]

    @property
    def is_cut(self) -> bool:
        """Whether there may be older matches that were not looked at."""
        return len(self.articles) == NEWEST


@dataclass(frozen=True)
class Hit:
    article: Article
    snippet: SafeString


def find(query: Query, language: str, *, now: datetime, literally: bool = False) -> Found:
    """Returns what readers may see at ``now`` for ``query``.

    When there is nothing, the keyboard may have been in the other layout: then what its keys would have
    typed there is looked for, unless ``literally`` is asked.
    """
    for meant in [query] if literally else [query, query.retyped()]:
        if articles := _ranked(meant, language, now):
            return Found(meant, articles)
    return Found(query, [])


def hits(query: Query, articles: Sequence[int], now: datetime) -> list[Hit]:
    """Returns the articles with the words around what was found, in one query."""
    found = Article.objects.published(now).select_related("category", "hero").in_bulk(articles)
    wanted = set(query.as_one_phrase)
    return [Hit(found[pk], snippet(_text(found[pk]), wanted)) for pk in articles if pk in found]


def _text(article: Article) -> str:
    return f"{plain_text(article.lead)} {plain_text(article.body)}".strip()


def _ranked(query: Query, language: str, now: datetime) -> list[int]:
    """Returns the keys of the newest matches by their apparent age: see IN_TITLE and AS_PHRASE."""
    if not query.phrases:
        return []
    matches = SearchEntry.objects.newest(language, query.phrases, now=now)
    phrases = _with_phrase(query, language, matches, now)

    def apparent_age(match: Match) -> float:
        age = minute(now) - match.minute + NEW
        in_title = IN_TITLE if match.has_in_title(query.phrases) else 1
        return age / in_title / (AS_PHRASE if match.place in phrases else 1)

    return [match.article for match in sorted(matches, key=apparent_age)]


def _with_phrase(query: Query, language: str, matches: list[Match], now: datetime) -> set[int]:
    """Returns the places of the ``matches`` in which all words stand together as they were typed."""
    if len(query.phrases) == 1 or not matches:
        return set()
    together = SearchEntry.objects.newest(language, [query.as_one_phrase], now=now, since=matches[-1].place)
    return {match.place for match in together}

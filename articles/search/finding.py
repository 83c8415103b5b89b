"""From a query to a list of articles, the same on every database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.safestring import SafeString

from articles.models import Article
from articles.models.search import NEWEST, WITH_ITS_WORDS, Match, SearchEntry, Wanted, minute
from articles.search.filters import Filters
from articles.search.query import Query
from articles.search.snippets import marked, snippet
from lib.html import plain_text

IN_TITLE = 12
AS_PHRASE = 4
"""By how much older a story may be that has all words in its title, or as one phrase, and still stand level."""
NEW = 7 * 24 * 60
"""Minutes added to every age: among the news of one week, the hour of publication settles little."""
FEW = 2
"""So many results or fewer may be a slip of the keyboard layout."""
NO_FILTERS = Filters()


@dataclass(frozen=True)
class Found:
    """The keys of the articles for ``query``, the best first. It may be another query than was asked."""

    query: Query
    articles: list[int]
    is_cut: bool = False
    """Whether there may be older matches that were not looked at."""
    also: Query | None = None
    """What may have been meant instead and finds more."""


@dataclass(frozen=True)
class Hit:
    article: Article
    title: SafeString
    snippet: SafeString


def find(
    query: Query,
    language: str,
    *,
    now: datetime,
    filters: Filters = NO_FILTERS,
    by_date: bool = False,
    literally: bool = False,
) -> Found:
    """Returns what readers may see at ``now`` for ``query`` within ``filters``; without a query, all of it by date.

    When there is nothing, the keyboard may have been in the other layout: then what its keys would have
    typed there is looked for, unless ``literally`` is asked. When there is little, it is only named.
    """
    found = _search(query, language, now, filters, by_date)
    if literally or len(found.articles) > FEW:
        return found
    for meant in query.retyped():
        other = _search(meant, language, now, filters, by_date)
        if len(other.articles) > len(found.articles):
            return replace(found, also=meant) if found.articles else other
    return found


def hits(query: Query, articles: Sequence[int], now: datetime) -> list[Hit]:
    """Returns the articles with the words around what was found, in one query."""
    found = Article.objects.published(now).select_related("category", "hero").in_bulk(articles)
    wanted = set(query.as_one_phrase)
    return [_hit(found[pk], wanted) for pk in articles if pk in found]


def _hit(article: Article, wanted: set[str]) -> Hit:
    text = f"{plain_text(article.lead)} {plain_text(article.body)}".strip()
    return Hit(article, marked(article.title, wanted), snippet(text, wanted))


def _search(query: Query, language: str, now: datetime, filters: Filters, by_date: bool) -> Found:
    """Returns the newest matches: by date, or by their apparent age: see IN_TITLE and AS_PHRASE."""
    if not (query.phrases or (filters and not query.text.strip())):
        return Found(query, [])
    wanted = filters.narrow(Wanted(language, query.phrases))
    oldest = SearchEntry.objects.nth_place(wanted.by_words(), WITH_ITS_WORDS) if wanted.has_phrases else None
    wanted = wanted if oldest is None else replace(wanted, first=oldest)
    matches = SearchEntry.objects.newest(wanted, now=now)
    ranked = matches if by_date else _ranked(matches, wanted, now)
    return Found(query, [match.article for match in ranked], oldest is not None or len(matches) == NEWEST)


def _ranked(matches: list[Match], wanted: Wanted, now: datetime) -> list[Match]:
    phrases = _with_phrase(matches, wanted, now)

    def apparent_age(match: Match) -> float:
        age = minute(now) - match.minute + NEW
        in_title = IN_TITLE if match.has_in_title(wanted.phrases) else 1
        return age / in_title / (AS_PHRASE if match.place in phrases else 1)

    return sorted(matches, key=apparent_age)


def _with_phrase(matches: list[Match], wanted: Wanted, now: datetime) -> set[int]:
    """Returns the places of the ``matches`` in which all words stand together as they were typed."""
    if len(wanted.phrases) < 2 or not matches:
        return set()
    whole = tuple(stem for phrase in wanted.phrases for stem in phrase)
    together = SearchEntry.objects.newest(replace(wanted, phrases=(whole,), first=matches[-1].place), now=now)
    return {match.place for match in together}

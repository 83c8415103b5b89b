"""What is offered while a reader types: names of lists and titles of stories whose words begin so."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from articles.models import Article, Author, Category, Headline, Listing, Tag
from articles.search.query import Query
from articles.search.words import plain_words

MOST = 8
MOST_NAMES = 4
FEWEST_LETTERS = 2
MOST_CHARACTERS, MOST_WORDS = 100, 6
LOOKED_AT = 30
"""Names that begin with the longest word and are compared with the others."""
MOST_TAGS = 20_000
REMEMBERED = 60
"""Seconds for which a process remembers the names of lists; whether there is anything to read is asked each time."""


@dataclass(frozen=True)
class Suggestion:
    kind: str
    """``category``, ``tag``, ``author`` or ``article``."""
    label: str
    address: str


def suggest(text: str, language: str, *, now: datetime) -> list[Suggestion]:
    """Returns up to eight things that readers may open at ``now``, lists before stories, the newest stories first.

    When there are none, the keyboard may have been in the other layout.
    """
    typed = Query(text[:MOST_CHARACTERS])
    return next(filter(None, (_suggest(meant.text, language, now) for meant in (typed, *typed.retyped()))), [])


def _suggest(text: str, language: str, now: datetime) -> list[Suggestion]:
    words = _beginnings(text)
    if not words:
        return []
    names = _readable(_names(language, int(now.timestamp()) // REMEMBERED).find(words), language, now)[:MOST_NAMES]
    return [*names, *_stories(words, language, now, MOST - len(names))]


def _beginnings(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in plain_words(text) if len(word) >= FEWEST_LETTERS))[:MOST_WORDS]


def _stories(words: tuple[str, ...], language: str, now: datetime, limit: int) -> list[Suggestion]:
    keys = Headline.objects.newest(language, words, now=now, limit=limit)
    found = Article.objects.published(now).only("title", "slug", "language").in_bulk(keys)
    stories = (found[key] for key in keys if key in found)
    return [Suggestion("article", story.title, story.get_absolute_url()) for story in stories]


def names_beginning(beginnings: Sequence[str], language: str, *, now: datetime) -> list[Suggestion]:
    """Returns every category, tag and author whose name has words that begin so, though there be nothing to read.

    Mostly without a query: see ``REMEMBERED``. ``language`` must be active.
    """
    found = _names(language, int(now.timestamp()) // REMEMBERED).find(beginnings)
    return [name.suggestion for name in found]


@dataclass(frozen=True)
class Name:
    """The name of a list, and the key of its rows."""

    key: str
    words: tuple[str, ...]
    suggestion: Suggestion

    def has(self, beginnings: Sequence[str]) -> bool:
        return all(any(word.startswith(each) for word in self.words) for each in beginnings)


class Names:
    """Names of lists, found by how their words begin in a few steps however many they are."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = names
        self._places = sorted((word, place) for place, name in enumerate(names) for word in name.words)

    def find(self, beginnings: Sequence[str]) -> list[Name]:
        first = max(beginnings, key=len)
        start = bisect_left(self._places, (first, 0))
        near = [place for word, place in self._places[start : start + LOOKED_AT] if word.startswith(first)]
        return [self._names[place] for place in sorted(set(near)) if self._names[place].has(beginnings)]


@lru_cache(maxsize=4)
def _names(language: str, time: int) -> Names:
    """Reads every name, in three queries and the active language; ``time`` tells one reading from the next."""
    categories = [_name("category", each) for each in Category.objects.shown()]
    tags = [_name("tag", each) for each in Tag.objects.order_by("-pk")[:MOST_TAGS]]
    authors = [_name("author", each) for each in Author.objects.filter(binned_at=None)]
    return Names([*categories, *tags, *authors])


def _name(kind: str, named: Category | Tag | Author) -> Name:
    label = str(named)
    suggestion = Suggestion(kind, label, named.get_absolute_url())
    return Name(f"{kind}:{named.pk}", tuple(plain_words(label)), suggestion)


def _readable(names: Sequence[Name], language: str, now: datetime) -> list[Suggestion]:
    """Returns those whose list has something to read at ``now``, in one query."""
    newest = Listing.objects.newest_of_each([name.key for name in names], language, now, 1)
    filled = {row.key for row in newest if row.publish_at <= now}
    return [name.suggestion for name in names if name.key in filled]

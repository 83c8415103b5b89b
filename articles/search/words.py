"""Words and their stems, the same for what is indexed and for what is looked for."""

import re
import threading
from functools import lru_cache
from unicodedata import normalize

import snowballstemmer

WORD = re.compile(r"\w[\w\u0300-\u036f\u00ad]*")
"""Letters, digits and underscores; stress marks and soft hyphens are inside a word."""
LONGEST = 24
"""Characters of a word that count: 10,000 of the longest still fit into a tsvector, which holds 1 MB."""

_UNHEARD = re.compile(r"\W")


class _Stemmers(threading.local):
    """Stemmers keep the word they are at, so each thread has its own."""

    def __init__(self) -> None:
        self.russian = snowballstemmer.stemmer("russian")
        self.english = snowballstemmer.stemmer("english")


_stemmers = _Stemmers()


def plain(word: str) -> str:
    """Returns ``word`` as all ways of writing it have in common."""
    return _UNHEARD.sub("", normalize("NFC", word).lower()).replace("ё", "е")[:LONGEST]


def plain_words(text: str) -> list[str]:
    return [plain(word) for word in WORD.findall(text)]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Returns what all forms of ``word`` share; the stem of a stem is itself.

    Snowball is asked again until nothing falls away: at once it makes «иван» of «Иванов» but «иванов» of
    «Иванова», and a name would not be found by its genitive.
    """
    stem = plain(word)
    stemmer = _stemmers.english if stem.isascii() else _stemmers.russian
    while (shorter := stemmer.stemWord(stem)) < stem:
        stem = shorter
    return stem


def stems(text: str) -> list[str]:
    """Returns the stems of a plain text in their order."""
    return [stem(word) for word in WORD.findall(text)]

"""What a reader typed into the search box, and what they may have meant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from articles.models.search import Phrase
from articles.search.words import stems

_PHRASE = re.compile(r'"([^"]+)"|«([^»]+)»|(\S+)')
_TYPED = re.compile(r"\S+")
_LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:ZXCVBNM<>"
_RUSSIAN_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЯЧСМИТЬБЮ"
_TO_RUSSIAN = str.maketrans(_LATIN_KEYS, _RUSSIAN_KEYS)
_TO_LATIN = str.maketrans(_RUSSIAN_KEYS, _LATIN_KEYS)
_LATIN, _RUSSIAN = re.compile("[a-z]", re.IGNORECASE), re.compile("[а-яё]", re.IGNORECASE)


@dataclass(frozen=True)
class Query:
    """A search: the text as it was typed. All its words must be found, and what is quoted as it stands."""

    text: str
    most_characters: ClassVar[int] = 200

    @property
    def is_too_long(self) -> bool:
        return len(self.text) > self.most_characters

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """What must be found. «Т-34» and «covid-19» are phrases too, since they were typed without a space."""
        if self.is_too_long:
            return ()
        parts = (stems(part[part.lastindex or 0]) for part in _PHRASE.finditer(self.text))
        return tuple(dict.fromkeys(tuple(part) for part in parts if part))

    @property
    def as_one_phrase(self) -> Phrase:
        return tuple(stem for phrase in self.phrases for stem in phrase)

    def retyped(self) -> Iterator["Query"]:
        """Yields what the same keys type in the other layout: «привет» for ``ghbdtn``, ``google`` for «пщщпду».

        Some words may have been typed in the right one: first the Latin words are read as Russian, then the
        Russian ones as Latin, then each as the other.
        """
        texts = (_TYPED.sub(change, self.text) for change in (_to_russian, _to_latin, _to_other))
        yield from (Query(text) for text in dict.fromkeys(texts) if text != self.text)


def _to_russian(word: re.Match[str]) -> str:
    return word[0].translate(_TO_RUSSIAN) if _LATIN.search(word[0]) else word[0]


def _to_latin(word: re.Match[str]) -> str:
    return word[0].translate(_TO_LATIN) if _RUSSIAN.search(word[0]) else word[0]


def _to_other(word: re.Match[str]) -> str:
    return _to_latin(word) if _RUSSIAN.search(word[0]) else _to_russian(word)

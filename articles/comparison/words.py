"""Two texts compared by words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.comparison.alignment import Budget, steps

_WORDS = re.compile(r"\w+(?:[-’']\w+)*\s*|[^\w\s]\s*|\s+")
MUCH = 1_200
"""Of a longer stretch that did not change only the ends are shown."""


@dataclass(frozen=True)
class Piece:
    """Words that stand in both texts (``same``), in the old one (``gone``) or in the new one (``new``)."""

    kind: str
    text: str


def split(text: str) -> list[str]:
    """Returns the words and signs of ``text``, each with the space that follows."""
    return _WORDS.findall(text)


def beside(old: Sequence[str], new: Sequence[str], budget: Budget) -> tuple[list[Piece], list[Piece]]:
    """Returns the words of both sides, each with what only it has marked."""
    left, right = [], []
    for equal, (start, end, new_start, new_end) in _by_word(old, new, budget):
        left.append(Piece("same" if equal else "gone", "".join(old[start:end])))
        right.append(Piece("same" if equal else "new", "".join(new[new_start:new_end])))
    return [_short(piece) for piece in left if piece.text], [_short(piece) for piece in right if piece.text]


def within(old: str, new: str, budget: Budget, keep: int = 160) -> Iterator[Piece]:
    """Yields the words of both texts as one, of what is the same only ``keep`` letters at each end."""
    before, after = split(old), split(new)
    for equal, (start, end, new_start, new_end) in _by_word(before, after, budget):
        if equal:
            yield _short(Piece("same", "".join(before[start:end])), 2 * keep)
        else:
            yield from (Piece("gone", "".join(before[start:end])), Piece("new", "".join(after[new_start:new_end])))


def _by_word(
    old: Sequence[str], new: Sequence[str], budget: Budget
) -> Iterator[tuple[bool, tuple[int, int, int, int]]]:
    """The space behind a word does not make it another word."""
    return steps([word.rstrip() for word in old], [word.rstrip() for word in new], budget)


def _short(piece: Piece, most: int = MUCH) -> Piece:
    if piece.kind != "same" or len(piece.text) <= most:
        return piece
    return Piece("same", f"{piece.text[: most // 2]} … {piece.text[-most // 2 :]}")

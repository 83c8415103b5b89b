"""Two contents side by side: every field that differs, the body by aligned parts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from articles.comparison.alignment import Budget, steps
from articles.comparison.blocks import Block, Picture, blocks
from articles.comparison.notes import kind_label, notes
from articles.comparison.told import Names, label, told
from articles.comparison.words import Piece, beside, split
from articles.content import Content
from articles.models import Media

MOST_ROWS = 1_500
"""More parts than this no one looks through; the page says that there are more."""
AROUND = 1
"""How many equal parts are shown before and after a change."""
MOST_PAIRS = 2_500
ALIKE = 0.3
"""From this share of common words on, two paragraphs are taken for the same one, rewritten."""


@dataclass(frozen=True)
class Side:
    """One of the two texts of a row, with the words that only it has marked."""

    pieces: list[Piece]
    kind: str = ""
    """What it is, if not a paragraph."""
    pictures: list[Picture] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """A paragraph beside the one that became of it; None where there is none."""

    old: Side | None
    new: Side | None
    changed: bool
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Fold:
    """Parts that are the same on both sides."""

    rows: list[Row]


@dataclass(frozen=True)
class Field:
    """A field in which two contents differ."""

    name: str
    label: str
    rows: list[Row | Fold]
    more: int = 0
    """How many rows are left out at the end."""


@dataclass(frozen=True)
class Comparison:
    """Two contents side by side; false if they say the same."""

    fields: list[Field]

    def __bool__(self) -> bool:
        return bool(self.fields)


FIRST = ("title", "kicker", "lead", "body")


def compare(old: Content, new: Content, budget: Budget | None = None) -> Comparison:
    """Returns the fields in which two contents differ: title, lead and body first, then as on the sheet."""
    budget = budget or Budget()
    names = Names([old, new])
    before, after = told(old, names), told(new, names)
    order = sorted(before, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    raw = old.to_json(), new.to_json()
    changed = [name for name in order if raw[0][name] != raw[1][name]]
    fields = [_field(name, before[name], after[name], budget) for name in changed if name != "hero"]
    if "hero" in changed:
        fields.append(_hero(names.pictures.get(old.hero or 0), names.pictures.get(new.hero or 0)))
    return Comparison(fields)


def _field(name: str, old: str | list[str], new: str | list[str], budget: Budget) -> Field:
    if name == "body":
        return _body(str(old), str(new), budget)
    if isinstance(old, list) and isinstance(new, list):
        separated = [[f"{each}, " for each in side[:-1]] + side[-1:] for side in (old, new)]
        left, right = _items(old, new, separated, budget)
        hints: list[str] = []
    else:
        left, right = beside(split(str(old)), split(str(new)), budget)
        hints = [_("Only spaces differ.")] if str(old).split() == str(new).split() else []
    return Field(name, label(name), [Row(Side(left), Side(right), changed=True, notes=hints)])


def _items(old: list[str], new: list[str], shown: list[list[str]], budget: Budget) -> tuple[list[Piece], list[Piece]]:
    """Compares lists thing by thing: a tag of two words is one."""
    left, right = [], []
    for equal, (start, end, new_start, new_end) in steps(old, new, budget):
        left += [Piece("same" if equal else "gone", text) for text in shown[0][start:end]]
        right += [Piece("same" if equal else "new", text) for text in shown[1][new_start:new_end]]
    return left, right


def _hero(old: Media | None, new: Media | None) -> Field:
    sides = [
        Side([Piece(kind, str(media))], pictures=[Picture(media.url, media.alt)]) if media else None
        for kind, media in (("gone", old), ("new", new))
    ]
    return Field("hero", label("hero"), [Row(sides[0], sides[1], changed=True)])


def _body(old: str, new: str, budget: Budget) -> Field:
    rows = list(_rows(blocks(old), blocks(new), budget))
    if not any(row.changed for row in rows):
        hint = _("The bodies differ only in their markup, or far below what can be compared here.")
        return Field("body", label("body"), [Row(None, None, changed=True, notes=[hint])])
    return Field("body", label("body"), _folded(rows[:MOST_ROWS]), more=max(0, len(rows) - MOST_ROWS))


def _rows(old: list[Block], new: list[Block], budget: Budget) -> Iterator[Row]:
    for equal, (start, end, new_start, new_end) in steps(
        [each.key for each in old], [each.key for each in new], budget
    ):
        if equal:
            yield from (
                _row(each, other, budget) for each, other in zip(old[start:end], new[new_start:new_end], strict=True)
            )
        else:
            for each, other in _paired(old[start:end], new[new_start:new_end], budget):
                yield _row(each, other, budget)


def _row(old: Block | None, new: Block | None, budget: Budget) -> Row:
    if old and new and old.key == new.key:
        side = _side(old, [Piece("same", "".join(old.words))])
        return Row(side, side, changed=False)
    left, right = beside(old.words if old else [], new.words if new else [], budget)
    before, after = _side(old, left) if old else None, _side(new, right) if new else None
    return Row(before, after, changed=True, notes=notes(old, new))


def _side(block: Block, pieces: list[Piece]) -> Side:
    return Side(pieces, kind_label(block.kind), block.pictures)


def _paired(old: list[Block], new: list[Block], budget: Budget) -> list[tuple[Block | None, Block | None]]:
    """Puts beside each other what was rewritten; what has no counterpart stands alone.

    The pairing with the most words in common, in order (Needleman and Wunsch, 1970); of very many just one by one.
    """
    if len(old) * len(new) > MOST_PAIRS or not budget.spend(sum(len(one.words) for one in (*old, *new)) * 20):
        longer = range(max(len(old), len(new)))
        return [(old[at] if at < len(old) else None, new[at] if at < len(new) else None) for at in longer]
    best = _best(old, new)
    pairs: list[tuple[Block | None, Block | None]] = []
    i, j = 0, 0
    while i < len(old) or j < len(new):
        if i < len(old) and best[i][j] == best[i + 1][j]:
            pairs.append((old[i], None))
            i += 1
        elif j < len(new) and best[i][j] == best[i][j + 1]:
            pairs.append((None, new[j]))
            j += 1
        else:
            pairs.append((old[i], new[j]))
            i, j = i + 1, j + 1
    return pairs


def _best(old: list[Block], new: list[Block]) -> list[list[float]]:
    """Returns, for each place in both, how much of what follows can be paired at best."""
    bags = [[Counter(word.strip().casefold() for word in each.words) for each in side] for side in (old, new)]
    best = [[0.0] * (len(new) + 1) for _each in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            here = _likeness(old[i], new[j], bags[0][i], bags[1][j])
            paired = here + best[i + 1][j + 1] if here >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return best


def _likeness(old: Block, new: Block, bag: Counter[str], other: Counter[str]) -> float:
    if bool(old.pictures) != bool(new.pictures):
        return 0.0
    if old.pictures and {each.src for each in old.pictures} & {each.src for each in new.pictures}:
        return 1.0
    total = max(sum(bag.values()), sum(other.values()))
    return (bag & other).total() / total if total else 1.0


def _folded(rows: list[Row]) -> list[Row | Fold]:
    """Folds long stretches of what is the same, but for what stands next to a change."""
    near = {at for at, row in enumerate(rows) if row.changed}
    shown = {place for at in near for place in range(at - AROUND, at + AROUND + 1)}
    found: list[Row | Fold] = []
    hidden: list[Row] = []
    for at, row in enumerate(rows):
        if at not in shown:
            hidden.append(row)
            continue
        found += _closed(hidden)
        hidden = []
        found.append(row)
    return found + _closed(hidden)


def _closed(hidden: list[Row]) -> list[Row | Fold]:
    return [Fold(hidden)] if len(hidden) > 1 else list(hidden)

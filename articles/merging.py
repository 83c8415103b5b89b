"""Two texts that grew out of one, brought together: what either changed is kept, what both changed is asked.

A pure three-way merge of contents: ``base`` is the revision that the editor had before them, ``mine`` what they typed,
``theirs`` the newest revision. Lists are merged by their members, the text by its outermost elements (as diff3 merges
lines), any other field as a whole.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from articles.body.blocks import outermost
from articles.content import Content
from articles.related import MOST_PICKS

MOST = {"tags": 30, "authors": 20, "sources": 20, "related": MOST_PICKS}
"""Lists that would grow beyond this are asked about; the form takes no more."""
JOINED_BY = {"kicker": " ", "title": " ", "lead": " ", "hero_caption": " ", "seo_title": " ", "seo_description": " "}
JOINED_BY |= {"internal_note": "\n\n", "update_note": " ", "body": ""}
"""Fields of which both versions can be kept, one after the other, and what stands between them."""
MAX_BLOCKS = 2_000
MAX_PAIRS = 200_000
"""Beyond this a comparison by elements would take seconds: then all from the first change to the last counts as one."""

MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True)
class Clash:
    """A field, or one place of the text, that both changed and not alike."""

    field: str
    mine: Any
    theirs: Any
    place: int = 0
    """Which clash of the text it is, from 1 on."""

    @property
    def key(self) -> str:
        return f"{self.field}-{self.place}" if self.place else self.field

    def taken(self, choice: str) -> Any:
        """Returns what stands there by ``choice``; mine where both cannot be kept."""
        if choice == BOTH and self.field in JOINED_BY:
            return JOINED_BY[self.field].join(each for each in (self.mine, self.theirs) if each)
        return self.theirs if choice == THEIRS else self.mine


@dataclass(frozen=True)
class Merge:
    """What came of it: the fields on which there is no doubt, and what is to be asked."""

    settled: dict[str, Any]
    body: list[str | Clash]
    clashes: list[Clash]

    def content(self, choices: Mapping[str, str] | None = None) -> Content:
        """Returns the content that ``choices`` (by the key of a clash) make; mine where nothing is chosen."""
        chosen = choices or {}
        whole = {clash.field: clash.taken(chosen.get(clash.key, MINE)) for clash in self.clashes if not clash.place}
        parts = (part if isinstance(part, str) else part.taken(chosen.get(part.key, MINE)) for part in self.body)
        return Content(**{**self.settled, **whole, "body": "".join(parts)})


def merge(base: Content, mine: Content, theirs: Content) -> Merge:
    """Brings ``mine`` and ``theirs`` together, both of which grew out of ``base``."""
    settled: dict[str, Any] = {}
    clashes = []
    for name in (field.name for field in fields(Content) if field.name != "body"):
        merged = _field(name, *(getattr(each, name) for each in (base, mine, theirs)))
        if isinstance(merged, Clash):
            clashes.append(merged)
        else:
            settled[name] = merged
    body = merged_text(base.body, mine.body, theirs.body)
    return Merge(settled, body, [*clashes, *(part for part in body if isinstance(part, Clash))])


def _field(name: str, base: Any, mine: Any, theirs: Any) -> Any:
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    merged = _list(base, mine, theirs) if isinstance(base, list) else None
    if merged is None or len(merged) > MOST.get(name, len(merged)):
        return Clash(name, mine, theirs)
    return merged


# Lists: what either took out is out, what either put in is in, the order is that of whoever changed it.


def _list(base: list[Any], mine: list[Any], theirs: list[Any]) -> list[Any] | None:
    """Returns the members of a merged list, each once; None if both put them into orders of their own."""
    kept = [one for one in base if one in mine and one in theirs]
    orders = [[one for one in each if one in kept] for each in (mine, theirs)]
    if kept != orders[0] != orders[1] != kept:
        return None
    order = orders[1] if orders[0] == kept else orders[0]
    runs = [_added(base, kept, each) for each in (mine, theirs)]
    merged: list[Any] = []
    for before in (None, *order):
        here = [] if before is None else [before]
        here += [one for run in sorted((each.get(repr(before), []) for each in runs), key=repr) for one in run]
        merged += [one for index, one in enumerate(here) if one not in merged and one not in here[:index]]
    return merged


def _added(base: list[Any], kept: list[Any], side: list[Any]) -> dict[str, list[Any]]:
    """Returns what a side put in, by the member after which it stands there."""
    runs: dict[str, list[Any]] = {}
    before = repr(None)
    for one in side:
        if one in kept:
            before = repr(one)
        elif one not in base:
            runs.setdefault(before, []).append(one)
    return runs


# The text


class Edit(NamedTuple):
    """Elements ``begin`` to ``end`` of the base become ``new``; nothing is replaced where both are the same."""

    begin: int
    end: int
    new: tuple[str, ...]


def merged_text(base: str, mine: str, theirs: str) -> list[str | Clash]:
    """Returns the text in parts: HTML on which there is no doubt, and clashes. Together they are the whole."""
    if mine == theirs or theirs == base:
        return [mine]
    if mine == base:
        return [theirs]
    blocks = elements(base)
    edits = [_edits(blocks, elements(each)) for each in (mine, theirs)]
    parts: list[str | Clash] = []
    at = clashes = 0
    for begin, end, ours in _places(*edits):
        parts.append("".join(blocks[at:begin]))
        left, right = (_applied(blocks, begin, end, each) for each in ours)
        if all(ours) and left != right:
            clashes += 1
            parts.append(Clash("body", left, right, place=clashes))
        else:
            parts.append(left if ours[0] else right)
        at = end
    parts.append("".join(blocks[at:]))
    return [part for part in parts if part]


def elements(html: str) -> list[str]:
    """Returns the outermost elements of clean HTML; what is only space between them parts nothing."""
    return [block.html.strip() for block in outermost(html) if not block.is_space]


def _edits(base: Sequence[str], side: Sequence[str]) -> list[Edit]:
    """Returns the edits that make ``side`` of ``base``, in their order."""
    head = _alike(base, side)
    tail = _alike(base[head:][::-1], side[head:][::-1])
    old, new = base[head : len(base) - tail], side[head : len(side) - tail]
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if _is_comparable(old, new) else None
    if codes is None:
        codes = [("replace", 0, len(old), 0, len(new))]
    return [edit for code in codes if code[0] != "equal" for edit in _single(head, new, *code[1:])]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Returns how many elements from the first on are the same."""
    for count, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return count
    return min(len(one), len(other))


def _is_comparable(old: Sequence[str], new: Sequence[str]) -> bool:
    times = Counter(new)
    return max(len(old), len(new)) <= MAX_BLOCKS and sum(times[each] for each in old) <= MAX_PAIRS


def _single(head: int, new: Sequence[str], begin: int, end: int, new_begin: int, new_end: int) -> Iterator[Edit]:
    """Yields an edit, or where as many elements came as went one for each: they were changed one by one."""
    if end - begin == new_end - new_begin:
        for old, now in zip(range(begin, end), range(new_begin, new_end), strict=True):
            yield Edit(head + old, head + old + 1, (new[now],))
    else:
        yield Edit(head + begin, head + end, tuple(new[new_begin:new_end]))


def _places(mine: list[Edit], theirs: list[Edit]) -> Iterator[tuple[int, int, tuple[list[Edit], list[Edit]]]]:
    """Yields the places of the base that were changed, in their order: where from, where to, and by whom how."""
    every = sorted((edit.begin, edit.end, side, edit) for side, edits in enumerate((mine, theirs)) for edit in edits)
    while every:
        begin, end, side, edit = every.pop(0)
        ours: tuple[list[Edit], list[Edit]] = ([], [])
        ours[side].append(edit)
        while every and _meet(begin, end, *every[0][:2]):
            _begin, its_end, side, edit = every.pop(0)
            end = max(end, its_end)
            ours[side].append(edit)
        yield begin, end, ours


def _meet(begin: int, end: int, next_begin: int, next_end: int) -> bool:
    """Whether two changes, the second not before the first, are of the same elements, or put in at the same place."""
    return next_begin < end or (begin == end == next_begin == next_end)


def _applied(blocks: Sequence[str], begin: int, end: int, edits: list[Edit]) -> str:
    """Returns what one side made of the elements ``begin`` to ``end``."""
    made: list[str] = []
    for edit in edits:
        made += [*blocks[begin : edit.begin], *edit.new]
        begin = edit.end
    return "".join([*made, *blocks[begin:end]])

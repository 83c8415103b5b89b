"""What stands in both of two lists, in order, found in bounded time however the lists were made."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

Span = tuple[int, int, int, int]

SMALL = 10_000
"""Up to so many pairs of equal items a range is compared exactly."""


class Budget:
    """How much work a comparison may cost, in pairs of items looked at. The rest is shown as replaced whole."""

    def __init__(self, most: int = 3_000_000) -> None:
        self.left = most

    def spend(self, cost: int) -> bool:
        """Says whether ``cost`` can still be afforded, and takes it."""
        self.left -= cost
        return self.left >= 0


def steps(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget) -> Iterator[tuple[bool, Span]]:
    """Yields the parts of both lists in order: whether they are equal, and where they begin and end in each."""
    i = j = 0
    for start, new_start, length in _runs(matches(old, new, budget)):
        if i < start or j < new_start:
            yield False, (i, start, j, new_start)
        i, j = start + length, new_start + length
        yield True, (start, i, new_start, j)
    if i < len(old) or j < len(new):
        yield False, (i, len(old), j, len(new))


def _runs(pairs: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    begin = 0
    for at in range(1, len(pairs) + 1):
        if at == len(pairs) or pairs[at] != (pairs[at - 1][0] + 1, pairs[at - 1][1] + 1):
            yield *pairs[begin], at - begin
            begin = at


def matches(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget) -> list[tuple[int, int]]:
    """Returns pairs of places with equal items, both rising.

    What both begin and end with is set aside first. What is left is compared exactly where that is cheap; else it is
    split at the items that each side has only once (Bram Cohen's patience diff), and its parts are compared alike.
    """
    found: list[tuple[int, int]] = []
    open_spans = [(0, len(old), 0, len(new))]
    while open_spans:
        span = _trimmed(old, new, open_spans.pop(), found)
        start, end, new_start, new_end = span
        if start == end or new_start == new_end or not budget.spend(end - start + new_end - new_start):
            continue
        counts = Counter(old[start:end]), Counter(new[new_start:new_end])
        cost = sum(times * counts[1][item] for item, times in counts[0].items())
        if cost <= SMALL:
            # The matcher looks at all pairs again for each run that it finds: the more, the more often a word comes.
            dear = cost * (1 + cost // (end - start + new_end - new_start))
            found += _exact(old, new, span) if budget.spend(dear) else []
        else:
            anchors = _anchors(old, new, span, counts)
            found += anchors
            open_spans += _between(span, anchors) if anchors else []
    return sorted(found)


def _trimmed(old: Sequence[Hashable], new: Sequence[Hashable], span: Span, found: list[tuple[int, int]]) -> Span:
    """Adds what both parts begin and end with to ``found``, and returns what is left between."""
    start, end, new_start, new_end = span
    while start < end and new_start < new_end and old[start] == new[new_start]:
        found.append((start, new_start))
        start, new_start = start + 1, new_start + 1
    while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
        end, new_end = end - 1, new_end - 1
        found.append((end, new_end))
    return start, end, new_start, new_end


def _exact(old: Sequence[Hashable], new: Sequence[Hashable], span: Span) -> list[tuple[int, int]]:
    start, end, new_start, new_end = span
    matcher = SequenceMatcher(None, old[start:end], new[new_start:new_end], autojunk=False)
    return [
        (start + i + step, new_start + j + step) for i, j, size in matcher.get_matching_blocks() for step in range(size)
    ]


def _anchors(
    old: Sequence[Hashable], new: Sequence[Hashable], span: Span, counts: tuple[Counter[Hashable], Counter[Hashable]]
) -> list[tuple[int, int]]:
    """Returns the longest rising chain of items that each side has exactly once."""
    start, end, new_start, new_end = span
    once = {item for item, times in counts[0].items() if times == 1 and counts[1][item] == 1}
    places = {new[at]: at for at in range(new_start, new_end) if new[at] in once}
    return _rising([(at, places[old[at]]) for at in range(start, end) if old[at] in once])


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Returns a longest chain of ``pairs``, whose first parts rise, in which the second parts rise too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_first, second) in enumerate(pairs):
        place = bisect_left(ends, second)
        before.append(last[place - 1] if place else -1)
        ends[place : place + 1] = [second]
        last[place : place + 1] = [at]
    chain: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _between(span: Span, anchors: list[tuple[int, int]]) -> list[Span]:
    start, end, new_start, new_end = span
    spans = []
    for i, j in [*anchors, (end, new_end)]:
        spans.append((start, i, new_start, j))
        start, new_start = i + 1, j + 1
    return spans

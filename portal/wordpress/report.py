"""What an import did, in numbers and names: nothing is left out silently."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

EXAMPLES = 5
LONGEST_LIST = 200
"""Kinds with more names than this are counted to the end, but not every name is kept."""


class Report:
    """Every item of the files has exactly one outcome; ``notes`` name what was not brought over, or changed."""

    def __init__(self) -> None:
        self.items = 0
        self.outcomes: Counter[tuple[str, str]] = Counter()
        self.notes: dict[str, Counter[str]] = defaultdict(Counter)
        self.examples: dict[tuple[str, str], list[int]] = {}
        self.repairs: Counter[str] = Counter()
        self.damage: list[str] = []

    def outcome(self, kind: str, what: str) -> None:
        """Counts an item: its kind in WordPress's words, and what became of it."""
        self.outcomes[kind, what] += 1

    def note(self, heading: str, name: str, wp_id: int = 0, times: int = 1) -> None:
        names = self.notes[heading]
        if name not in names and len(names) >= LONGEST_LIST:
            name = "…"
        names[name] += times
        examples = self.examples.setdefault((heading, name), [])
        if wp_id and wp_id not in examples and len(examples) < EXAMPLES:
            examples.append(wp_id)

    def repair(self, kind: str, times: int) -> None:
        self.repairs[kind] += times

    @property
    def adds_up(self) -> bool:
        return sum(self.outcomes.values()) == self.items

    def lines(self) -> Iterator[str]:
        """Yields the report for people."""
        yield _("Items in the files: %d") % self.items
        for (kind, what), times in sorted(self.outcomes.items()):
            yield f"  {kind}: {_(what)}: {times}"
        for heading, names in sorted(self.notes.items()):
            yield f"{_(heading)}: {sum(names.values())}"
            for name, times in names.most_common(10):
                yield f"  {name or '—'}: {times}{self._numbers(heading, name)}"
            if len(names) > 10:
                yield "  …"
        for kind, times in sorted(self.repairs.items()):
            yield f"{_('Repaired')}: {_(kind)}: {times}"
        yield from self.damage
        if not self.adds_up:
            yield _("The numbers do not add up: %d outcomes.") % sum(self.outcomes.values())

    def _numbers(self, heading: str, name: str) -> str:
        numbers = self.examples.get((heading, name))
        return f" ({', '.join(map(str, numbers))})" if numbers else ""

    def as_json(self) -> dict[str, Any]:
        return {
            "items": self.items,
            "adds_up": self.adds_up,
            "outcomes": [{"type": kind, "what": what, "times": n} for (kind, what), n in sorted(self.outcomes.items())],
            "notes": {
                heading: [
                    {"name": name, "times": times, "examples": self.examples.get((heading, name), [])}
                    for name, times in names.most_common()
                ]
                for heading, names in sorted(self.notes.items())
            },
            "repairs": dict(self.repairs),
            "damage": self.damage,
        }

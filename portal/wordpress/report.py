"""What an import did, in numbers and names: nothing is left out silently."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

WORDS = {
    gettext_noop("brought over"),
    gettext_noop("updated"),
    gettext_noop("there already"),
    gettext_noop("changed here, left alone"),
    gettext_noop("deleted here, left alone"),
    gettext_noop("left out"),
    gettext_noop("type left out"),
    gettext_noop("repeated in the file"),
    gettext_noop("file missing or refused"),
    gettext_noop("kept for the texts that use it"),
    gettext_noop("Categories that the export does not list"),
    gettext_noop("Categories without their parent"),
    gettext_noop("Changed on both sites, ours kept"),
    gettext_noop("Comments, not brought over"),
    gettext_noop("Items without a date"),
    gettext_noop("Menus without a place here"),
    gettext_noop("Missing files"),
    gettext_noop("Missing main pictures"),
    gettext_noop("Posts with a password: not public here"),
    gettext_noop("Refused files"),
    gettext_noop("Sticky posts: pin them on the front page"),
    gettext_noop("Tags of one name, now one tag"),
    gettext_noop("Terms of other taxonomies"),
    gettext_noop("Types left out"),
    gettext_noop("Unknown authors"),
    gettext_noop("Unknown statuses, now drafts"),
    gettext_noop("In texts: advertisement"),
    gettext_noop("In texts: block"),
    gettext_noop("In texts: block of a plugin, its text kept"),
    gettext_noop("In texts: file of another site"),
    gettext_noop("In texts: frame, now a link"),
    gettext_noop("In texts: gallery without pictures"),
    gettext_noop("In texts: left as text"),
    gettext_noop("In texts: missing file"),
    gettext_noop("In texts: missing picture"),
    gettext_noop("In texts: picture of another site"),
    gettext_noop("In texts: picture without an address"),
    gettext_noop("In texts: script"),
    gettext_noop("In texts: shortcode"),
    gettext_noop("Repaired"),
    gettext_noop("bare ampersands"),
    gettext_noop("bytes in another encoding"),
    gettext_noop("control characters"),
    gettext_noop("entities of HTML"),
    gettext_noop("text after the end"),
    gettext_noop("text before the beginning"),
    gettext_noop("«]]>» inside a text"),
}
"""Everything that a report says in words of ours, gathered here for translation."""
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

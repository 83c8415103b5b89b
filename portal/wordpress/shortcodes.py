"""Shortcodes: WordPress's `[name key="value"]…[/name]`, by the rules of wp-includes/shortcodes.php.

A pair of brackets in running text is no shortcode. One is taken for it when its name is known here, or when
it has an attribute with a value, a closing tag or a closing slash. Nothing is expanded inside `<pre>` and
`<code>`, where people write about brackets.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

TAG = re.compile(r"\[(\[?)(/?)([A-Za-z][\w-]{0,60})(?![\w-])([^\[\]]{0,4000}?)(/?)\](\]?)", re.ASCII)
_VERBATIM = re.compile(r"<(pre|code|script|style)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = re.compile(
    r"""([\w-]+)\s*=\s*"([^"]*)"|([\w-]+)\s*=\s*'([^']*)'|([\w-]+)\s*=\s*([^\s'"]+)|"([^"]*)"|'([^']*)'|(\S+)"""
)
_CURLED = str.maketrans({"“": '"', "”": '"', "«": '"', "»": '"', "″": '"'})
DEEPEST = 20
"""Shortcodes nested deeper than this lose their tags and keep their text."""


@dataclass(frozen=True)
class Shortcode:
    """One use: its name in lower case, attributes, those without a name, and the text between its tags."""

    name: str
    attributes: dict[str, str]
    values: list[str]
    inner: str | None

    def get(self, *names: str) -> str:
        return next((self.attributes[name] for name in names if self.attributes.get(name)), "")


Expand = Callable[[Shortcode], str | None]
"""Returns the HTML of a shortcode; None when it does not know the name."""


def attributes_of(text: str) -> tuple[dict[str, str], list[str]]:
    """Reads attributes in double, single or no quotes, and values without a name."""
    named: dict[str, str] = {}
    values: list[str] = []
    for match in _ATTRIBUTE.finditer(text.translate(_CURLED)):
        parts = match.groups()
        name = parts[0] or parts[2] or parts[4]
        value = next((one for one in (*parts[1:6:2], *parts[6:]) if one is not None), "")
        if name:
            named.setdefault(name.lower(), value)
        else:
            values.append(value.lstrip("="))
    return named, [value for value in values if value]


def expand(text: str, known: set[str], expanding: Expand, unknown: Callable[[str, bool], None]) -> str:
    """Returns ``text`` with its shortcodes expanded.

    ``unknown`` is told of every other one, by name: True when it was taken out (what it encloses stays), False
    when it only may be one and stays as text.
    """
    return _Expansion(text, known, expanding, unknown).between(0, len(text), 0)


class _Expansion:
    def __init__(self, text: str, known: set[str], expanding: Expand, unknown: Callable[[str, bool], None]) -> None:
        self.text = text
        self.known = known
        self.expanding = expanding
        self.unknown = unknown
        verbatim = [match.span() for match in _VERBATIM.finditer(text)] if "[" in text else []
        self.tags = [tag for tag in TAG.finditer(text) if not _within(tag.start(), verbatim)]
        self.starts = [tag.start() for tag in self.tags]
        self.closers: dict[str, list[re.Match[str]]] = {}
        for tag in self.tags:
            if tag[2]:
                self.closers.setdefault(tag[3].lower(), []).append(tag)
        self.closer_starts = {name: [tag.start() for tag in tags] for name, tags in self.closers.items()}

    def between(self, start: int, end: int, depth: int) -> str:
        """Expands what stands between two places; a shortcode ends before ``end`` or has no closing tag."""
        parts, position = [], start
        for tag in self.tags[bisect_right(self.starts, start - 1) :]:
            if tag.start() >= end:
                break
            if tag.start() < position:
                continue
            parts.append(self.text[position : tag.start()])
            html, position = self._one(tag, end, depth)
            parts.append(html)
        return "".join([*parts, self.text[position:end]])

    def _one(self, tag: re.Match[str], end: int, depth: int) -> tuple[str, int]:
        """Returns what becomes of a tag, and where the text goes on."""
        if tag[1] and tag[6]:
            return tag[0][1:-1], tag.end()
        name = tag[3].lower()
        opened, closed = tag.start() + len(tag[1]), tag.end() - len(tag[6])
        before, after = tag[1], tag[6]
        if tag[2]:
            return before + ("" if name in self.known else tag[0][len(before) : len(tag[0]) - len(after)]), closed
        closing = None if tag[5] else self._closing(name, tag.end(), end)
        if not self._is_shortcode(name, tag, closing):
            self.unknown(name, False)
            return self.text[tag.start() : closed], closed
        inner = None if closing is None else self._inner(closed, closing.start(), depth)
        attributes, values = attributes_of(tag[4])
        html = self.expanding(Shortcode(name, attributes, values, inner)) if depth < DEEPEST else inner
        if html is None:
            self.unknown(name, True)
            html = inner or ""
        return self.text[tag.start() : opened] + html, closing.end() - len(closing[6]) if closing else closed

    def _inner(self, start: int, end: int, depth: int) -> str:
        if depth < DEEPEST:
            return self.between(start, end, depth + 1)
        return TAG.sub("", self.text[start:end])

    def _closing(self, name: str, after: int, end: int) -> re.Match[str] | None:
        """Returns the first closing tag, as WordPress does: one shortcode does not nest in itself."""
        starts = self.closer_starts.get(name, [])
        number = bisect_right(starts, after - 1)
        found = self.closers[name][number] if number < len(starts) else None
        return found if found is not None and found.end() <= end else None

    def _is_shortcode(self, name: str, tag: re.Match[str], closing: re.Match[str] | None) -> bool:
        return name in self.known or closing is not None or bool(tag[5]) or "=" in tag[4]


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    number = bisect_right(spans, (place, 1 << 62)) - 1
    return number >= 0 and spans[number][0] <= place < spans[number][1]

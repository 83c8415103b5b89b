"""Finding words in plain text and in clean HTML, and putting others in their place. Tags are never touched."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape

from lib.html import clean

_TAG = re.compile(r"""(<(?:[^>"']|"[^"]*"|'[^']*')*>)""")
_WITHIN_A_LINE = re.compile(r"</?(?:a|strong|em|s|u|sub|sup|code|mark|abbr|cite|q)\b", re.IGNORECASE)
CONTEXT = 60
"""Letters shown on each side of what was found."""
MOST_SHOWN = 8


@dataclass(frozen=True)
class Snippet:
    """One place: what stands before it, what goes, what comes, what stands after it."""

    before: str
    gone: str
    new: str
    after: str


@dataclass(frozen=True)
class Replacement:
    """``find`` becomes ``new``. A space in ``find`` is any white space of the text, a hard one too."""

    find: str
    new: str
    whole_words: bool = False
    match_case: bool = True

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = r"\s+".join(map(re.escape, self.find.split()))
        around = (r"(?<!\w)", r"(?!\w)") if self.whole_words else ("", "")
        # A space at an edge is meant: «из » finds no «изба».
        edges = (r"\s+" if self.find[:1].isspace() else "", r"\s+" if self.find[-1:].isspace() else "")
        pattern = f"{edges[0]}{around[0]}{words}{around[1]}{edges[1]}" if words else r"(?!)"
        return re.compile(pattern, 0 if self.match_case else re.IGNORECASE)

    def in_text(self, text: str) -> str:
        return self._pattern.sub(lambda match: self.new, text)

    def in_html(self, html: str) -> str:
        """Returns clean ``html`` with its words replaced; unchanged where nothing is found. What stands partly
        within a tag and partly outside of it is left alone."""
        parts = _TAG.split(html)
        found = self._in_parts(parts)
        if not found:
            return html
        for number, matches in found.items():
            text, end, written = unescape(parts[number]), 0, ""
            for start, stop in matches:
                written += text[end:start] + self.new
                end = stop
            parts[number] = escape(written + text[end:], quote=False)
        return clean("".join(parts))

    def _in_parts(self, parts: list[str]) -> dict[int, list[tuple[int, int]]]:
        """Returns the places found, by the number of the part and from where to where in its text."""
        whole, starts = "", []
        for number, part in enumerate(parts):
            if number % 2:
                whole += "" if _WITHIN_A_LINE.match(part) else "\n"
            else:
                starts.append((len(whole), number))
                whole += unescape(part)
        found: dict[int, list[tuple[int, int]]] = {}
        texts = iter([*starts, (len(whole) + 1, -1)])
        (start, number), (following, after) = next(texts), next(texts, (len(whole) + 1, -1))
        for match in self._pattern.finditer(whole):
            while after != -1 and match.start() >= following:
                (start, number), (following, after) = (following, after), next(texts)
            end = start + len(unescape(parts[number]))
            if match.end() > match.start() and match.start() >= start and match.end() <= end:
                found.setdefault(number, []).append((match.start() - start, match.end() - start))
        return found

    def snippets_of_text(self, text: str) -> Iterator[Snippet]:
        yield from self._snippets(text, [match.span() for match in self._pattern.finditer(text)])

    def snippets_of_html(self, html: str) -> Iterator[Snippet]:
        parts = _TAG.split(html)
        for number, matches in self._in_parts(parts).items():
            yield from self._snippets(unescape(parts[number]), matches)

    def _snippets(self, text: str, matches: list[tuple[int, int]]) -> Iterator[Snippet]:
        for start, end in matches:
            before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
            before = f"…{before}" if start > CONTEXT else before
            after = f"{after}…" if end + CONTEXT < len(text) else after
            yield Snippet(before, text[start:end], self.new, after)


FIELDS: dict[str, Callable[[Replacement, str], str]] = {
    "title": Replacement.in_text,
    "lead": Replacement.in_text,
    "body": Replacement.in_html,
}
SNIPPETS: dict[str, Callable[[Replacement, str], Iterator[Snippet]]] = {
    "title": Replacement.snippets_of_text,
    "lead": Replacement.snippets_of_text,
    "body": Replacement.snippets_of_html,
}

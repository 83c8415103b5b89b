"""A body taken apart: its paragraphs, headings, items, rows and pictures, and what marks their words."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from articles.comparison.words import split

HEADINGS = {"h2", "h3", "h4"}
WHOLE = {"tr", "figure", "pre", "figcaption", "caption"}
"""One block with all that is in them."""
BEGIN = {"p", "li", "dt", "dd", "summary", "hr", *HEADINGS, *WHOLE}
AROUND = {"blockquote", "aside", "ul", "ol", "dl", "table", "details"}
MARKS = {
    "strong": "bold", "em": "italic", "s": "struck", "u": "underlined", "sub": "sub", "sup": "sup", "code": "code",
    "mark": "marked", "abbr": "abbreviation", "cite": "cite", "q": "quoted",
}  # fmt: skip
MEDIA = {"img", "audio", "video"}
BETWEEN_CELLS = "│ "
PART = 50_000
"""So many letters are read at a time."""


@dataclass(frozen=True)
class Picture:
    src: str
    alt: str
    is_image: bool = True


@dataclass
class Block:
    """A part of a body; ``kind`` is the tag that makes it what it is, such as ``h2``, ``li`` or ``quote``."""

    kind: str
    words: list[str] = field(default_factory=list)
    marks: list[frozenset[tuple[str, str]]] = field(default_factory=list)
    """What marks each of the words: («bold», «»), («link», its address)."""
    pictures: list[Picture] = field(default_factory=list)
    further: set[str] = field(default_factory=set)
    """Attributes that change how it looks, or where links lead."""

    @property
    def key(self) -> Any:
        """What makes two blocks equal."""
        return self.kind, tuple(self.words), tuple(self.marks), tuple(self.pictures), frozenset(self.further)

    @property
    def is_empty(self) -> bool:
        return self.kind != "hr" and not self.pictures and not "".join(self.words).strip()

    def runs(self) -> list[tuple[str, str, str]]:
        """Returns the marked stretches: what marks them, their words, and the address of a link."""
        found: list[tuple[str, str, str]] = []
        open_runs: dict[tuple[str, str], list[str]] = {}
        for word, marks in [*zip(self.words, self.marks, strict=True), ("", frozenset())]:
            for name, value in open_runs.keys() - marks:
                found.append((name, "".join(open_runs.pop((name, value))).strip(), value))
            for mark in marks:
                open_runs.setdefault(mark, []).append(word)
        return found


def blocks(html: str, most: int = 4_000) -> list[Block]:
    """Returns the first ``most`` blocks of a clean body in their order."""
    reader = _Reader()
    for start in range(0, len(html), PART):
        reader.feed(html[start : start + PART])
        if len(reader.found) >= most:
            return reader.found[:most]
    reader.close()
    reader.begin("p")
    return reader.found[:most]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self.block = Block("p")
        self.around: list[str] = []  # quotes, lists and tables that are open
        self.whole = ""  # the open element that is one block with all that is in it
        self.depth = 0  # of equal elements within it
        self.marks: dict[str, list[str]] = {}  # of each mark that is open, the values
        self.marked: frozenset[tuple[str, str]] = frozenset()

    def begin(self, kind: str) -> None:
        if not self.block.is_empty:
            self.found.append(self.block)
        self.block = Block(kind)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._mark("link", told.get("href", ""))
        elif tag in MARKS:
            self._mark("footnote" if told.get("class") == "footnote" else MARKS[tag], told.get("title", ""))
        elif tag in MEDIA:
            self._media(tag, told)
        elif tag in {"td", "th"} and self.block.words:
            self._say(BETWEEN_CELLS)
        elif tag == "br":
            self._say("\n")
        elif self.whole:
            self.depth += tag == self.whole
        elif tag in BEGIN or tag in AROUND:
            self._open(tag, told)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._unmark("link")
        elif tag in MARKS:
            self._unmark("footnote" if tag == "sup" and self.marks.get("footnote") else MARKS[tag])
        elif self.whole:
            self._close_whole(tag)
        elif tag in AROUND:
            self.begin("p")
            if tag in {kind.split(".")[0] for kind in self.around[-1:]}:
                self.around.pop()
        elif tag in BEGIN:
            self.begin("p")

    def handle_data(self, data: str) -> None:
        for word in split(data):
            if word.strip() or self.block.words:
                self._say(word)

    def _open(self, tag: str, told: dict[str, str]) -> None:
        is_gallery = tag == "figure" and told.get("class") == "gallery"
        inner = tag == "p" and not self.block.words and self.block.kind in {"li", "dd", "quote", "pull", "aside"}
        further = {f"{name}={value}" for name, value in told.items() if name in {"class", "id", "lang", "start"}}
        if tag in AROUND:
            self.begin(self._kind("p"))
            self.around.append("blockquote.pull" if told.get("class") == "pull" else tag)
            self.block = Block(self._kind("p"))
        elif not inner:
            self.begin(self._kind(tag))
            if tag in WHOLE and not is_gallery:
                self.whole = tag
        self.block.further |= further - {"class=pull"}

    def _close_whole(self, tag: str) -> None:
        if tag != self.whole:
            return
        if self.depth:
            self.depth -= 1
        else:
            self.whole = ""
            self.begin("p")

    def _kind(self, tag: str) -> str:
        """A paragraph is called after what stands around it."""
        if tag != "p" or not self.around:
            return tag
        return {"blockquote": "quote", "blockquote.pull": "pull", "aside": "aside"}.get(self.around[-1], tag)

    def _media(self, tag: str, told: dict[str, str]) -> None:
        alt = told.get("alt", "")
        self.block.pictures.append(Picture(told.get("src", ""), alt, is_image=tag == "img"))

    def _mark(self, name: str, value: str) -> None:
        self.marks.setdefault(name, []).append(value)
        self._remember()

    def _unmark(self, name: str) -> None:
        if self.marks.get(name):
            self.marks[name].pop()
            self._remember()

    def _remember(self) -> None:
        self.marked = frozenset((name, values[-1]) for name, values in self.marks.items() if values)

    def _say(self, word: str) -> None:
        self.block.words.append(word)
        self.block.marks.append(self.marked)

"""A small tree of HTML elements, for changes that need to see an element whole.

Made from HTML that ``nh3`` wrote, which is well-formed. Nothing here recurses: texts in the wild nest deeply.
"""

from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "source"}


class Node:
    """An element. The root has no tag."""

    def __init__(self, tag: str, attributes: dict[str, str] | None = None, children: "Children | None" = None) -> None:
        self.tag = tag
        self.attributes = attributes or {}
        self.children: Children = children or []

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def elements(self) -> Iterator["Node"]:
        """Yields the elements below this one in the order of the text."""
        waiting = [child for child in reversed(self.children) if isinstance(child, Node)]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def has(self, *tags: str) -> bool:
        return any(node.tag in tags for node in self.elements())

    def first(self, tag: str) -> "Node | None":
        return next((node for node in self.elements() if node.tag == tag), None)

    def text(self) -> str:
        """Returns the words in it."""
        pieces: list[str] = []
        waiting: list[Node | str] = [self]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                pieces.append(one)
            else:
                waiting.extend(reversed(one.children))
        return "".join(pieces)

    @property
    def is_blank(self) -> bool:
        """Whether a reader would see nothing: no words and nothing to look at."""
        return not self.text().strip("\xa0 \t\r\n\ufeff\u200b") and not self.has(*SEEN)


Children = list[Node | str]
SEEN = {"img", "audio", "video", "hr", "iframe", "table"}


def parse(html: str) -> Node:
    """Returns the tree of well-formed ``html``."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def serialise(root: Node) -> str:
    """Returns the HTML of what stands in ``root``."""
    pieces: list[str] = []
    waiting: list[Node | str | tuple[str]] = list(reversed(root.children))
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            pieces.append(one[0])
        elif isinstance(one, str):
            pieces.append(escape(one, quote=False))
        else:
            pieces.append(_opening(one))
            if one.tag not in VOID:
                waiting.append((f"</{one.tag}>",))
                waiting.extend(reversed(one.children))
    return "".join(pieces)


def _opening(node: Node) -> str:
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    return f"<{node.tag}{attributes}>"


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

"""Blocks: the comments that delimit them are taken out, the HTML between them stays.

The grammar is that of wp-includes/class-wp-block-parser.php. A block without content («self-closing») is drawn
by WordPress itself when a page is shown; there is nothing of it to bring over.
"""

import json
import re
from collections.abc import Callable, Iterator

from portal.wordpress.paragraphs import with_paragraphs

DELIMITER = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<name>(?:[a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*)\s+(?:(?P<json>\{.*?\})\s+)?(?P<void>/)?-->",
    re.DOTALL,
)
_LEFTOVER = re.compile(r"<!--\s*/?wp:.*?(?:-->|$)", re.DOTALL)
DEEPEST_REFERENCE = 5
_CORE = re.compile(r"(?:core|core-embed)/|[^/]+$")


def has_blocks(content: str) -> bool:
    return "<!-- wp:" in content


def without_delimiters(
    content: str, reusable: Callable[[int], str], note: Callable[[str, str], None], depth: int = 0
) -> str:
    """Returns the HTML of a text that was written in blocks.

    ``reusable`` gives the text of a reusable block by its number; ``note`` is told of blocks that could not be
    brought over (kind, name).
    """
    parts: list[str] = []
    for name, json_text, text in _pieces(content):
        if name is None:
            parts.append(with_paragraphs(text))
        elif not name:
            parts.append(text)
        elif name in {"block", "core/block"} and depth < DEEPEST_REFERENCE:
            parts.append(without_delimiters(reusable(_reference(json_text)), reusable, note, depth + 1))
        else:
            note("block", name)
    return _LEFTOVER.sub("", "".join(parts))


def _pieces(content: str) -> Iterator[tuple[str | None, str, str]]:
    """Yields (None, "", loose text), ("", "", text inside a block) and (name, JSON, "") for a void block."""
    depth, position = 0, 0
    for match in DELIMITER.finditer(content):
        name = match["name"].removeprefix("core/")
        text = content[position : match.start()]
        position = match.end()
        if text:
            yield (None if depth == 0 else ""), "", text
        if match["void"]:
            if name not in {"more", "nextpage"}:
                yield name, match["json"] or "", ""
        elif name != "freeform":  # what the classic editor wrote is loose text
            depth = max(0, depth - 1) if match["end"] else depth + 1
    if rest := content[position:]:
        yield (None if depth == 0 else ""), "", rest


def foreign_blocks(content: str) -> list[str]:
    """Returns the names of blocks that plugins brought; what stands in them is kept."""
    names = {match["name"] for match in DELIMITER.finditer(content) if not match["void"]}
    return sorted(name for name in names if not _CORE.match(name))


def _reference(json_text: str) -> int:
    try:
        found = json.loads(json_text or "{}").get("ref")
    except (ValueError, AttributeError, RecursionError):
        return 0
    return found if isinstance(found, int) and 0 < found < 10**18 else 0

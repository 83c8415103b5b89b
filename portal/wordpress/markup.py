"""The HTML of WordPress themes and editors as the semantic HTML that articles are stored in.

Boxes for layout go, what they hold stays; loose text becomes paragraphs; pictures stand in figures of their
own; what was embedded is a link.
"""

import re
from collections.abc import Callable

import nh3

from lib.html import ATTRIBUTES, SCHEMES, TAGS
from portal.wordpress.embeds import URL, embed_link
from portal.wordpress.figures import as_figure, lifted, tidy_figure
from portal.wordpress.tree import Children, Node, parse, serialise

RENAMED = {
    "h1": "h2", "h5": "h4", "h6": "h4", "b": "strong", "i": "em", "dfn": "em", "del": "s", "strike": "s",
    "ins": "u", "tt": "code", "kbd": "code", "var": "code", "samp": "code", "acronym": "abbr",
}  # fmt: skip
BOXES = {"div", "section", "article", "header", "footer", "main", "nav", "address", "center", "form"}
BLOCKS = {
    "p", "h2", "h3", "h4", "ul", "ol", "dl", "blockquote", "figure", "table", "pre", "hr", "details", "aside",
    "audio", "video",
}  # fmt: skip
INLINE = {"a", "strong", "em", "u", "s", "sub", "sup", "code", "mark", "abbr", "q", "cite"}
EMPTY_GOES = {"p", "h2", "h3", "h4", "ul", "ol", "dl", "li", "blockquote", "figcaption", "strong", "em", "u", "s"}
_FIRST = TAGS | RENAMED.keys() | BOXES | {"iframe"}
_FIRST_ATTRIBUTES = {tag: names | {"class"} for tag, names in ATTRIBUTES.items()} | {
    "*": {"id", "lang", "dir", "class"},
    "a": {"href", "title", "hreflang", "name", "class"},
    "img": {"src", "alt", "title", "width", "height", "class"},
    "iframe": {"src"},
    "ol": {"start", "reversed", "class"},
}
Replace = Callable[[Node, Node], Children | None]
"""Returns what stands in place of an element (given its parent), or None to leave it."""


def semantic(html: str, replace: Replace) -> str:
    """Returns any HTML as semantic HTML; ``replace`` decides about links, pictures, frames and players."""
    first = nh3.clean(
        html, tags=_FIRST, attributes=_FIRST_ATTRIBUTES, url_schemes=SCHEMES, link_rel=None, strip_comments=True
    )
    root = parse(first)
    for node in [*reversed(list(root.elements())), root]:
        node.tag = RENAMED.get(node.tag, node.tag)
        _renew(node, replace)
    return serialise(root)


def _renew(node: Node, replace: Replace) -> None:
    """Puts the children of ``node`` into shape; their own children have been before."""
    children: Children = []
    for child in node.children:
        children.extend([child] if isinstance(child, str) else _shaped(child, node, replace))
    node.children = paragraphed(children) if node.tag in {"", "blockquote"} | BOXES else children


def _shaped(child: Node, parent: Node, replace: Replace) -> Children:
    if (replaced := replace(child, parent)) is not None:
        return replaced
    if child.tag in BOXES:
        return child.children
    if child.tag == "figure":
        return tidy_figure(child)
    if child.tag == "p":
        return [] if child.is_blank else _paragraph(child)
    if child.tag in EMPTY_GOES and child.is_blank:
        return []
    if child.tag in INLINE and any(isinstance(each, Node) and each.tag in BLOCKS for each in child.children):
        return _inside_blocks(child)
    if child.tag == "blockquote" and "wp-block-pullquote" in child.classes:
        child.attributes["class"] = "pull"
    return [child]


def _inside_blocks(inline: Node) -> Children:
    """An inline element around blocks (a tag left open, a link around a card) goes into each of them instead."""
    shaped: Children = []
    for child in inline.children:
        if isinstance(child, str) or child.tag not in BLOCKS:
            shaped.append(Node(inline.tag, inline.attributes, [child]))
            continue
        if child.tag in {"p", "h2", "h3", "h4"}:
            child.children = [Node(inline.tag, inline.attributes, child.children)]
        shaped.append(child)
    return [one for one in shaped if isinstance(one, str) or not one.is_blank]


def _paragraph(node: Node) -> Children:
    """A paragraph that is nothing but an address was an embed; its pictures get figures of their own."""
    node.children = trimmed(node.children)
    words = node.text().strip()
    if URL.fullmatch(words) and not node.has("a"):
        return [Node("p", {}, [embed_link(words)])]
    return lifted(node)


def paragraphed(children: Children) -> Children:
    """Returns ``children`` with every run of loose text in a paragraph."""
    shaped: Children = []
    run: Children = []
    for child in [*children, Node("")]:
        if isinstance(child, Node) and (child.tag in BLOCKS or not child.tag):
            shaped.extend(_as_paragraph(run))
            run = []
            shaped.extend([as_figure([child])] if child.tag in {"audio", "video"} else [child] if child.tag else [])
        else:
            run.append(child)
    return shaped


def _as_paragraph(run: Children) -> Children:
    paragraph = Node("p", {}, run)
    return [] if paragraph.is_blank else _paragraph(paragraph)


def trimmed(run: Children) -> Children:
    """Returns a run of text without line breaks and space at its ends."""
    kept = list(run)
    while kept and _is_space(kept[0]):
        kept.pop(0)
    while kept and _is_space(kept[-1]):
        kept.pop()
    return kept


def _is_space(one: Node | str) -> bool:
    return not re.search(r"\S", one) if isinstance(one, str) else one.tag == "br"

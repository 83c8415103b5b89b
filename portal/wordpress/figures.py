"""Pictures and players: each in a figure of its own, with the few classes that our pages know."""

from lib.embeds import embed_of
from portal.wordpress.tree import Children, Node

_SIDES = {"alignleft": "left", "alignright": "right", "alignwide": "wide", "alignfull": "wide"}
_PLAIN = {"img", "audio", "video", "table", "pre", "blockquote", "figure"}


def side_of(classes: set[str]) -> str:
    """Returns our class for WordPress's alignment, empty for none."""
    return next((ours for theirs, ours in _SIDES.items() if theirs in classes), "")


def as_figure(children: Children, side: str = "") -> Node:
    return Node("figure", {"class": side} if side else {}, children)


def picture_in(child: Node | str) -> Node | None:
    """Returns the picture when ``child`` is one, or a link around nothing else."""
    if isinstance(child, str):
        return None
    if child.tag == "a" and not child.text().strip():
        inner = [each for each in child.children if isinstance(each, Node)]
        return picture_in(inner[0]) if len(inner) == 1 else None
    return child if child.tag == "img" else None


def lifted(paragraph: Node) -> Children:
    """Returns a paragraph with its pictures beside it: floating ones before it, others where they stood."""
    floating: list[Node] = []
    parts = [Node("p", dict(paragraph.attributes))]
    for child in paragraph.children:
        picture = picture_in(child)
        if picture is None:
            parts[-1].children.append(child)
            continue
        side = side_of(picture.classes)
        figure = as_figure([child], side)
        if side in {"left", "right"}:
            floating.append(figure)
        else:
            parts += [figure, Node("p")]
    return [*floating, *(part for part in parts if part.tag == "figure" or not part.is_blank)]


def tidy_figure(figure: Node) -> Children:
    """Returns a figure as we write it, or what is left of it when it shows nothing."""
    classes = figure.classes
    if any(name.startswith("wp-block-embed") for name in classes):
        return _embedded(figure)
    if "wp-block-gallery" in classes or "gallery" in classes:
        return _gallery(figure)
    if "wp-block-pullquote" in classes and (quote := figure.first("blockquote")):
        quote.attributes = {"class": "pull"}
        replaced: Children = [quote]
        return replaced
    if not figure.has(*_PLAIN):
        return _without_picture(figure)
    side = side_of(classes | {name for img in figure.elements() if img.tag == "img" for name in img.classes})
    return [as_figure(_unboxed(figure.children), side)]


def _unboxed(children: Children) -> Children:
    """Pictures of a figure stand in it directly, without a paragraph or another figure around a single one."""
    shaped: Children = []
    for child in children:
        if isinstance(child, Node) and child.tag in {"p", "figure"} and child.has("img"):
            shaped.extend(child.children)
        elif not isinstance(child, str) or child.strip():
            shaped.append(child)
    return shaped


def _without_picture(figure: Node) -> Children:
    """The picture is missing: a link to where it was, with its caption as words, stands in its place."""
    caption = next((node for node in figure.elements() if node.tag == "figcaption"), None)
    words = caption.text().strip() if caption else ""
    links = [node for node in figure.elements() if node.tag == "a" and (caption is None or not _inside(node, caption))]
    if len(links) == 1:
        said: Children = caption.children if caption and words and not caption.has("a") else [words or links[0].text()]
        return [Node("p", {}, [Node("a", links[0].attributes, said)])]
    rest: Children = [Node("p", {}, [link]) for link in links]
    text = words or ("" if links else figure.text().strip())
    return [*rest, Node("p", {}, [text])] if text else rest


def _inside(node: Node, outer: Node) -> bool:
    return any(node is each for each in outer.elements())


def _gallery(figure: Node) -> Children:
    """A gallery holds figures; links to missing pictures follow it."""
    pictures = [node for node in figure.elements() if node.tag == "figure" and node.has("img")]
    innermost = [node for node in pictures if not node.has("figure")]
    framed = {id(img) for node in innermost for img in node.elements()}
    loose = [node for node in figure.elements() if node.tag == "img" and id(node) not in framed]
    shown: Children = [as_figure(node.children) for node in innermost]
    shown += [as_figure([img]) for img in loose]
    caption = [child for child in figure.children if isinstance(child, Node) and child.tag == "figcaption"]
    missing: Children = [node for node in figure.elements() if node.tag == "p" and not node.has("img")]
    if not shown:
        return [*missing, *(Node("p", {}, each.children) for each in caption)]
    return [Node("figure", {"class": "gallery"}, [*shown, *caption]), *missing]


def _embedded(figure: Node) -> Children:
    caption = figure.first("figcaption")
    words = caption.text().strip() if caption else ""
    if link := figure.first("a"):
        if words and embed_of(link.attributes.get("href", "")):
            return [Node("p", {}, [Node("a", link.attributes, [words])])]
        return [Node("p", {}, [each]) for each in (link, words) if each]
    return [] if figure.is_blank else [Node("p", {}, [figure.text().strip()])]

"""Turns the text of a WordPress post into the clean HTML that articles are stored in."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from lib.html import clean, plain_text
from portal.wordpress.blocks import foreign_blocks, has_blocks, without_delimiters
from portal.wordpress.embeds import embed_link, host_of
from portal.wordpress.expansions import KNOWN, Expander
from portal.wordpress.library import Library
from portal.wordpress.markup import semantic
from portal.wordpress.old_site import without_size
from portal.wordpress.paragraphs import with_paragraphs
from portal.wordpress.records import decoded
from portal.wordpress.shortcodes import expand
from portal.wordpress.tree import Children, Node

_MORE = re.compile(r"<!--more.*?-->", re.DOTALL)
_NEXT_PAGE = re.compile(r"<!--nextpage-->")
_URL_LINE = re.compile(r"^[ \t]*(https?://[^\s<>\"\[\]]+)[ \t]*$", re.MULTILINE)
_ATTACHMENT_CLASS = re.compile(r"wp-image-([0-9]{1,18})$")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp)$", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
_TELEGRAM = re.compile(
    r"""<script\b[^>]*\bdata-telegram-post=["']([A-Za-z]\w{3,31}/[0-9]{1,10})["'][^>]*>\s*</script>""",
    re.ASCII | re.IGNORECASE,
)
_OFFICE_TAG = re.compile(r"</?o:p>")
LONGEST_LEAD = 600


@dataclass
class Converted:
    html: str = ""
    lead: str = ""
    pages: int = 1
    """How many pages WordPress split it into; here it is one."""
    missing: int = 0
    """Pictures and files of the old site that are not here (yet)."""
    notes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """What could not be brought over: (kind, name) and how often."""


def convert(content: str, post: int, library: Library) -> Converted:
    """Converts the text of post number ``post``. A lead is what stands before «more», if it is one plain paragraph."""
    conversion = _Conversion(post, library)
    teaser, more, rest = _split(content)
    lead = _lead(conversion.html(teaser)) if more else ""
    conversion.result.html = conversion.html(rest if lead else content)
    if lead:
        conversion.result.lead = lead
    return conversion.result


def _split(content: str) -> tuple[str, str, str]:
    match = _MORE.search(content)
    return (content[: match.start()], match[0], content[match.end() :]) if match else (content, "", "")


def _lead(html: str) -> str:
    """Returns the words of a text that is one paragraph without links and pictures."""
    if html.count("<p>") != 1 or not html.startswith("<p>") or not html.rstrip().endswith("</p>"):
        return ""
    words = plain_text(html)
    return words if len(words) <= LONGEST_LEAD and "<a " not in html and "<img" not in html else ""


class _Conversion:
    """The conversion of one post."""

    def __init__(self, post: int, library: Library) -> None:
        self.library = library
        self.result = Converted()
        self.expander = Expander(post, library, self.note)

    def note(self, kind: str, name: str) -> None:
        self.result.notes[kind, name] += 1

    def html(self, content: str) -> str:
        self.result = Converted()
        self.result.pages = len(_NEXT_PAGE.findall(content)) + 1
        text = _OFFICE_TAG.sub("", _NEXT_PAGE.sub("\n\n", _MORE.sub("\n\n", content)))
        text = _TELEGRAM.sub(r"\n\n<p>https://t.me/\1</p>\n\n", text)
        if scripts := len(_SCRIPT.findall(text)):
            self.result.notes["script", "script"] += scripts
        if has_blocks(text):
            for name in foreign_blocks(text):
                self.note("block of a plugin, its text kept", name)
            text = self._expanded(without_delimiters(text, self.library.reusable, self.note))
        else:
            text = with_paragraphs(_URL_LINE.sub(r"\n\n\1\n\n", self._expanded(text)))
        return clean(semantic(text, self._replace)).strip()

    def _expanded(self, text: str) -> str:
        return expand(text, KNOWN, self.expander, self._unknown)

    def _unknown(self, name: str, taken_out: bool) -> None:
        self.note("shortcode" if taken_out else "left as text", name)

    def _replace(self, node: Node, parent: Node) -> Children | None:
        if node.tag == "img":
            return self._picture(node, parent)
        if node.tag == "a":
            return self._link(node)
        if node.tag == "iframe":
            return self._frame(node, parent)
        if node.tag in {"audio", "video"}:
            return self._player(node, parent)
        return None

    def _picture(self, node: Node, parent: Node) -> Children | None:
        url, alt = node.attributes.get("src", ""), node.attributes.get("alt", "").strip()
        if "wp-smiley" in node.classes:
            return [alt]
        if not url.startswith(("http://", "https://", "/")):
            self.note("picture without an address", "img")
            return []
        number = next((int(m[1]) for name in node.classes if (m := _ATTACHMENT_CLASS.match(name))), 0)
        if picture := self.library.picture(number, url):
            classes = node.attributes.get("class", "")
            size = {"width": str(picture.width), "height": str(picture.height), "data-media": str(picture.pk)}
            node.attributes = {"src": picture.url, "alt": alt or picture.alt, **size, "class": classes}
            return None
        self._missing(url, "picture")
        words = alt or node.attributes.get("title", "") or file_name(without_size(url))
        return [words] if parent.tag == "a" else [Node("a", {"href": url}, [words]), " "]

    def _missing(self, url: str, kind: str) -> None:
        own = self.library.is_own(url)
        self.result.missing += own
        self.note(f"missing {kind}" if own else f"{kind} of another site", url[:300] if own else host_of(url))

    def _link(self, node: Node) -> Children | None:
        url = node.attributes.get("href", "")
        if name := node.attributes.pop("name", ""):
            node.attributes.setdefault("id", name)
        if "wp-block-file__button" in node.classes or (not node.children and not node.attributes.get("id")):
            return []
        shows_picture = node.has("img") and _PICTURE_FILE.search(urlsplit_path(url))
        if shows_picture or not (url or node.attributes.get("id")):
            return node.children
        if new := self.library.address(url) if url else None:
            node.attributes["href"] = new
        elif found := self.library.file(url) if url else None:
            node.attributes |= {"href": found.url, "data-media": str(found.pk)}
        return None

    def _frame(self, node: Node, parent: Node) -> Children:
        url = node.attributes.get("src", "")
        self.note("frame, now a link", host_of(f"https:{url}" if url.startswith("//") else url))
        if not url.startswith(("http://", "https://", "//")):
            return []
        link = embed_link(url)
        return [link] if parent.tag == "p" else [Node("p", {}, [link])]

    def _player(self, node: Node, parent: Node) -> Children:
        """A player is a link on a line of its own, as our editor writes it; the page makes a player of it."""
        urls = [each.attributes.get("src", "") for each in (node, *node.elements()) if each.attributes.get("src")]
        if not urls:
            return []
        found = next(((url, file) for url in urls if (file := self.library.file(url))), None)
        if found is None:
            self._missing(urls[0], "file")
            link = Node("a", {"href": urls[0]}, [file_name(urls[0])])
        else:
            link = Node("a", {"href": found[1].url, "data-media": str(found[1].pk)}, [file_name(found[0])])
        return [link] if parent.tag == "p" else [Node("p", {}, [link])]


def urlsplit_path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def file_name(url: str) -> str:
    """Returns the name of the file at an address, readable; the address itself when it ends in no name."""
    return PurePosixPath(decoded(urlsplit_path(url))).name or url

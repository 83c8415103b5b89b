"""Text from outside made safe, and plain text made from it."""

import re
from html import unescape

import nh3

from lib.addresses import can_be_followed

HEADINGS = {"h2", "h3", "h4"}
TAGS = HEADINGS | {
    "p", "br", "hr", "a", "strong", "em", "s", "u", "sub", "sup", "code", "pre", "mark", "abbr",
    "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "cite", "q",
    "figure", "figcaption", "img", "audio", "video", "source",
    "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "details", "summary", "aside",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"id", "lang", "dir"},
    "a": {"href", "title", "hreflang", "data-media"},
    "img": {"src", "alt", "width", "height", "data-media"},
    "figure": {"class", "data-media"},
    "sup": {"class"},
    "blockquote": {"class", "cite"},
    "aside": {"class"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "audio": {"src", "controls", "preload", "data-media"},
    "video": {"src", "controls", "preload", "poster", "width", "height", "data-media"},
    "source": {"src", "type"},
    "abbr": {"title"},
}
CLASSES = {
    "figure": {"left", "right", "wide", "gallery"},
    "blockquote": {"pull"},
    "aside": {"note"},
    "sup": {"footnote"},
}
SCHEMES = {"http", "https", "mailto", "tel"}

_TAG = re.compile(r"<[^>]*>")
_BLOCK_END = re.compile(
    r"</(?:p|h[1-6]|li|dt|dd|tr|figcaption|blockquote|pre|td|th|caption|summary)>|<br ?/?>|<hr ?/?>"
    r'|<sup class="footnote">'
)
_SPACE = re.compile(r"\s+")
_ONLY_ADDRESS = re.compile(r"""<p>\s*(https?://[^\s<>"']+)\s*</p>""")
_PRE_BEGINS = re.compile(r"(<pre\b[^>]*>)\n+")
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:="([^"]*)")?""")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(html: str) -> str:
    """Returns ``html`` as the clean semantic subset that articles are stored in.

    Everything outside the allow-list goes: scripts, styles, frames, handlers, foreign classes. Cleaning twice
    gives the same as cleaning once. An address on a line of its own becomes a link.
    """
    cleaned = nh3.clean(
        printable(html),
        tags=TAGS,
        attributes={tag: names - {"class"} for tag, names in ATTRIBUTES.items()},
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel="noopener",
        strip_comments=True,
    )
    # A parser drops the first line break of <pre>, every time anew.
    return _ONLY_ADDRESS.sub(_linked, _PRE_BEGINS.sub(r"\1", cleaned))


def _linked(paragraph: re.Match[str]) -> str:
    """A paragraph that is only an address is a link to it: so people write a video, and WordPress shows it."""
    address = paragraph[1]
    if not can_be_followed(unescape(address)):
        return paragraph[0]
    return f'<p><a href="{address}" rel="noopener">{address}</a></p>'


def printable(text: str) -> str:
    """Returns ``text`` without the characters that XML 1.0 forbids; feeds and databases choke on them."""
    return _UNPRINTABLE.sub("", text)


def attributes_of(written: str) -> dict[str, str]:
    """Reads the attributes of one tag of clean HTML, as in ``src="…" alt="…"``."""
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(written)}


def plain_text(html: str) -> str:
    """Returns the words of ``html`` on one line, for search, descriptions and counts."""
    spaced = _BLOCK_END.sub(" ", html)
    return _SPACE.sub(" ", unescape(_TAG.sub("", spaced))).strip()


def lines(html: str) -> list[str]:
    """Returns the text of ``html`` by its paragraphs, items and cells, every space as it is written."""
    return unescape(_TAG.sub("", _BLOCK_END.sub("\n", html))).split("\n")


def excerpt(text: str, length: int) -> str:
    """Returns at most ``length`` characters of plain ``text``, cut at a word, with «…» when cut."""
    if len(text) <= length:
        return text
    head, space, _ = text[:length].rpartition(" ")
    return (head if space else text[: length - 1]).rstrip(" ,;:—–-") + "…"

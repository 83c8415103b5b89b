"""What readers type: made tidy when it comes in, made HTML when it is shown."""

import re
import unicodedata
from hashlib import blake2b

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from lib.html import printable

_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Marks that turn writing round or hide in it. The joiners that emoji and Persian need stay."""
_ACCENT = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILE = re.compile(f"({_ACCENT}{{2}}){_ACCENT}+")
_LINK = re.compile(r"(https?://[^\s<>\"]+)")
_AFTER_LINK = ".,;:!?»)]'"
_FEWEST_LETTERS = 20


def tidy(text: str) -> str:
    """Returns ``text`` without control characters, hidden marks and piles of accents; lines end in ``\\n``."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _PILE.sub(r"\1", _INVISIBLE.sub("", printable(lines)))


def one_line(text: str) -> str:
    """Returns ``text`` tidy and with single spaces, as a name is written."""
    return " ".join(tidy(text).split())


def digest(text: str) -> str:
    """Returns 32 hexadecimal digits that are equal for texts that differ in case, spaces and signs only.

    Short texts («Спасибо!») have none: people do say the same thing.
    """
    letters = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
    return blake2b(letters.encode(), digest_size=16).hexdigest() if len(letters) >= _FEWEST_LETTERS else ""


def as_html(text: str) -> SafeString:
    """Returns plain ``text`` as paragraphs; web addresses become links that lend no weight.

    Single line breaks stay as they are: the stylesheet shows them.
    """
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return format_html_join("\n", "<p>{}</p>", ((_linked(each),) for each in paragraphs if each))


def _linked(paragraph: str) -> SafeString:
    pieces = _LINK.split(paragraph)  # every second piece is an address
    return format_html_join("", "{}", ((_link(each) if odd % 2 else each,) for odd, each in enumerate(pieces)))


def _link(address: str) -> SafeString:
    url = address.rstrip(_AFTER_LINK)
    return format_html('<a href="{}" rel="nofollow ugc noopener">{}</a>{}', url, url, address[len(url) :])

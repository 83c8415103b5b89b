"""Pictures of a text: in every size, with credit; galleries; a link in the place of what another site shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.body.blocks import Block, Library, outermost, trusted
from articles.models import Media
from articles.pictures import Sources, sources
from lib.html import attributes_of, plain_text

IMAGE = re.compile(r"""<img((?:\s+[\w-]+(?:="[^"]*")?)*)\s*/?>""")
SIZES = "(min-width: 780px) min(700px, {width}px), min(100vw, {width}px)"
"""How wide a picture in the text is shown: the column of 700 px or the whole phone, never wider than it is."""

_ONLY_PICTURE = re.compile(rf"<p(?: [^>]*)?>\s*({IMAGE.pattern})(?:\s|<br>)*</p>")
_FIGURE = re.compile(r"<figure\b([^>]*)>(.*)</figure>", re.DOTALL)
_CAPTION = re.compile(r"<figcaption\b[^>]*>(.*?)</figcaption>", re.DOTALL)


def drawn(html: str, library: Library) -> str:
    """Returns ``html`` with every picture of the library in all its sizes.

    A picture of another site is a link: the page asks nobody else for anything, and the browser would refuse it.
    """

    def picture(match: re.Match[str]) -> str:
        attributes = attributes_of(match[1])
        if found := library.get(attributes.get("data-media", "")):
            context = {
                "media": found,
                "alt": attributes.get("alt", found.alt),
                "sizes": SIZES.format(width=found.width),
            }
            return render_to_string("articles/_body_picture.html", context).strip()
        address = attributes.get("src", "")
        if address.startswith(("http://", "https://", "//")):
            words = attributes.get("alt") or _("Picture: %s") % address.partition("//")[2].partition("/")[0]
            return format_html('<a href="{}" rel="noopener">{}</a>', address, words)
        return match[0]

    return IMAGE.sub(picture, html)


def framed(block: Block, library: Library) -> str | None:
    """Returns a figure with the credits of its pictures, or a gallery; None for a block that is neither.

    A paragraph that holds nothing but a picture is a figure too.
    """
    if block.tag == "p" and (alone := _ONLY_PICTURE.fullmatch(block.html)):
        return _with_credits(f"<figure>{alone[1]}</figure>", library)
    if block.tag != "figure" or not (figure := _FIGURE.fullmatch(block.html)):
        return None
    if "gallery" in attributes_of(figure[1]).get("class", "").split() and "<img" in figure[2]:
        return _gallery(figure[2], library)
    return _with_credits(block.html, library)


def _media_of(html: str, library: Library) -> list[Media]:
    """Returns the pictures of the library in ``html``, in their order."""
    named = (attributes_of(image).get("data-media", "") for image in _images(html))
    return [library[key] for key in named if key in library]


def _images(html: str) -> list[str]:
    return [match[1] for match in IMAGE.finditer(html)]


def _with_credits(figure: str, library: Library) -> str:
    """Writes the credits below the pictures, unless the caption names them already; takes out an empty caption."""
    found = _CAPTION.search(figure)
    caption = trusted(found[1].strip()) if found else trusted()
    told = _caption(caption, _credits(_media_of(figure, library), caption))
    if found:
        return figure.replace(found[0], told)
    return figure.removesuffix("</figure>") + told + "</figure>"


def _credits(media: list[Media], caption: str) -> str:
    said = plain_text(caption)
    return "; ".join(dict.fromkeys(each.credit for each in media if each.credit and each.credit not in said))


def _caption(words: SafeString, credit: str) -> str:
    if not words and not credit:
        return ""
    return render_to_string("articles/_body_caption.html", {"words": words, "credit": credit}).strip()


@dataclass(frozen=True)
class Shown:
    """A picture of a gallery."""

    media: Media
    alt: str
    large: Sources
    caption: SafeString


def _gallery(inner: str, library: Library) -> str:
    """Returns a gallery: of figures, as WordPress and our editor write it, or of bare pictures with one caption."""
    blocks = [block for block in outermost(inner) if not block.is_space and block.tag != "figcaption"]
    shown = [each for block in blocks for each in _pictures_of(block, library)]
    rest = "".join(block.html for block in blocks if not _media_of(block.html, library))
    found = _CAPTION.search("".join(block.html for block in outermost(inner) if block.tag == "figcaption"))
    words = trusted(found[1].strip()) if found else trusted()
    caption = _caption(words, _credits([each.media for each in shown if not each.caption], words))
    if not shown:
        return f"<figure>{rest}{caption}</figure>"
    context = {"pictures": shown, "caption": trusted(caption)}
    return render_to_string("articles/_body_gallery.html", context) + rest


def _pictures_of(block: Block, library: Library) -> Iterator[Shown]:
    """Yields the pictures of a figure within a gallery. Their credits go into its caption if it has one."""
    found = _CAPTION.search(block.html)
    words = trusted(found[1].strip()) if found else trusted()
    for image in _images(block.html):
        attributes = attributes_of(image)
        if media := library.get(attributes.get("data-media", "")):
            caption = _caption(words, _credits([media], words)) if words else ""
            yield Shown(media, attributes.get("alt", media.alt), sources(media), trusted(caption))

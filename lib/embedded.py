"""What a photographer wrote into a picture: caption, credit, rights and key words, from XMP, IPTC and Exif.

Read before the metadata is taken off. Whatever is unreadable is as if it were not there: no picture is refused for it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from unicodedata import category, normalize
from xml.etree import ElementTree

from PIL import Image, ImageFile, IptcImagePlugin

LARGEST_XMP = 1024 * 1024
MOST_KEYWORDS = 20
_NAMES = {
    "dc": "{http://purl.org/dc/elements/1.1/}",
    "photoshop": "{http://ns.adobe.com/photoshop/1.0/}",
    "rights": "{http://ns.adobe.com/xap/1.0/rights/}",
    "rdf": "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}",
}
_CAMERA_WORDS = re.compile(
    r"(?:olympus|sony|dsc|dcim|samsung|minolta|kodak|konica|digital camera|default|untitled|picture|image)\b.*", re.I
)
"""What cameras write where a caption belongs."""


@dataclass(frozen=True)
class Told:
    caption: str = ""
    credit: str = ""
    licence: str = ""
    keywords: list[str] = field(default_factory=list)


def told_by(image: Image.Image) -> Told:
    """Returns what the metadata of ``image`` says. XMP goes before IPTC, IPTC before Exif, as the IPTC advises."""
    found = [dict(_safely(read, image)) for read in (_of_xmp, _of_iptc, _of_exif)]

    def first(name: str, longest: int) -> str:
        return next((words for each in found if (words := clean(each.get(name, ""), longest))), "")

    caption = first("caption", 2000)
    creator, agency = first("creator", 150), first("agency", 150)
    credit = creator if agency in creator else agency if creator in agency else f"{creator} / {agency}"
    keywords = next((each["keywords"] for each in found if each.get("keywords")), "")
    words = [clean(word, 60) for word in keywords.split("\0")]
    return Told(
        caption="" if _CAMERA_WORDS.fullmatch(caption) else caption,
        credit=credit,
        licence=first("licence", 300),
        keywords=list(dict.fromkeys(word for word in words if word))[:MOST_KEYWORDS],
    )


def clean(text: str, longest: int) -> str:
    """Returns ``text`` in one line, without characters that cannot be seen or turn the direction of others."""
    seen = "".join(each if category(each)[0] != "C" else " " for each in normalize("NFC", text[: longest * 4]))
    return " ".join(seen.split())[:longest].strip()


def _safely(read: Callable[[Image.Image], Iterable[tuple[str, str]]], image: Image.Image) -> list[tuple[str, str]]:
    try:
        return list(read(image))
    except Exception:  # metadata of strangers: anything may be wrong with it
        return []


def _of_xmp(image: Image.Image) -> Iterator[tuple[str, str]]:
    packet = image.info.get("xmp") or b""
    if isinstance(packet, str):
        packet = packet.encode()
    if not packet or len(packet) > LARGEST_XMP or b"<!" in packet:  # no entity may be declared
        return
    root = ElementTree.fromstring(packet.strip(b"\0 \r\n\t"))  # noqa: S314  # declarations were refused above
    wanted = {
        "caption": [_NAMES["dc"] + "description", _NAMES["photoshop"] + "Headline"],
        "creator": [_NAMES["dc"] + "creator"],
        "agency": [_NAMES["photoshop"] + "Credit"],
        "licence": [_NAMES["dc"] + "rights", _NAMES["rights"] + "UsageTerms"],
        "keywords": [_NAMES["dc"] + "subject"],
    }
    for name, tags in wanted.items():
        for tag in tags:
            if words := [*_texts(root, tag)]:
                yield name, ("\0" if name == "keywords" else ", ").join(words)
                break


def _texts(root: ElementTree.Element, tag: str) -> Iterator[str]:
    """Yields what a property says, be it an attribute, a text, or the first language or every entry of a list."""
    for description in root.iter(_NAMES["rdf"] + "Description"):
        if words := description.get(tag):
            yield words
    for element in root.iter(tag):
        entries = [each.text for each in element.iter(_NAMES["rdf"] + "li") if each.text]
        if element.find(_NAMES["rdf"] + "Alt") is not None:
            entries = entries[:1]
        yield from entries or [text for text in [element.text] if text and text.strip()]


def _of_iptc(image: Image.Image) -> Iterator[tuple[str, str]]:
    fields = (IptcImagePlugin.getiptcinfo(image) if isinstance(image, ImageFile.ImageFile) else None) or {}
    charset = fields.get((1, 90))
    wanted = {"caption": (2, 120), "creator": (2, 80), "agency": (2, 110), "licence": (2, 116), "keywords": (2, 25)}
    for name, place in wanted.items():
        values = fields.get(place)
        if values:
            entries = values if isinstance(values, list) else [values]
            yield (
                name,
                ("\0" if name == "keywords" else ", ").join(_read(each, charset == b"\x1b%G") for each in entries),
            )


def _read(data: bytes, is_utf8: bool) -> str:
    """Reads bytes that do not say how they are written: as UTF-8 if they can be, else as Russian programs wrote."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode(errors="replace") if is_utf8 else data.decode("cp1251", errors="replace")


def _of_exif(image: Image.Image) -> Iterator[tuple[str, str]]:
    exif = image.getexif()
    for name, tag in {"caption": 0x010E, "creator": 0x013B, "licence": 0x8298}.items():
        said = exif.get(tag)
        if isinstance(said, str):
            yield name, _read(said.encode("latin-1", errors="ignore"), is_utf8=False)

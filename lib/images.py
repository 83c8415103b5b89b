"""Pictures from outside: opened with care and written anew without their metadata."""

import io
import warnings
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence

from lib.embedded import Told, told_by
from lib.looks import look_of

EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
QUALITY = 92
"""Of a JPEG that is written anew without its metadata; the eye sees no difference to the original."""
MOST_FRAMES = 1_000
MOST_MOVING_PIXELS = 100_000_000
"""Of all frames of a moving picture together: some kilobytes of GIF may ask for hours of work."""
MOST_SCANS = 200
"""Of a progressive JPEG; cameras and programs write about ten, each of which costs a pass over the whole picture."""
LARGEST_PROFILE = 1024 * 1024

NAMED_BY_START = (
    (b"GIF8", 0, "GIF"), (b"\x89PNG", 0, "PNG"), (b"\xff\xd8\xff", 0, "JPEG"), (b"WEBP", 8, "WebP"),
    (b"ftypavif", 4, "AVIF"),
)  # fmt: skip
STRANGERS = (
    (b"II*\0", 0, "TIFF"), (b"MM\0*", 0, "TIFF"), (b"BM", 0, "BMP"), (b"8BPS", 0, "Photoshop"), (b"ftyphei", 4, "HEIC"),
    (b"ftypmif1", 4, "HEIC"), (b"\xff\x0a", 0, "JPEG XL"), (b"JXL ", 4, "JPEG XL"), (b"%!PS", 0, "PostScript"),
    (b"ftypqt", 4, "QuickTime"), (b"%PDF", 0, "PDF"), (b"PK\x03\x04", 0, "ZIP"), (b"MZ", 0, "EXE"),
    (b"\x7fELF", 0, "ELF"),
)  # fmt: skip


class Refused(Exception):
    """A file that we do not take; the message says why, to the one who sent it."""


@dataclass(frozen=True)
class Picture:
    """A picture that can be shown: clean bytes, and what they truly are."""

    data: bytes
    content_type: str
    extension: str
    width: int
    height: int
    look: int | None = None
    """See ``lib.looks``."""
    told: Told = field(default_factory=Told)
    """What its metadata said, which stands in the clean bytes no more."""


def clean_picture(data: bytes) -> Picture:
    """Returns the picture in ``data`` without metadata (which may tell where it was taken), turned upright.

    A moving picture keeps its frames and their times; of the several pictures that a phone puts into one JPEG
    (MPO) the first is taken. Raises Refused for what is broken, has too many pixels, or is of a kind that we
    do not show (such as SVG).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _written_anew(_opened(data))
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        limit = settings.MAX_IMAGE_PIXELS // 1_000_000
        raise Refused(_("The picture has more than %d million pixels.") % limit) from error
    except Exception as error:  # Pillow answers a broken file with nearly anything
        raise Refused(_reason(data)) from error


def _reason(data: bytes) -> str:
    """Returns why ``data`` could not be opened, by what it begins with."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if b"<svg" in start:
        return _("SVG drawings are not taken: they may hold scripts. Save it as PNG.")
    if start.startswith(b"<"):
        return _("This is a page or a text with markup, not a picture.")
    if any(data[at : at + len(mark)] == mark for mark, at, _name in NAMED_BY_START):
        return _("The picture is broken or was cut off on its way. Save it once more and upload it again.")
    for mark, at, name in STRANGERS:
        if data[at : at + len(mark)] == mark:
            return _("This is a file of the kind %s, which is not shown here. Save it as JPEG or PNG.") % name
    return _("This is no picture or file that we can show, or it is broken.")


def _opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=list(EXTENSIONS))
    if image.width * image.height > settings.MAX_IMAGE_PIXELS:
        raise Image.DecompressionBombError
    if image.format in {"JPEG", "MPO"} and data.count(b"\xff\xda") > MOST_SCANS:
        raise Refused(_("The picture is made so that opening it takes very long. Save it once more as a plain JPEG."))
    image.load()
    return image


def _written_anew(image: Image.Image) -> Picture:
    told = told_by(image)
    image_format = "JPEG" if image.format == "MPO" else str(image.format)
    keep: dict[str, Any] = {"icc_profile": _profile(image)}
    if image_format in {"JPEG", "WEBP", "AVIF"}:
        keep["quality"] = QUALITY
    if image_format != "JPEG" and getattr(image, "is_animated", False):
        keep |= _movement(image)
    else:
        image = ImageOps.exif_transpose(image)
        image.getexif().clear()
    look = look_of(image)
    buffer = io.BytesIO()
    # Said outright, since Pillow would carry some of these over from the picture it has read.
    image.save(buffer, image_format, exif=b"", xmp=b"", comment=b"", **keep)
    kind, extension = Image.MIME[image_format], EXTENSIONS[image_format]
    return Picture(buffer.getvalue(), kind, extension, *image.size, look=look, told=told)


def _profile(image: Image.Image) -> bytes | None:
    """Returns the colour profile, if it is one: anything might be hidden in its place (ICC.1:2022, 7.2)."""
    profile = image.info.get("icc_profile") or b""
    told = int.from_bytes(profile[:4])
    return profile if profile[36:40] == b"acsp" and told == len(profile) <= LARGEST_PROFILE else None


def _movement(image: Image.Image) -> dict[str, Any]:
    """Returns what Pillow must be told to write every frame, for as long and as often as it was shown."""
    movement: dict[str, Any] = {"save_all": True, "default_image": False}
    if "loop" in image.info:
        movement["loop"] = image.info["loop"]
    movement["duration"] = []
    for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
        if number > MOST_FRAMES or number * image.width * image.height > MOST_MOVING_PIXELS:
            raise Refused(_("The moving picture has too many frames. Upload it as a film (MP4)."))
        frame.load()  # of WebP the time is known only then
        movement["duration"].append(frame.info.get("duration", 0))
    image.seek(0)
    return movement

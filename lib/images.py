"""Pictures from outside: opened with care and written anew without their metadata."""

import io
import warnings
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence

EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
QUALITY = 92
"""Of a JPEG that is written anew without its metadata; the eye sees no difference to the original."""


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
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        limit = settings.MAX_IMAGE_PIXELS // 1_000_000
        raise Refused(_("The picture has more than %d million pixels.") % limit) from error
    except Exception as error:  # Pillow answers a broken file with nearly anything
        raise Refused(_("This is no picture or file that we can show, or it is broken.")) from error


def _opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=list(EXTENSIONS))
    if image.width * image.height > settings.MAX_IMAGE_PIXELS:
        raise Image.DecompressionBombError
    image.load()
    return image


def _written_anew(image: Image.Image) -> Picture:
    image_format = "JPEG" if image.format == "MPO" else str(image.format)
    keep: dict[str, Any] = {"icc_profile": image.info.get("icc_profile")}
    if image_format in {"JPEG", "WEBP", "AVIF"}:
        keep["quality"] = QUALITY
    if image_format != "JPEG" and getattr(image, "is_animated", False):
        keep |= _movement(image)
    else:
        image = ImageOps.exif_transpose(image)
        image.getexif().clear()
    buffer = io.BytesIO()
    # Said outright, since Pillow would carry some of these over from the picture it has read.
    image.save(buffer, image_format, exif=b"", xmp=b"", comment=b"", **keep)
    return Picture(buffer.getvalue(), Image.MIME[image_format], EXTENSIONS[image_format], *image.size)


def _movement(image: Image.Image) -> dict[str, Any]:
    """Returns what Pillow must be told to write every frame, for as long and as often as it was shown."""
    movement: dict[str, Any] = {"save_all": True, "default_image": False}
    if "loop" in image.info:
        movement["loop"] = image.info["loop"]
    movement["duration"] = []
    for frame in ImageSequence.Iterator(image):
        frame.load()  # of WebP the time is known only then
        movement["duration"].append(frame.info.get("duration", 0))
    image.seek(0)
    return movement

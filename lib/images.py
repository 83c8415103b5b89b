"""Pictures from outside: opened with care and written anew without their metadata."""

import io
import warnings
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

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

    Raises Refused for what is broken, has too many pixels, or is of a kind that we do not show (such as SVG).
    """
    image = _opened(data)
    image_format = str(image.format)
    if not getattr(image, "is_animated", False) and image_format != "GIF":
        data, image = _without_metadata(image, image_format)  # of a GIF frames would be lost; it carries no place
    return Picture(data, Image.MIME[image_format], EXTENSIONS[image_format], *image.size)


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=list(EXTENSIONS))
            if image.width * image.height > settings.MAX_IMAGE_PIXELS:
                raise Image.DecompressionBombError
            image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        limit = settings.MAX_IMAGE_PIXELS // 1_000_000
        raise Refused(_("The picture has more than %d million pixels.") % limit) from error
    except Exception as error:  # Pillow answers a broken file with nearly anything
        raise Refused(_("This is no picture or file that we can show, or it is broken.")) from error
    return image


def _without_metadata(image: Image.Image, image_format: str) -> tuple[bytes, Image.Image]:
    upright = ImageOps.exif_transpose(image)
    buffer = io.BytesIO()
    keep: dict[str, Any] = {"icc_profile": image.info.get("icc_profile")}
    if image_format in {"JPEG", "WEBP", "AVIF"}:
        keep["quality"] = QUALITY
    upright.getexif().clear()
    upright.save(buffer, image_format, **keep)
    return buffer.getvalue(), upright

"""Takes pictures and files into the media library, or refuses them with a reason."""

import hashlib
import io
import mimetypes
import warnings
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from articles.models import Media
from articles.pictures import draw_renditions

IMAGE_FORMATS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
FILE_TYPES = {
    ".pdf", ".txt", ".csv", ".rtf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp",
    ".mp3", ".m4a", ".ogg", ".wav", ".mp4", ".webm", ".zip",
}  # fmt: skip
QUALITY = 92
"""Of a JPEG that is written anew without its metadata; the eye sees no difference to the original."""


class Refused(Exception):
    """A file that does not go into the library; the message says why, to the one who sent it."""


@transaction.atomic
def take_in(file: File[bytes], *, by: User | None = None, **details: Any) -> Media:
    """Stores ``file`` and returns its Media; ``details`` are its alt, caption, credit and the like.

    A picture is written anew without its metadata (which may tell where it was taken) and turned upright.
    Its smaller sizes are drawn by the worker. Raises Refused for what is too large, broken, or of a kind
    that we do not show.
    """
    name = PurePosixPath(file.name or "file").name[-200:]
    if file.size > settings.MAX_UPLOAD_BYTES:
        raise Refused(_("The file is larger than %d MB.") % (settings.MAX_UPLOAD_BYTES // 1024 // 1024))
    data = file.read()
    if not data:
        raise Refused(_("The file is empty."))
    media = Media(original_name=name, uploaded_by=by, sha256=hashlib.sha256(data).hexdigest(), **details)
    if PurePosixPath(name).suffix.lower() in FILE_TYPES:
        media.kind, media.content_type = Media.Kind.FILE, mimetypes.guess_type(name)[0] or "application/octet-stream"
    else:
        data, name = _as_picture(media, data, name)
    media.size = len(data)
    media.file.save(name, ContentFile(data), save=False)
    media.save()
    if media.is_image:
        transaction.on_commit(lambda: draw_renditions.enqueue(media.pk))
    return media


def _as_picture(media: Media, data: bytes, name: str) -> tuple[bytes, str]:
    """Fills in what is known of a picture; returns its clean bytes and a name that tells the truth."""
    image = _opened(data)
    image_format = str(image.format)
    if getattr(image, "is_animated", False) or image_format == "GIF":
        clean = data  # frames would be lost; GIF carries no place
    else:
        clean, image = _without_metadata(image, image_format)
    media.kind = Media.Kind.IMAGE
    media.content_type = Image.MIME[image_format]
    media.width, media.height = image.size
    return clean, f"{PurePosixPath(name).stem}.{IMAGE_FORMATS[image_format]}"


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=list(IMAGE_FORMATS))
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

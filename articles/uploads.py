"""Takes pictures and files into the media library, or refuses them with a reason; takes them away for good."""

import hashlib
import mimetypes
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Media
from articles.pictures import draw_renditions
from lib.images import Refused, clean_picture

__all__ = ["Refused", "take_away", "take_in"]

FILE_TYPES = {
    ".pdf", ".txt", ".csv", ".rtf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp",
    ".mp3", ".m4a", ".ogg", ".wav", ".mp4", ".webm", ".zip",
}  # fmt: skip


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
    picture = clean_picture(data)
    media.kind, media.content_type = Media.Kind.IMAGE, picture.content_type
    media.width, media.height = picture.width, picture.height
    return picture.data, f"{PurePosixPath(name).stem}.{picture.extension}"


def take_away(*, instance: Media, **signal: Any) -> None:
    """Listens to ``post_delete``: of what is deleted for good no file stays public, in no size and no version."""
    transaction.on_commit(partial(_empty, instance.token))


def _empty(folder: str) -> None:
    if not default_storage.exists(folder):
        return
    folders, files = default_storage.listdir(folder)
    for name in files:
        default_storage.delete(f"{folder}/{name}")
    for name in folders:
        _empty(f"{folder}/{name}")
    default_storage.delete(folder)

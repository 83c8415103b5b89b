"""Takes pictures and files into the media library, replaces them under their address, or refuses them with a reason."""

import hashlib
import mimetypes
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.media_uses import note_look
from articles.models import Media, MediaVersion
from articles.models.media import STORED
from articles.pictures import draw_renditions
from lib import documents
from lib.embedded import Told, clean
from lib.images import Refused, clean_picture

__all__ = ["AlreadyThere", "Refused", "bring_back", "forget_file", "replace", "take_away", "take_in"]

IN_MEMORY = 8 * 1024 * 1024
"""A file that is larger is written to a temporary file while it is looked at."""
OTHER_TYPES = {".m4a": "audio/mp4", ".csv": "text/csv", ".rtf": "application/rtf", ".wav": "audio/wav"}
"""What not every machine knows, or tells in another way."""


class AlreadyThere(Exception):
    """The very same file is in the library already, as ``media``."""

    def __init__(self, media: Media) -> None:
        super().__init__(f"It is № {media.pk}.")
        self.media = media


@dataclass
class Arrived:
    """A file that was looked at and may be stored: what is known of it, its content, and what its metadata told."""

    name: str
    content: File[bytes]
    kind: str
    known: dict[str, Any]
    told: Told = field(default_factory=Told)


def take_in(file: File[bytes], *, by: User | None = None, only_new: bool = False, **details: Any) -> Media:
    """Stores ``file`` and returns its Media; ``details`` are its alt, caption, credit and the like.

    A picture is written anew without its metadata (which may tell where it was taken) and turned upright; the caption,
    credit, rights and key words in it are taken over, unless ``details`` say otherwise. Its smaller sizes are drawn by
    the worker. Raises Refused for what is too large, broken, dangerous or of a kind that we do not show, and
    AlreadyThere for what the library has, if ``only_new`` is wanted.
    """
    sha256 = _measured(file)
    if only_new:
        _check_new(sha256)
    # Before the transaction: it takes seconds, and where there is one writer at a time all others would wait for it.
    arrived = _looked_at(file, sha256)
    told = {"caption": arrived.told.caption, "credit": arrived.told.credit, "licence": arrived.told.licence}
    media = Media(uploaded_by=by, kind=arrived.kind, **(told | details))
    with transaction.atomic():
        if only_new:
            _check_new(sha256)  # it may have come twice at once
        _store(media, arrived)
        if arrived.told.keywords:
            media.tag(arrived.told.keywords)
    return media


def _check_new(sha256: str) -> None:
    """Raises AlreadyThere for what the library has."""
    twin = Media.objects.in_library().filter(sha256=sha256).first()
    if twin is not None:
        raise AlreadyThere(twin)


def replace(media: Media, file: File[bytes], *, by: User | None, now: datetime | None = None) -> Media:
    """Puts ``file`` in the place of the present one: whatever leads to it leads to the new one at once.

    What is written about it stays, and so does the focus. The file that was there is kept. Raises Refused as
    ``take_in`` does, and for a file of another kind.
    """
    arrived = _looked_at(file, _measured(file))  # before the transaction, as above
    with transaction.atomic():
        return _put(media, arrived, by, now or timezone.now())


@transaction.atomic
def bring_back(version: MediaVersion, *, by: User | None, now: datetime | None = None) -> Media:
    """Puts an earlier file in the place of the present one, which is kept in turn."""
    with version.file.open("rb") as file:
        known = {name: getattr(version, name) for name in STORED}
        arrived = Arrived(PurePosixPath(version.file.name or "").name, File(file), version.media.kind, known)
        return _put(version.media, arrived, by, now or timezone.now())


def _put(media: Media, arrived: Arrived, by: User | None, now: datetime) -> Media:
    media = Media.objects.select_for_update().get(pk=media.pk)
    if reason := _misfit(media, arrived):
        arrived.content.close()
        raise Refused(reason)
    _keep(media, now)
    media.version += 1
    media.renditions = {}
    media.replaced_at, media.replaced_by = now, by
    _store(media, arrived)
    transaction.on_commit(partial(_forget_versions, media.token, media.version))
    return media


def _misfit(media: Media, arrived: Arrived) -> str:
    """Returns why a file cannot take the place of the present one; empty if it can."""
    if arrived.kind != media.kind or (not media.is_image and arrived.known["content_type"] != media.content_type):
        return _("Only a file of the same kind can take its place: %s.") % media.suffix
    return _("This is the file that stands there already.") if arrived.known["sha256"] == media.sha256 else ""


def _keep(media: Media, now: datetime) -> None:
    """Copies the present file to a place of its own; under its old address it is found no more."""
    kept = MediaVersion(media=media, number=media.version, kept_at=now)
    kept.came_at, kept.came_from = media.replaced_at or media.uploaded_at, media.replaced_by or media.uploaded_by
    for name in STORED:
        setattr(kept, name, getattr(media, name))
    with media.file.open("rb") as file:
        kept.file.save(PurePosixPath(media.file.name or "file").name, File(file), save=False)
    kept.save()


def _store(media: Media, arrived: Arrived) -> None:
    for name, value in arrived.known.items():
        setattr(media, name, value)
    with arrived.content:
        media.file.save(arrived.name, arrived.content, save=False)
    media.save()
    if media.is_image:
        note_look(media)
        transaction.on_commit(lambda: draw_renditions.enqueue(media.pk))


def _measured(file: File[bytes]) -> str:
    """Returns the SHA-256 of what was sent. Raises Refused for what is empty or too large."""
    if file.size > settings.MAX_UPLOAD_BYTES:
        raise Refused(_("The file is larger than %d MB.") % (settings.MAX_UPLOAD_BYTES // 1024 // 1024))
    if not file.size:
        raise Refused(_("The file is empty."))
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _looked_at(file: File[bytes], sha256: str) -> Arrived:
    name = clean(PurePosixPath((file.name or "").replace("\\", "/")).name, 1000)[-200:] or "file"
    suffix = PurePosixPath(name).suffix.lower()
    known: dict[str, Any] = {"original_name": name, "sha256": sha256, "width": None, "height": None, "look": None}
    if suffix not in documents.TYPES:
        return _picture(file, name, known)
    copy = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # it ends with the request
    for chunk in file.chunks():
        copy.write(chunk)
    try:
        documents.check(suffix, copy, file.size)
    except Refused:
        copy.close()
        raise
    known |= {"content_type": OTHER_TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"}
    return Arrived(name, File(copy, name=name), Media.Kind.FILE, known | {"size": file.size})


def _picture(file: File[bytes], name: str, known: dict[str, Any]) -> Arrived:
    file.seek(0)
    picture = clean_picture(file.read())
    known |= {"content_type": picture.content_type, "size": len(picture.data), "look": picture.look}
    known |= {"width": picture.width, "height": picture.height}
    true_name = f"{PurePosixPath(name).stem}.{picture.extension}"
    return Arrived(true_name, ContentFile(picture.data), Media.Kind.IMAGE, known, picture.told)


def take_away(*, instance: Media, **signal: Any) -> None:
    """Listens to ``post_delete``: of what is deleted for good no file stays public, in no size and no version."""
    transaction.on_commit(partial(_empty, instance.token))


def forget_file(*, instance: MediaVersion, **signal: Any) -> None:
    """Listens to ``post_delete`` of earlier files."""
    transaction.on_commit(partial(_empty, PurePosixPath(instance.file.name or "").parts[0]))


def _forget_versions(token: str, current: int) -> None:
    """Takes away what stood under the addresses of earlier versions: these lead to the present file from now on."""
    for name in default_storage.listdir(token)[0]:
        if name != f"v{current}":
            _empty(f"{token}/{name}")


def _empty(folder: str) -> None:
    if not default_storage.exists(folder):
        return
    folders, files = default_storage.listdir(folder)
    for name in files:
        default_storage.delete(f"{folder}/{name}")
    for name in folders:
        _empty(f"{folder}/{name}")
    default_storage.delete(folder)

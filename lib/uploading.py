"""Uploads that are too large: noticed while they arrive, so that none of them fills the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class TooLarge(SimpleUploadedFile):
    """Stands for a file of which nothing was kept; ``size`` tells how large it was."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(name, b"")
        self.size = size


class LimitUploadHandler(FileUploadHandler):
    """Lets no more of a file through than ``MAX_UPLOAD_BYTES``, and then gives a ``TooLarge`` in its place.

    Comes before Django's own handlers: these keep what arrived until then.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.arrived = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.arrived += len(raw_data)
        return raw_data if self.arrived <= settings.MAX_UPLOAD_BYTES else None

    def file_complete(self, file_size: int) -> TooLarge | None:
        if self.arrived <= settings.MAX_UPLOAD_BYTES:
            return None
        return TooLarge(self.file_name or "file", self.arrived)

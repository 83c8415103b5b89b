"""The media library on the desk, one subject a module."""

from articles.admin.media.library import MediaAdmin
from articles.admin.media.thumbnails import thumbnail

__all__ = ["MediaAdmin", "thumbnail"]

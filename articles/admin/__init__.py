"""The newsroom on the desk, one subject a module."""

from articles.admin import article, category, media, missed, people, tags, told, typos

__all__ = ["article", "category", "media", "missed", "people", "tags", "told", "typos"]

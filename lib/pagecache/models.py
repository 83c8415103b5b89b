"""The version of every tag, and the models whose changes give new ones."""

from typing import Any, ClassVar

from django.db import models, router, transaction


class TagVersion(models.Model):
    """The present version of a tag. Written by ``lib/pagecache/stamps.py`` alone, in raw SQL.

    A version is a random number, not a counter: after a restore from a backup a counter would come back
    to numbers it had before, and pages of the lost states with it.
    """

    tag = models.TextField(primary_key=True)
    version = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        app_label = "pagecache"

    def __str__(self) -> str:
        return self.tag


class OnPages(models.Model):
    """A model that readers see on pages. Creating, changing and deleting one makes those pages out of date.

    So do changes of its many-to-many relations. ``QuerySet.update()``, ``bulk_create()`` and raw SQL tell
    nobody: after those call ``lib.pagecache.stamp`` in the same transaction.
    """

    stamped_by_relations: ClassVar[bool] = True
    """Whether a change of a many-to-many relation with an object touches the pages that show the object itself.

    Not where it only joins or leaves a list that has a tag of its own.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using, savepoint=False):
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using, savepoint=False):
            return super().delete(*args, **kwargs)

    def cache_tags(self) -> set[str]:
        """Returns the tags of the pages a change of this object touches, such as ``{"article:12", "news"}``.

        Called before the change (on the stored row) and after it, so a story that moves leaves its old
        category too. Must not depend on anything but the object and what it points to.
        """
        raise NotImplementedError(f"{type(self).__name__} must say which pages show it: cache_tags().")

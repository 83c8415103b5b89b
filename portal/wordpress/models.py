"""What came from which old site, and what it is here. A second run finds everything by it."""

from typing import Any, Self

from django.db import models


class ImportedQuerySet(models.QuerySet["Imported"]):
    def of(self, site: str, *kinds: str) -> "ImportedQuerySet":
        return self.filter(site=site, kind__in=kinds)

    def by_identity(self, identities: list[str]) -> "dict[str, Imported]":
        return {row.identity: row for row in self.filter(identity__in=identities)}


class Imported(models.Model):
    """One thing of the old site. Rows outlive the import: a later export adds to it instead of repeating it."""

    class Kind(models.TextChoices):
        ARTICLE = "article"
        PAGE = "page"
        MEDIA = "media"
        CATEGORY = "category"
        TAG = "tag"
        AUTHOR = "author"
        MENU_ITEM = "menu_item"
        BLOCK = "block"

    site = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    identity = models.CharField(max_length=64)
    """A hash of what makes it the same thing in every export: number and guid of an item, slug of a term."""
    wp_id = models.BigIntegerField(default=0)
    parent = models.BigIntegerField(default=0)
    old_address = models.CharField(max_length=500, blank=True)
    """Host and path, decoded, without a closing slash; see ``OldSite.key``."""
    address = models.CharField(max_length=1000, blank=True)
    """Where readers find it now; empty while they may not see it."""
    local_id = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    """A hash of the source that was brought over; empty while only the place is made."""
    missing = models.PositiveIntegerField(default=0)
    """Pictures and files of its text that were not there: they may come with a later run."""
    data = models.JSONField(default=dict)

    objects = ImportedQuerySet.as_manager()
    _stored: list[Any] | None = None

    class Meta:
        default_permissions = ()
        app_label = "portal"
        constraints = [models.UniqueConstraint(fields=["identity", "site", "kind"], name="imported_once")]
        indexes = [
            models.Index(fields=["site", "wp_id"], name="imported_by_number"),
            models.Index(fields=["site", "parent"], name="imported_by_parent"),
            models.Index(fields=["site", "old_address"], name="imported_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.wp_id} → {self.local_id}"

    CHANGING = ["wp_id", "parent", "old_address", "address", "local_id", "digest", "missing", "data"]

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        row = super().from_db(*args, **kwargs)
        row._stored = row._values()
        return row

    def _values(self) -> list[Any]:
        return [getattr(self, name) for name in self.CHANGING]

    @property
    def is_changed(self) -> bool:
        """Whether it differs from what the database said."""
        return self._stored is not None and self._stored != self._values()

"""One narrow table that serves every list by date."""

from datetime import datetime

from django.db import models


class ListingQuerySet(models.QuerySet["Listing"]):
    def next_change(self, key: str, language: str, now: datetime) -> datetime | None:
        """Returns the next moment at which a scheduled article joins the list, if there is one."""
        coming = self.filter(key=key, language=language, publish_at__gt=now)
        return coming.order_by("publish_at").values_list("publish_at", flat=True).first()


class Listing(models.Model):
    """An article in a list: ``all``, ``category:3``, ``tag:5``, ``author:7``, ``source:2``, ``opinion``.

    A published article stands in its categories and in every category above them. Rows are written by
    ``articles.publishing`` in the same transaction as the publication.
    """

    key = models.CharField(max_length=32)
    language = models.CharField(max_length=2)
    publish_at = models.DateTimeField()
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="listings")

    objects = ListingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "key"], name="listing_once")]
        indexes = [models.Index(fields=["key", "language", "-publish_at", "-article"], name="listing_by_date")]

    def __str__(self) -> str:
        return f"{self.key}:{self.language} {self.publish_at:%Y-%m-%d %H:%M} {self.article_id}"

    @property
    def cache_tag(self) -> str:
        return list_tag(self.key, self.language)


def list_tag(key: str, language: str) -> str:
    """Returns the page cache's name for a list in one language."""
    return f"list:{key}:{language}"

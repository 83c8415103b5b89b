"""Who has an article open at this moment, and who is writing in it."""

from django.conf import settings
from django.db import models


class Presence(models.Model):
    """An open sheet. It tells of itself every few seconds; one that fell silent counts no more."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sheet = models.CharField(max_length=32)
    writes = models.BooleanField()
    """Whether its person may change the article."""
    since = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "user", "sheet"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.article_id}"


class Hold(models.Model):
    """The soft lock of an article: who types first holds it, until they leave, fall silent or somebody takes over."""

    article = models.OneToOneField("articles.Article", models.CASCADE, related_name="hold", primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    active_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user}: {self.article_id}"


class TakeOver(models.Model):
    """That somebody took the text from another who was writing."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="take_overs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_from = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.taken_from} → {self.by}"

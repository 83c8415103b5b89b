"""Links by which somebody outside the newsroom sees one revision before readers do."""

from datetime import datetime
from typing import Self

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self, now: datetime) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=now)


class PreviewLink(models.Model):
    """Shows exactly one revision until it expires or is revoked. Of the link itself only a hash is kept."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="preview_links", editable=False)
    revision = models.ForeignKey("articles.Revision", models.RESTRICT, related_name="+", editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    for_whom = models.CharField(_("for whom"), max_length=200, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("created by"), editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    opened = models.PositiveIntegerField(_("opened"), default=0, editable=False)
    last_opened_at = models.DateTimeField(_("last opened"), null=True, editable=False)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.for_whom or f"№ {self.pk}"

    def is_open(self, now: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > now

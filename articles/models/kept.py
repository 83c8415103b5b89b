"""Texts that were typed and could not be saved as they were: none is ever lost."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.content import Content


class KeptText(models.Model):
    """What somebody typed beside the revisions: another had saved meanwhile, or taken the editing over."""

    class Why(models.TextChoices):
        CONFLICT = "conflict", _("another had saved meanwhile")
        TAKEN_OVER = "taken", _("another took over the editing")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="kept_texts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("editor"))
    at = models.DateTimeField(_("kept"))
    why = models.CharField(_("why"), max_length=10, choices=Why.choices)
    based_on = models.PositiveIntegerField(_("based on revision"))
    title = models.TextField(_("title"), blank=True)
    data = models.JSONField(_("content"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    """When it was brought together with the newest revision, or found to be of no use. It is kept all the same."""

    class Meta:
        verbose_name = _("kept text")
        verbose_name_plural = _("kept texts")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["article", "by"], name="kept_and_open", condition=Q(settled_at=None))]

    def __str__(self) -> str:
        return self.title or str(_("Untitled"))

    @property
    def content(self) -> Content:
        return Content.from_json(self.data)

"""Addresses that visitors ask for and that lead nowhere."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LONGEST = 300


class MissingAddress(models.Model):
    """An address that was answered with 404, and how often. Nothing is kept of who asked."""

    class State(models.TextChoices):
        OPEN = "open", _("to do")
        DONE = "done", _("done")
        IGNORED = "ignored", pgettext_lazy("of an address", "not needed")

    path = models.CharField(_("address"), max_length=LONGEST, unique=True)
    number = models.PositiveBigIntegerField(_("times"))
    referrer = models.CharField(_("last came from"), max_length=255, blank=True)
    first_seen = models.DateField(_("first"))
    last_seen = models.DateField(_("last"), db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)

    class Meta:
        verbose_name = _("missing address")
        verbose_name_plural = _("missing addresses")
        ordering = ["-number", "-last_seen", "path"]
        indexes = [models.Index(fields=["state", "-number", "-last_seen"], name="missing_by_number")]

    def __str__(self) -> str:
        return self.path

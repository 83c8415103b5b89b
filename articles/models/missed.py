"""What readers looked for and did not find."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST = 80


class MissedSearch(models.Model):
    """A search that found nothing, for editors. Written by the counter (``articles.search.missed``), by no page."""

    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    text = models.CharField(_("looked for"), max_length=LONGEST)
    number = models.PositiveIntegerField(_("times"))
    first_seen = models.DateField(_("first"))
    last_seen = models.DateField(_("last"), db_index=True)
    is_done = models.BooleanField(_("done"), default=False)

    class Meta:
        verbose_name = _("search without results")
        verbose_name_plural = _("searches without results")
        ordering = ["-number", "-last_seen", "text"]
        constraints = [models.UniqueConstraint(fields=["language", "text"], name="missed_once")]

    def __str__(self) -> str:
        return self.text

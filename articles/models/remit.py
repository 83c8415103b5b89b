"""The sections that somebody is in charge of."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Remit(models.Model):
    """A category in somebody's charge, with all below it. What it lets them do stands in ``articles.rights``."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="remits", verbose_name=_("person"))
    category = models.ForeignKey("articles.Category", models.CASCADE, related_name="remits", verbose_name=_("category"))

    class Meta:
        verbose_name = _("section in charge")
        verbose_name_plural = _("sections in charge")
        ordering = ["category__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "category"],
                name="section_in_charge_once",
                violation_error_message=_("This section is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.category)

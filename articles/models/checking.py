"""How much the rules before a publication weigh for whom, and who published in spite of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CheckLevel(models.Model):
    """What was chosen for a rule: for everybody, or for a role."""

    rule = models.CharField(max_length=40)
    group = models.ForeignKey("auth.Group", models.CASCADE, null=True, blank=True, related_name="+")
    level = models.CharField(max_length=10)

    class Meta:
        verbose_name = _("check before publication")
        verbose_name_plural = _("checks before publication")
        constraints = [
            models.UniqueConstraint(fields=["rule", "group"], name="level_of_a_role_once"),
            models.UniqueConstraint(fields=["rule"], condition=Q(group=None), name="level_of_everybody_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.level}"


class CheckOverride(models.Model):
    """A publication in spite of what blocked it."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="check_overrides")
    revision = models.PositiveIntegerField(_("revision"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("editor"))
    at = models.DateTimeField(_("when"))
    findings = models.JSONField(_("what blocked it"))
    """The findings in words, as the editor saw them: pairs of a rule's name and a message."""
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("publication in spite of the checks")
        verbose_name_plural = _("publications in spite of the checks")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.reason

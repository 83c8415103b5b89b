"""What happened to an article on its way to readers: who moved it on or back, when, and why."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import State


class MoveQuerySet(models.QuerySet["Move"]):
    def last(self) -> "Move | None":
        return self.order_by("-pk").first()

    def signatures(self) -> "MoveQuerySet":
        """Those by which somebody vouched for a text before it went out."""
        return self.filter(act__in=(Move.Act.READY, Move.Act.APPROVE))


class Move(models.Model):
    """One line of the log. Written with the act itself, never changed: ``to_state`` of the last one is the state."""

    class Act(models.TextChoices):
        REVIEW = "review", _("sent for review")
        TAKE_BACK = "take_back", _("taken back")
        READY = "ready", _("marked as ready")
        RETURN = "return", _("returned")
        APPROVE = "approve", _("change approved")
        PUBLISH = "publish", _("published")
        WITHDRAW = "withdraw", _("withdrawn")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="moves")
    act = models.CharField(_("act"), max_length=10, choices=Act.choices)
    from_state = models.CharField(max_length=10, choices=State.choices)
    to_state = models.CharField(max_length=10, choices=State.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("when"))
    number = models.PositiveIntegerField(_("revision"), null=True)
    """The revision that was the newest then, or that went out."""
    reason = models.TextField(_("reason"), blank=True)
    alone = models.BooleanField(default=False)
    """Whether an administrator published by himself where two people are needed."""

    objects = MoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()}, {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValueError("The log is not rewritten.")
        super().save(*args, **kwargs)

"""What was done with many articles at once: what was asked, what became of each, and the way back."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BulkChange(models.Model):
    """One change of many articles. Never deleted once it was begun: the revisions it made lead back to it."""

    class State(models.TextChoices):
        CHOOSING = "choosing", _("not begun")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        UNDOING = "undoing", _("being taken back")
        UNDONE = "undone", _("taken back")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("editor"))
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    """When a row was last done: what stands still for a while is taken up again."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHOOSING)
    act = models.CharField(max_length=10, blank=True)
    asked: Any = models.JSONField(default=dict)
    """The parameters of the act: see ``articles.bulk.acts``."""
    publishes = models.BooleanField(default=False)
    """Whether readers are to see the change of live stories at once."""

    class Meta:
        verbose_name = _("bulk change")
        verbose_name_plural = _("bulk changes")
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["state", "moved_at"], name="bulk_change_standing")]

    def __str__(self) -> str:
        return f"{self.act} {self.made_at:%Y-%m-%d %H:%M}"

    @property
    def is_moving(self) -> bool:
        return self.state in {self.State.RUNNING, self.State.UNDOING}


class BulkRow(models.Model):
    """One article of a bulk change. It leaves ``TO_DO``, and later ``DONE``, in the transaction that does it."""

    class State(models.TextChoices):
        TO_DO = "todo", _("to be changed")
        SAME = "same", _("nothing to change")
        LEFT_OUT = "left", _("left out")
        SKIPPED = "skipped", _("not changed")
        DONE = "done", _("changed")
        RETURNED = "returned", _("taken back")
        KEPT = "kept", _("not taken back")

    change = models.ForeignKey(BulkChange, models.CASCADE, related_name="rows")
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="+")
    title = models.TextField(blank=True)
    number = models.PositiveIntegerField()
    """The newest revision when it was chosen: only that is changed."""
    after = models.PositiveIntegerField(null=True)
    """The revision that the change has made."""
    was = models.CharField(max_length=10, blank=True)
    """The state the article was moved from."""
    is_published = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.TO_DO)
    reason = models.CharField(max_length=20, blank=True)
    """Why it was not changed, or not taken back: a key of ``articles.bulk.acts.REASONS``."""

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["change", "article"], name="bulk_row_once")]
        indexes = [models.Index(fields=["change", "state", "id"], name="bulk_row_by_state")]

    def __str__(self) -> str:
        return f"{self.change_id}: {self.title}"

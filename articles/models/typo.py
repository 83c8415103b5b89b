"""What readers saw misspelt in a story."""

from typing import Self

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST_LETTERS = 500
MOST_LETTERS_OF_NOTE = 1_000


class TypoQuerySet(models.QuerySet["Typo"]):
    def waiting(self) -> Self:
        return self.filter(state=Typo.State.OPEN)


class Typo(models.Model):
    """A reader's word to the editors, shown to nobody else. Of who sent it nothing is kept but what limits need."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("of a typo", "open")
        DONE = "done", pgettext_lazy("of a typo", "done")

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, related_name="typos", verbose_name=_("article"), editable=False
    )
    fragment = models.CharField(_("words with the mistake"), max_length=MOST_LETTERS, editable=False)
    note = models.CharField(_("note of the reader"), max_length=MOST_LETTERS_OF_NOTE, blank=True, editable=False)
    at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    state = models.CharField(_("state"), max_length=5, choices=State.choices, default=State.OPEN, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("closed by"), editable=False
    )
    ip_hash = models.CharField(max_length=32, blank=True, editable=False)
    """A keyed hash of the address it came from (lib/visitors.py), forgotten when the typo is closed or a day old."""

    objects = TypoQuerySet.as_manager()

    class Meta:
        verbose_name = _("typo")
        verbose_name_plural = _("typos")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["article"], name="typo_waiting", condition=Q(state="open")),
            models.Index(fields=["ip_hash", "at"], name="typo_from_where"),
        ]

    def __str__(self) -> str:
        return self.fragment

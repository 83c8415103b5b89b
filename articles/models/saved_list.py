"""How somebody wants the list of articles: filters kept by name, and the columns they look at."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedListQuerySet(models.QuerySet["SavedList"]):
    def seen_by(self, user: Any) -> "SavedListQuerySet":
        """What ``user`` kept, and what others share with the newsroom."""
        return self.filter(Q(user=user.pk) | Q(is_shared=True)).select_related("user")


class SavedList(models.Model):
    """A filter of the list with a name. The one without a name holds how its owner sees every list."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_lists")
    name = models.CharField(_("name"), max_length=60, blank=True)
    query = models.TextField(blank=True)
    """The filter as it stands in the address of the list."""
    is_shared = models.BooleanField(_("for the whole newsroom"), default=False)
    columns = models.JSONField(default=list)
    view = models.CharField(max_length=10, default="table")

    objects = SavedListQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_list_once")]

    def __str__(self) -> str:
        return self.name

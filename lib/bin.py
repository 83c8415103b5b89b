"""The bin: what is deleted waits there and can be taken out again."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Binnable(models.Model):
    """A model whose rows go to a bin before they are deleted.

    Whoever shows rows to readers filters on ``binned_at``: see the querysets of each model.
    """

    binned_at = models.DateTimeField(_("in the bin since"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def in_bin(self) -> bool:
        return self.binned_at is not None

    def uses(self) -> list[str]:
        """Returns in words what still needs this object; while there is anything, it stays out of the bin."""
        return []

    def move_to_bin(self, now: datetime) -> None:
        """Puts the object into the bin. Raises InUse when something still needs it."""
        if uses := self.uses():
            raise InUse(uses)
        self.binned_at = now
        self.save(update_fields=["binned_at"])

    def take_out_of_bin(self) -> None:
        """Brings the object back. Raises HeldBack when something it stands on is in the bin itself."""
        named = [getattr(self, field.name) for field in self._meta.fields if field.is_relation]
        if binned := [str(each) for each in named if isinstance(each, Binnable) and each.in_bin]:
            raise HeldBack(binned)
        self.binned_at = None
        self.save(update_fields=["binned_at"])


class InUse(Exception):
    """The object cannot go to the bin: ``uses`` says in words what needs it."""

    def __init__(self, uses: list[str]) -> None:
        super().__init__("; ".join(uses))
        self.uses = uses


class HeldBack(Exception):
    """The object cannot come out of the bin before ``binned``, which are named in words."""

    def __init__(self, binned: list[str]) -> None:
        super().__init__("; ".join(binned))
        self.binned = binned

"""Old addresses, and where their visitors are sent."""

from collections.abc import Iterator
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from lib.addresses import can_be_followed

MOST_STEPS = 10
"""Redirects in a row that are looked at for one that leads back."""


def old_addresses(path: str, query: str = "") -> list[str]:
    """Returns under which old addresses a visit of ``path`` (decoded) with ``query`` may be known, the best first.

    An old address answers with and without its closing slash, and with a query that nobody knows.
    """
    if "\0" in path:  # no address has one, and PostgreSQL refuses the question
        return []
    bare = path.rstrip("/")
    wanted = [f"{path}?{query}"] if query else []
    return [each[:1000] for each in [*wanted, f"{bare}/", bare] if each != "/"]


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def new_address(self, path: str, query: str = "") -> str | None:
        """Returns where ``path`` (decoded) with ``query`` has moved, or None: never back to where it came from."""
        new = self._step(old_addresses(path, query))
        if new is None or not can_be_followed(new):
            return None
        places = [old_addresses(path, query), *self.trail(new)]
        return None if any(place in places[:number] for number, place in enumerate(places)) else new

    def trail(self, address: str) -> Iterator[list[str]]:
        """Yields the old addresses of every place of this site that somebody comes by who is sent to ``address``."""
        following: str | None = address
        for _step in range(MOST_STEPS):
            local = (following or "").removeprefix(settings.BASE_URL)
            if not local.startswith("/"):
                return
            path, _mark, query = local.partition("#")[0].partition("?")
            place = old_addresses(unquote(path), query)
            yield place
            following = self._step(place)

    def _step(self, wanted: list[str]) -> str | None:
        known = dict(self.filter(old__in=wanted).values_list("old", "new"))
        return next((known[each] for each in wanted if each in known), None)


class Redirect(models.Model):
    """An old address and where its visitors are sent, with status 301."""

    old = models.CharField(
        _("old address"),
        max_length=1000,
        unique=True,
        help_text=_("From the root, such as /2019/05/old-story/ or /?p=12."),
    )
    new = models.CharField(_("new address"), max_length=1000)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["old"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    def clean(self) -> None:
        if not self.old.startswith("/"):
            raise ValidationError({"old": _("Start with a slash.")})
        if not can_be_followed(self.new):
            message = _("Write a path from the root, such as /news/, or a full address with https://.")
            raise ValidationError({"new": message})
        if any(self.old in place for place in Redirect.objects.exclude(pk=self.pk).trail(self.new)):
            raise ValidationError({"new": _("This leads to itself.")})

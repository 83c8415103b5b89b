"""Old addresses, and where their visitors are sent."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
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


def place_of(address: str) -> list[str]:
    """Returns the old addresses of the place of this site that ``address`` leads to; none for another site."""
    local = address.removeprefix(settings.BASE_URL)
    if not local.startswith("/"):
        return []
    path, _mark, query = local.partition("#")[0].partition("?")
    return old_addresses(unquote(path), query)


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def answering(self, path: str, query: str = "") -> "Redirect | None":
        """Returns what is known of ``path`` (decoded) with ``query``: never a way back to where it came from."""
        found = self._at(old_addresses(path, query))
        if found is None or found.is_gone:
            return found
        if not can_be_followed(found.new):
            return None
        places = [old_addresses(path, query), *(place for place, _further in self.trail(found.new))]
        return None if any(place in places[:number] for number, place in enumerate(places)) else found

    def trail(self, address: str) -> "Iterator[tuple[list[str], Redirect | None]]":
        """Yields each place of this site by which visitors come who are sent to ``address``, and its redirect."""
        following = address
        for _step in range(MOST_STEPS):
            place = place_of(following)
            if not place:
                return
            found = self._at(place)
            yield place, found
            if found is None or found.is_gone:
                return
            following = found.new

    def end_of(self, address: str) -> str:
        """Returns where somebody ends who is sent to ``address``: behind every redirect that follows."""
        ends = [address, *(found.new for _place, found in self.trail(address) if found and not found.is_gone)]
        return ends[-1]

    def _at(self, wanted: list[str]) -> "Redirect | None":
        known = {found.old: found for found in self.filter(old__in=wanted)}
        return next((known[each] for each in wanted if each in known), None)


class Redirect(models.Model):
    """An old address and where its visitors are sent; or that what stood there is gone for good."""

    class Kind(models.IntegerChoices):
        """The status of the answer (RFC 9110, 15.4 and 15.5.11)."""

        MOVED = 301, _("moved for good (301)")
        FOR_NOW = 302, _("elsewhere for now (302)")
        GONE = 410, _("gone for good (410)")

    old = models.CharField(
        _("old address"),
        max_length=1000,
        unique=True,
        help_text=_("From the root, such as /2019/05/old-story/ or /?p=12."),
    )
    kind = models.PositiveSmallIntegerField(_("answer"), choices=Kind.choices, default=Kind.MOVED)
    new = models.CharField(_("new address"), max_length=1000, blank=True)
    visits = models.PositiveBigIntegerField(_("visits"), default=0, editable=False)
    last_visit = models.DateField(_("last visit"), null=True, editable=False)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["old"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new or self.get_kind_display()}"

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps every way one step long: this one leads to its end, and what led here leads there too."""
        others = Redirect.objects.exclude(pk=self.pk)
        self.new = others.end_of(self.new)
        super().save(*args, **kwargs)
        if not self.is_gone:
            others.filter(new__in=[self.old, f"{settings.BASE_URL}{self.old}"]).update(new=self.new)

    @property
    def is_gone(self) -> bool:
        return self.kind == self.Kind.GONE

    def clean(self) -> None:
        self.clean_addresses()
        way = [self.old, self.new]
        for place, further in Redirect.objects.exclude(pk=self.pk).trail(self.new):
            if self.old in place:
                message = _("This leads to itself: %(way)s")
                raise ValidationError({"new": message % {"way": " → ".join(way)}})
            way += [further.new] if further else []

    def clean_addresses(self) -> None:
        """Raises ValidationError unless each address is one; asks no other redirect."""
        self.old = self.old.removeprefix(settings.BASE_URL)
        if not self.old.startswith("/"):
            raise ValidationError({"old": _("Start with a slash.")})
        if self.old.startswith(reverse("admin:index")):
            raise ValidationError({"old": _("The desk stands there: nobody would ever be redirected.")})
        if self.is_gone:
            self.new = ""
        elif not can_be_followed(self.new):
            message = _("Write a path from the root, such as /news/, or a full address with https://.")
            raise ValidationError({"new": message})


class RedirectFile(models.Model):
    """A file of redirects that somebody brought: looked at first, then taken in, once."""

    name = models.CharField(_("file"), max_length=255)
    data = models.BinaryField(default=bytes)
    """What it held; empty when it has been taken in."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("editor"))
    at = models.DateTimeField(_("brought"))
    done_at = models.DateTimeField(_("taken in"), null=True)
    written = models.PositiveIntegerField(_("redirects written"), default=0)

    class Meta:
        default_permissions = ()
        verbose_name = _("file of redirects")
        verbose_name_plural = _("files of redirects")
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.name

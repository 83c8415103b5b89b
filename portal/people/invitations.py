"""Invitations: an administrator names somebody, who chooses a password by a link and is in.

The link is a keyed signature over the invitation, its serial number and its end, so nothing that opens a door is
stored. It ends when it is used, when the next one is sent (another serial number), when it is called back, and by
the clock.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Category, Remit
from lib.addresses import absolute
from lib.slugs import latin_slug
from portal.models.site import SiteSettings
from portal.people.letters import Letter, Words, post, writes

HOLDS = timedelta(days=7)


class Spent(Exception):
    """The link leads nowhere any more."""


class Invitation(models.Model):
    """That somebody was asked in, and what became of it: one for each person, whose serial number grows."""

    class Standing(models.TextChoices):
        OPEN = "open", gettext_lazy("not answered yet")
        EXPIRED = "expired", gettext_lazy("the link has expired")
        REVOKED = "revoked", gettext_lazy("called back")
        ACCEPTED = "accepted", gettext_lazy("accepted")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitation")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    serial = models.PositiveIntegerField(default=1)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.user.email

    def standing(self, now: datetime) -> "Invitation.Standing":
        if self.accepted_at:
            return self.Standing.ACCEPTED
        if self.revoked_at:
            return self.Standing.REVOKED
        return self.Standing.OPEN if now < self.expires_at else self.Standing.EXPIRED

    @property
    def token(self) -> str:
        told = f"{self.pk}.{self.serial}.{self.expires_at.timestamp():.0f}.{self.user_id}"
        return salted_hmac("portal.invitation", told, algorithm="sha256").hexdigest()[:40]

    @property
    def link(self) -> str:
        return absolute(reverse("invitation", args=[self.pk, self.token]))


@transaction.atomic
def invite(
    person: User, *, roles: Iterable[Group], sections: Iterable[Category], language: str, by: User, now: datetime
) -> Invitation:
    """Makes a login that nobody can use yet, and sends its owner the link.

    ``person`` is unsaved, with names and email.
    """
    person.username = person.username or free_username(person.email)
    person.is_active, person.is_staff = False, True
    person.set_unusable_password()
    person.save()
    person.groups.set(roles)
    Remit.objects.bulk_create(Remit(user=person, category=category) for category in sections)
    times = {"sent_at": now, "expires_at": now + HOLDS}
    invitation = Invitation.objects.create(user=person, by=by, language=language, **times)
    _send(invitation, now)
    return invitation


def free_username(email: str) -> str:
    """Returns a login made from the part of ``email`` before the @, which nobody has."""
    stem = latin_slug(email.partition("@")[0])[:100] or "person"
    taken = {
        name.lower() for name in User.objects.filter(username__istartswith=stem).values_list("username", flat=True)
    }
    number, name = 1, stem
    while name in taken:
        number += 1
        name = f"{stem}{number}"
    return name


@transaction.atomic
def send_again(invitation: Invitation, *, by: User, now: datetime) -> Invitation:
    """Sends another link, which ends the one before. Raises Spent where it was accepted."""
    invitation = _locked(invitation.pk)
    if invitation.accepted_at:
        raise Spent
    invitation.serial += 1
    invitation.by, invitation.sent_at, invitation.expires_at, invitation.revoked_at = by, now, now + HOLDS, None
    invitation.save()
    _send(invitation, now)
    return invitation


@transaction.atomic
def call_back(invitation: Invitation, now: datetime) -> None:
    """Ends the link. Raises Spent where it was accepted."""
    invitation = _locked(invitation.pk)
    if invitation.accepted_at:
        raise Spent
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])


def opened(pk: int, token: str, now: datetime, *, lock: bool = False) -> Invitation:
    """Returns the invitation of a link. Raises Spent for a link that does not hold (any more)."""
    found = Invitation.objects.select_related("user", "by").filter(pk=pk)
    invitation = (found.select_for_update(of=("self",)) if lock else found).first()
    if invitation is None or not constant_time_compare(invitation.token, token):
        raise Spent
    if invitation.standing(now) != Invitation.Standing.OPEN:
        raise Spent
    return invitation


def accept(invitation: Invitation, now: datetime) -> None:
    """Lets the person in, whose password is set already; within the transaction that locked ``invitation``."""
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    invitation.user.is_active = True
    invitation.user.save(update_fields=["is_active"])


def _locked(pk: int) -> Invitation:
    return Invitation.objects.select_for_update(of=("self",)).select_related("user").get(pk=pk)


def _send(invitation: Invitation, now: datetime) -> None:
    Letter.objects.filter(invitation=invitation, state=Letter.State.WAITING).delete()
    post(Letter.Kind.INVITATION, invitation.user.email, invitation.language, now, invitation=invitation)


@writes(Letter.Kind.INVITATION)
def written(letter: Letter, now: datetime) -> Words | None:
    invitation = Invitation.objects.select_related("user", "by").filter(letters=letter).first()
    if invitation is None or invitation.standing(now) != Invitation.Standing.OPEN:
        return None
    site = SiteSettings.current().name
    text = render_to_string("portal/people/invitation.txt", {"invitation": invitation, "site_name": site})
    return Words(_("You are invited to the newsroom of «%(site)s»") % {"site": site}, text)

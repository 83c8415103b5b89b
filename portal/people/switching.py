"""Switching people off and on. The name below their stories stays: an author is not a login."""

from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import PROTECT, ManyToOneRel, QuerySet
from django.dispatch import Signal
from django.utils.translation import gettext as _

from articles import rights
from articles.desk import UNPUBLISHED
from articles.models import Article
from portal.people import sessions
from portal.people.guards import Refused, check_taking_down
from portal.people.invitations import Invitation

person_switched_off = Signal()
"""person_switched_off(person, now): somebody may not sign in any more; sent within the transaction."""


def unfinished(person: User) -> QuerySet[Article]:
    """Returns the stories of ``person`` that were never published and would lie forgotten."""
    return Article.objects.filter(created_by=person.pk, state__in=UNPUBLISHED, binned_at=None)


def heirs(person: User) -> list[User]:
    """Returns who may take over unfinished stories: whoever writes here."""
    working = User.objects.filter(is_active=True, is_staff=True).exclude(pk=person.pk).order_by("last_name", "username")
    return [user for user in working if user.has_perm(rights.WRITE)]


@transaction.atomic
def switch_off(person: User, *, by: User, now: datetime, heir: User | None = None) -> int:
    """Ends every session of ``person`` and lets nobody in by that name; returns how many stories went to ``heir``.

    Raises Refused.
    """
    check_taking_down(person, by=by)
    person.is_active = False
    person.save(update_fields=["is_active"])
    sessions.end_sessions(person)
    Invitation.objects.filter(user=person, accepted_at=None, revoked_at=None).update(revoked_at=now)
    handed = unfinished(person).update(created_by=heir) if heir is not None else 0
    person_switched_off.send(User, person=person, now=now)
    return handed


@transaction.atomic
def switch_on(person: User) -> None:
    """Lets somebody in again, with the password and the roles of before. Raises Refused where there is no password."""
    if not person.has_usable_password():
        raise Refused(_("This person has no password yet. Send an invitation instead."))
    person.is_active = True
    person.save(update_fields=["is_active"])


def history(person: User) -> list[str]:
    """Returns in words what would lose its author with ``person``; whoever has any is never deleted."""
    found = set()
    for relation in User._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel):
            continue
        kept = relation.on_delete is PROTECT or relation.related_model is LogEntry
        if kept and relation.related_model._base_manager.filter(**{relation.field.name: person.pk}).exists():
            found.add(str(relation.related_model._meta.verbose_name_plural))
    return sorted(found)

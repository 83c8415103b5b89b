"""Who may manage whom. Managing people is the one right that could give its owner every other: here it ends.

An administrator (superuser) manages everybody. Whoever has only Django's rights over users manages those who have
no such rights themselves, gives only roles that bring none, and never changes one's own roles. Nobody switches
off, demotes or deletes oneself or the last administrator.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.roles import TITLES

INVITE, CHANGE = "auth.add_user", "auth.change_user"
OVER_PEOPLE = {"auth", "admin", "sessions", "contenttypes"}
"""The apps whose rights are power over people; no role of ours brings one."""


class Refused(Exception):
    """Not done; the words say why, to the one who wanted it."""


def may_manage(manager: User, person: User | None = None) -> bool:
    """Whether ``manager`` may change ``person`` (anybody at all, if None)."""
    return manager.has_perm(CHANGE) and (person is None or not out_of_reach(manager, [person]))


def may_invite(manager: User) -> bool:
    return manager.has_perm(INVITE)


def out_of_reach(manager: User, people: Iterable[User]) -> set[int]:
    """Returns the keys of those of ``people`` whom ``manager`` may not touch, nor see the link of their invitation.

    They have power over people themselves, or will have it once they are in: invited or switched off counts alike.
    """
    if manager.is_superuser:
        return set()
    power = Permission.objects.filter(content_type__app_label__in=OVER_PEOPLE)
    has_power = Q(is_superuser=True) | Q(user_permissions__in=power) | Q(groups__permissions__in=power)
    found = User.objects.filter(has_power, pk__in=[person.pk for person in people])
    return set(found.values_list("pk", flat=True))


def roles_given_by(manager: User) -> list[Group]:
    """Returns the groups that ``manager`` may put somebody into."""
    groups = list(Group.objects.prefetch_related("permissions__content_type").order_by("pk"))
    return groups if manager.is_superuser else [group for group in groups if _may_give(manager, group)]


def _may_give(manager: User, group: Group) -> bool:
    rights = {_name(right) for right in group.permissions.all()}
    if any(right.split(".")[0] in OVER_PEOPLE for right in rights):
        return False
    return group.name in TITLES or manager.has_perms(rights)


def _name(right: Permission) -> str:
    return f"{right.content_type.app_label}.{right.codename}"


def check_taking_down(person: User, *, by: User) -> None:
    """Raises Refused where ``by`` may not switch off, demote or delete ``person``. Locks the administrators."""
    if person.pk == by.pk:
        raise Refused(_("Nobody can do this to themselves: ask another administrator."))
    if not may_manage(by, person):
        raise Refused(_("Only an administrator may change this person."))
    if person.is_superuser and is_last_administrator(person):
        raise Refused(_("This is the last administrator. Make another one first."))


def is_last_administrator(person: User) -> bool:
    """Whether nobody would be left who may do everything; within a transaction, so that two cannot leave at once."""
    others = User.objects.select_for_update().filter(is_superuser=True, is_active=True).exclude(pk=person.pk)
    return not list(others.order_by("pk"))

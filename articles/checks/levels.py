"""How much each rule weighs for a person, by what was chosen for everybody and for their roles."""

from collections.abc import Mapping

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Q

from articles.checks import RULES, Level
from articles.models import CheckLevel

STRICTNESS = list(Level)


def levels_for(user: User) -> dict[str, Level]:
    """Returns the level of every rule for ``user``, in two queries.

    For a role that nothing was chosen for, what holds for everybody counts. With several roles the mildest counts:
    a second role gives more freedom, as its rights do, never less.
    """
    roles = list(user.groups.values_list("pk", flat=True))
    rows = CheckLevel.objects.filter(Q(group=None) | Q(group__in=roles))
    chosen = {(row.group_id, row.rule): row.level for row in rows}
    return {name: _mildest([_level(chosen, role, name) for role in roles or [None]]) for name in RULES}


def levels_of(group: Group | None) -> dict[str, Level | None]:
    """Returns what was chosen for a role, or for everybody; None where nothing was."""
    chosen = dict(CheckLevel.objects.filter(group=group).values_list("rule", "level"))
    return {name: Level(chosen[name]) if chosen.get(name) in Level.values else None for name in RULES}


@transaction.atomic
def choose(group: Group | None, levels: Mapping[str, Level | None]) -> None:
    """Writes what was chosen for a role, or for everybody; None takes a choice back."""
    rows = CheckLevel.objects.select_for_update().filter(group=group, rule__in=levels)
    rows.delete()
    CheckLevel.objects.bulk_create(
        CheckLevel(rule=rule, group=group, level=level) for rule, level in levels.items() if level is not None
    )


def _level(chosen: Mapping[tuple[int | None, str], str], role: int | None, rule: str) -> Level:
    level = chosen.get((role, rule)) or chosen.get((None, rule))
    return Level(level) if level in Level.values else RULES[rule].level


def _mildest(levels: list[Level]) -> Level:
    return min(levels, key=STRICTNESS.index)

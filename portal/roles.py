"""The roles of a newsroom: groups with permissions, the same on every site.

They are written after every ``migrate`` and not by a migration: permissions come into being only then, and
those of a new model reach the roles with the release that brings it. What a site adds to a role stays; what
it takes away comes back, so a newsroom that wants a narrower role makes a group of its own.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CAN_PUBLISH = "articles.publish_article"


@dataclass(frozen=True)
class Role:
    name: str
    """The name of the group, in English on every site."""
    title: str | Promise
    permissions: tuple[str, ...]
    """Patterns over «app.codename»; ``articles.*_media`` is every permission of media."""


WRITING = (
    "articles.add_article",
    "articles.change_article",
    "articles.view_*",
    "articles.add_media",
    "articles.change_media",
    "articles.add_source",
    "articles.add_tag",
    "articles.change_typo",
)
ROLES = (
    Role("Reporter", _("Reporter"), WRITING),
    Role(
        "Editor",
        _("Editor"),
        (
            *WRITING,
            CAN_PUBLISH,
            *(
                f"articles.*_{model}"
                for model in (
                    *("article", "author", "category", "categorypin", "correction"),
                    *("media", "missedsearch", "source", "tag", "typo"),
                )
            ),
            *(
                f"portal.*_{model}"
                for model in ("frontzone", "menu", "menuitem", "page", "pin", "redirect", "tickeritem")
            ),
            "portal.view_sitesettings",
            "comments.can_moderate",
        ),
    ),
    Role("Moderator", _("Moderator"), ("comments.*", "articles.view_article")),
    Role("Ad manager", _("Ad manager"), ("ads.*", "articles.view_article")),
)
ADMINISTRATOR = "Administrator"
"""No group: a superuser, who may do everything."""
TITLES = {role.name: role.title for role in ROLES} | {ADMINISTRATOR: _("Administrator")}


def keep(using: str, **kwargs: Any) -> None:
    """Makes the groups that are missing and gives each the permissions of its role. May run at any time."""
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for role in ROLES:
        group, _new = Group.objects.using(using).get_or_create(name=role.name)
        group.permissions.add(
            *(known[name] for name in known if any(fnmatchcase(name, pattern) for pattern in role.permissions))
        )


def title_of(group: Group) -> str:
    """Returns the name of a group for people: ours translated, those of the site as they are."""
    return str(TITLES.get(group.name, group.name))

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


READING = tuple(
    f"articles.view_{model}" for model in ("article", "author", "category", "correction", "media", "source", "tag")
)
WRITING = (
    *READING,
    "articles.add_article",
    "articles.change_article",
    "articles.add_media",
    "articles.change_media",
    "articles.add_source",
    "articles.add_tag",
)
"""Of articles one's own: ``articles/rights.py`` says which."""
EDITING = (
    *WRITING,
    "articles.edit_every_article",
    "articles.delete_article",
    "articles.add_author",
    "articles.change_author",
    "articles.change_tag",
    *(f"articles.*_{model}" for model in ("media", "missedsearch", "source", "typo")),
    "comments.can_moderate",
)
PUBLISHING = (
    *EDITING,
    CAN_PUBLISH,
    "articles.override_checks",
    "articles.view_checkoverride",
    *(f"articles.*_{model}" for model in ("author", "category", "categorypin", "correction", "tag", "tagname")),
    *(
        f"portal.*_{model}"
        for model in (
            *("frontzone", "menu", "menuitem", "missingaddress", "page", "pin"),
            *("redirect", "redirectfile", "tickeritem", "tickerrule"),
        )
    ),
    "portal.view_sitesettings",
)
ROLES = (
    Role("Reporter", _("Reporter"), WRITING),
    Role("Editor", _("Editor"), EDITING),
    Role(
        "Section editor",
        _("Section editor"),
        (
            *WRITING,
            CAN_PUBLISH,
            "articles.delete_article",
            *(f"articles.{act}" for act in ("add_correction", "change_correction", "view_typo", "change_typo")),
        ),
    ),
    Role("Publisher", _("Publisher"), PUBLISHING),
    Role("Moderator", _("Moderator"), ("comments.*",)),
    Role("Ad manager", _("Ad manager"), ("ads.*",)),
)
"""Why each may what it may: docs/decisions/0014-who-prepares-does-not-publish.md. Whoever takes a right from one of
them does so in a migration, which runs once on every site: ``keep`` only adds."""
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

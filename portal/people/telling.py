"""What somebody may do, in words: for the person, and for whoever gives the roles."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rights
from articles.models import Remit

ACTS: list[tuple[str, Any]] = [
    (rights.ADD, gettext_lazy("write stories and send them for review")),
    (rights.EDIT_EVERY, gettext_lazy("edit the stories of others, mark them as ready, send them back")),
    ("articles.change_correction", gettext_lazy("tell readers of corrections")),
    ("articles.add_media", gettext_lazy("add pictures and files to the library")),
    ("articles.delete_media", gettext_lazy("move what is in the library to the bin")),
    ("articles.change_author", gettext_lazy("keep the authors")),
    ("articles.change_category", gettext_lazy("keep the categories")),
    ("portal.change_frontzone", gettext_lazy("arrange the front page and the ticker")),
    ("portal.change_page", gettext_lazy("keep pages, menus and redirects")),
    ("comments.can_moderate", gettext_lazy("decide about comments")),
    ("ads.change_flight", gettext_lazy("book advertising and read its reports")),
    ("portal.change_sitesettings", gettext_lazy("change the settings of the site")),
    ("auth.change_user", gettext_lazy("invite people and switch them off")),
]


def may_do(person: User) -> list[str]:
    """Returns what ``person`` may do on the desk, a line for each kind of work."""
    if person.is_superuser:
        return [_("everything: an administrator")]
    return list(_told(person)) or [_("nothing yet: no role was given")]


def _told(person: User) -> Iterator[str]:
    # Whoever is switched off or invited may nothing now; told is what they may once they are in.
    rights_held = _rights(person)
    for right, words in ACTS:
        if right in rights_held:
            yield str(words)
        if right == rights.EDIT_EVERY and rights.PUBLISH in rights_held:
            yield _publishing(person, rights_held)


def _publishing(person: User, held: set[str]) -> str:
    if rights.EDIT_EVERY in held:
        return _("publish and withdraw in every section")
    sections = [str(remit) for remit in Remit.objects.filter(user=person.pk).select_related("category")]
    if not sections:
        return _("publish nowhere yet: no section is in charge")
    return _("edit, publish and withdraw in the sections in charge: %(sections)s") % {"sections": ", ".join(sections)}


def _rights(person: User) -> set[str]:
    active = User(pk=person.pk, is_active=True)
    return active.get_all_permissions()

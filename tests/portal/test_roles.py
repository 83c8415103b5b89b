"""The roles: who may do what, on a new site and after every migration."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from zeal import zeal_ignore

from portal.roles import ROLES, title_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def migrated(db: None) -> None:
    call_command("migrate", verbosity=0)


def member(role: str) -> User:
    user = User.objects.create_user(role.lower().replace(" ", ""), is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.mark.parametrize(
    ("role", "permission", "may"),
    [
        ("Reporter", "articles.change_article", True),
        ("Reporter", "articles.add_media", True),
        ("Reporter", "articles.publish_article", False),
        ("Reporter", "articles.delete_article", False),
        ("Reporter", "portal.change_frontzone", False),
        ("Reporter", "comments.can_moderate", False),
        ("Editor", "articles.delete_media", True),
        ("Editor", "comments.can_moderate", True),
        ("Editor", "articles.publish_article", False),
        ("Editor", "articles.change_category", False),
        ("Editor", "portal.view_frontzone", False),
        ("Editor", "articles.edit_every_article", True),
        ("Section editor", "articles.edit_every_article", False),
        ("Section editor", "articles.publish_article", True),
        ("Section editor", "portal.change_frontzone", False),
        ("Publisher", "articles.publish_article", True),
        ("Publisher", "articles.delete_category", True),
        ("Publisher", "portal.add_pin", True),
        ("Publisher", "portal.change_sitesettings", False),
        ("Publisher", "articles.change_revision", False),
        ("Publisher", "auth.change_user", False),
        ("Moderator", "comments.can_moderate", True),
        ("Moderator", "articles.view_article", False),
        ("Ad manager", "comments.can_moderate", False),
        ("Ad manager", "articles.view_article", False),
    ],
)
def test_it_lets_each_role_do_its_work_and_no_other(role: str, permission: str, may: bool) -> None:
    assert member(role).has_perm(permission) is may


def test_it_gives_ad_managers_whatever_there_is_to_do_with_ads() -> None:
    ads = set(Permission.objects.filter(content_type__app_label="ads"))
    assert set(Group.objects.get(name="Ad manager").permissions.filter(content_type__app_label="ads")) == ads


def test_it_brings_back_a_group_and_a_right_that_were_lost() -> None:
    Group.objects.get(name="Moderator").delete()
    Group.objects.get(name="Publisher").permissions.clear()
    call_command("migrate", verbosity=0)
    assert member("Publisher").has_perm("articles.publish_article")
    assert member("Moderator").has_perm("comments.can_moderate")


def test_it_keeps_what_a_site_has_added_to_a_role() -> None:
    added = Permission.objects.get(codename="delete_article")
    Group.objects.get(name="Reporter").permissions.add(added)
    call_command("migrate", verbosity=0)
    assert member("Reporter").has_perm("articles.delete_article")


def test_it_takes_a_right_away_once_and_leaves_people_what_they_could_do() -> None:
    editors, publish = Group.objects.get(name="Editor"), Permission.objects.get(codename="publish_article")
    Group.objects.get(name="Publisher").delete()
    editors.permissions.add(publish)
    editor = member("Editor")
    with_old_roles = import_module("portal.migrations.0011_editors_prepare_publishers_publish")
    with_old_roles.withdraw(apps, None)
    with_old_roles.keep_publishing(apps, None)
    assert publish not in editors.permissions.all()
    call_command("migrate", verbosity=0)
    assert User.objects.get(pk=editor.pk).has_perm("articles.publish_article")
    editors.permissions.add(publish)
    call_command("migrate", verbosity=0)
    assert publish in editors.permissions.all()


def test_it_shows_its_roles_in_the_language_of_the_reader() -> None:
    with translation.override("ru"):
        titles = [title_of(Group(name=role.name)) for role in ROLES]
    assert titles == [
        *("Репортёр", "Редактор", "Редактор рубрики", "Выпускающий редактор"),
        *("Модератор", "Менеджер по рекламе"),
    ]


def test_it_shows_the_name_of_a_group_of_the_site_as_it_is() -> None:
    assert title_of(Group(name="Стажёры")) == "Стажёры"


@pytest.mark.parametrize(
    ("address", "end"), [("/admin/auth/group/", "</a>"), ("/admin/auth/user/{}/change/", "</label>")]
)
def test_it_names_the_roles_on_the_desk_in_russian(
    admin_client: Client, admin_user: User, address: str, end: str
) -> None:
    with zeal_ignore():  # the one who looks at a user is a user too
        page = admin_client.get(address.format(admin_user.pk)).content.decode()
    assert f"Менеджер по рекламе{end}" in page
    assert f"Ad manager{end}" not in page


def test_it_names_every_right_on_the_desk_in_russian(admin_client: Client) -> None:
    page = admin_client.get(f"/admin/auth/group/{Group.objects.get(name='Reporter').pk}/change/").content.decode()
    assert "материал: просматривать" in page
    assert not re.search(r">[^<]*(Can (view|add|change|delete)|: Can)[^<]*</option>", page)

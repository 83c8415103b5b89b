"""The roles: who may do what, on a new site and after every migration."""

import pytest
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
        ("Editor", "articles.publish_article", True),
        ("Editor", "articles.delete_category", True),
        ("Editor", "portal.add_pin", True),
        ("Editor", "comments.can_moderate", True),
        ("Editor", "portal.change_sitesettings", False),
        ("Editor", "articles.change_revision", False),
        ("Editor", "auth.change_user", False),
        ("Moderator", "comments.can_moderate", True),
        ("Moderator", "articles.change_article", False),
        ("Ad manager", "articles.view_article", True),
        ("Ad manager", "comments.can_moderate", False),
        ("Ad manager", "articles.change_article", False),
    ],
)
def test_it_lets_each_role_do_its_work_and_no_other(role: str, permission: str, may: bool) -> None:
    assert member(role).has_perm(permission) is may


def test_it_gives_ad_managers_whatever_there_is_to_do_with_ads() -> None:
    ads = set(Permission.objects.filter(content_type__app_label="ads"))
    assert set(Group.objects.get(name="Ad manager").permissions.filter(content_type__app_label="ads")) == ads


def test_it_brings_back_a_group_and_a_right_that_were_lost() -> None:
    Group.objects.get(name="Moderator").delete()
    Group.objects.get(name="Editor").permissions.clear()
    call_command("migrate", verbosity=0)
    assert member("Editor").has_perm("articles.publish_article")
    assert member("Moderator").has_perm("comments.can_moderate")


def test_it_keeps_what_a_site_has_added_to_a_role() -> None:
    added = Permission.objects.get(codename="delete_article")
    Group.objects.get(name="Reporter").permissions.add(added)
    call_command("migrate", verbosity=0)
    assert member("Reporter").has_perm("articles.delete_article")


def test_it_shows_its_roles_in_the_language_of_the_reader() -> None:
    with translation.override("ru"):
        titles = [title_of(Group(name=role.name)) for role in ROLES]
    assert titles == ["Репортёр", "Редактор", "Модератор", "Менеджер по рекламе"]


def test_it_shows_the_name_of_a_group_of_the_site_as_it_is() -> None:
    assert title_of(Group(name="Стажёры")) == "Стажёры"


@pytest.mark.parametrize(
    ("address", "end"), [("/admin/auth/group/", "</a>"), ("/admin/auth/user/{}/change/", "</option>")]
)
def test_it_names_the_roles_on_the_desk_in_russian(
    admin_client: Client, admin_user: User, address: str, end: str
) -> None:
    with zeal_ignore():  # the one who looks at a user is a user too
        page = admin_client.get(address.format(admin_user.pk)).content.decode()
    assert f">Менеджер по рекламе{end}" in page
    assert f">Ad manager{end}" not in page

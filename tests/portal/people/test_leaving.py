"""Switching people off: at once, for everything, without a byline lost, and never the last administrator."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.utils import timezone

from articles import presence, publishing
from articles.models import Article, Hold
from portal.people.sessions import Session
from tests.factories import make_article, make_author, make_content, make_draft

pytestmark = pytest.mark.django_db


def draft_of(person: User, title: str = "Черновик") -> Article:
    return publishing.start(make_content(title), by=person)


def off(person: User) -> str:
    return f"/admin/auth/user/{person.pk}/off/"


def test_it_ends_every_session_at_once(admin_client: Client, walt: User) -> None:
    desks = [Client(), Client()]
    for desk in desks:
        desk.force_login(walt)
    admin_client.post(off(walt))
    assert [desk.get("/admin/").status_code for desk in desks] == [302, 302]
    assert not Session.objects.filter(user=walt.pk).exists()
    assert not Client().login(username="walt", password="walt-walt-walt")


def test_it_frees_the_texts_that_somebody_held(admin_client: Client, walt: User) -> None:
    article = draft_of(walt)
    presence.claim(article.pk, walt, timezone.now())
    admin_client.post(off(walt))
    assert not Hold.objects.exists()


def test_it_leaves_the_name_below_the_stories(admin_client: Client, walt: User) -> None:
    story = make_article(authors=[make_author("Уолт Доу", user=walt)])
    admin_client.post(off(walt))
    assert "Уолт Доу" in Client().get(story.get_absolute_url()).text


def test_it_hands_the_drafts_over_in_the_same_step(admin_client: Client, walt: User, erin: User) -> None:
    mine, published = draft_of(walt), draft_of(walt, "Опубликовано")
    publishing.publish(published, published.revisions.get(), by=erin)
    assert "Черновик" in admin_client.get(off(walt)).text
    page = admin_client.post(off(walt), {"heir": erin.pk}, follow=True)
    assert "1 черновик" in page.text
    assert [Article.objects.get(pk=each.pk).created_by for each in (mine, published)] == [erin, walt]


@pytest.mark.parametrize("heir", ["mona", "999", "x", "walt"])
def test_it_hands_drafts_to_nobody_who_does_not_write(admin_client: Client, walt: User, mona: User, heir: str) -> None:
    draft_of(walt)
    key = {"mona": mona.pk, "walt": walt.pk}.get(heir, heir)
    assert admin_client.post(off(walt), {"heir": key}).context["form"].errors["heir"]
    assert User.objects.get(pk=walt.pk).is_active


def test_it_switches_on_again_with_the_password_of_before(admin_client: Client, walt: User) -> None:
    admin_client.post(off(walt))
    assert "switch-on" in admin_client.get(f"/admin/auth/user/{walt.pk}/change/").text
    admin_client.post(f"/admin/auth/user/{walt.pk}/on/")
    assert Client().login(username="walt", password="walt-walt-walt")


def test_it_switches_on_nobody_without_a_password(admin_client: Client) -> None:
    person = User.objects.create_user("new", is_active=False, is_staff=True)
    page = admin_client.post(f"/admin/auth/user/{person.pk}/on/", follow=True)
    assert "приглашение" in page.text
    assert not User.objects.get(pk=person.pk).is_active


def test_it_switches_nobody_off_by_oneself(admin_client: Client, admin_user: User) -> None:
    assert admin_client.post(off(admin_user)).status_code == 409
    assert User.objects.get(pk=admin_user.pk).is_active


def test_it_keeps_the_last_administrator(client: Client, admin_user: User) -> None:
    other = User.objects.create_superuser("other")
    client.force_login(other)
    assert client.post(off(admin_user)).status_code == 302
    client.force_login(manager())
    assert client.post(off(other)).status_code == 403
    assert User.objects.get(pk=other.pk).is_active


@pytest.mark.parametrize("field", ["is_superuser", "is_staff"])
def test_it_demotes_neither_oneself_nor_the_last_administrator(
    admin_client: Client, admin_user: User, field: str
) -> None:
    sent = {"username": "admin", "is_superuser": "on", "is_staff": "on"} | NO_SECTIONS
    del sent[field]
    answer = admin_client.post(f"/admin/auth/user/{admin_user.pk}/change/", sent)
    assert answer.context["adminform"].form.errors[field]


NO_SECTIONS: dict[str, Any] = {
    f"remits-{name}": value for name, value in {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}.items()
}


# Deleting


def test_it_deletes_nobody_whose_name_stands_in_the_history(admin_client: Client, walt: User) -> None:
    draft_of(walt)
    address = f"/admin/auth/user/{walt.pk}/delete/"
    assert off(walt) in admin_client.get(address).text
    assert admin_client.post(address, {"post": "yes"}).status_code == 409
    assert User.objects.filter(pk=walt.pk).exists()


def test_it_deletes_who_never_did_anything(admin_client: Client, rita: User) -> None:
    assert admin_client.get(f"/admin/auth/user/{rita.pk}/delete/").status_code == 200
    admin_client.post(f"/admin/auth/user/{rita.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=rita.pk).exists()


def test_it_says_of_an_article_in_the_bin_who_wrote_it(admin_client: Client, walt: User) -> None:
    make_draft()
    publishing.move_to_bin(draft_of(walt))
    assert admin_client.post(f"/admin/auth/user/{walt.pk}/delete/", {"post": "yes"}).status_code == 409


# A manager of people who is no administrator


def manager() -> User:
    user = User.objects.create_user("hr", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="auth"))
    return user


@pytest.fixture
def hr(client: Client, db: None) -> Client:
    client.force_login(manager())
    return client


def change(browser: Client, person: User, **fields: Any) -> Any:
    return browser.post(f"/admin/auth/user/{person.pk}/change/", {"username": person.username} | NO_SECTIONS | fields)


def test_it_lets_a_manager_change_a_role(hr: Client, walt: User) -> None:
    editors = Group.objects.get(name="Editor")
    assert change(hr, walt, groups=[editors.pk], last_name="Доу").status_code == 302
    assert User.objects.get(pk=walt.pk).groups.get() == editors


def test_it_lets_nobody_rise_by_what_the_form_does_not_show(hr: Client, walt: User) -> None:
    every = list(Permission.objects.values_list("pk", flat=True))
    me = User.objects.get(username="hr")
    for person in (walt, me):
        change(hr, person, is_superuser="on", user_permissions=every)
        found = User.objects.get(pk=person.pk)
        assert not found.is_superuser
        assert found.user_permissions.count() < len(every)


def test_it_lets_nobody_change_the_own_roles_or_sections(hr: Client) -> None:
    me, publishers = User.objects.get(username="hr"), Group.objects.get(name="Publisher")
    change(hr, me, groups=[publishers.pk])
    assert not me.groups.exists()


@pytest.mark.parametrize("page", ["change", "password", "off", "delete"])
def test_it_keeps_administrators_out_of_the_hands_of_others(hr: Client, admin_user: User, page: str) -> None:
    answer = hr.post(f"/admin/auth/user/{admin_user.pk}/{page}/", {"username": "admin", "is_active": ""})
    assert answer.status_code == 403


def test_it_keeps_managers_out_of_the_hands_of_each_other(hr: Client) -> None:
    other = User.objects.create_user("other", is_staff=True)
    other.user_permissions.add(Permission.objects.get(codename="change_user"))
    assert change(hr, other, email="mine@example.com").status_code == 403


@pytest.mark.parametrize("act", ["password", "on"])
def test_it_keeps_a_manager_who_is_switched_off_out_of_the_hands_of_others(hr: Client, act: str) -> None:
    other = User.objects.create_user("other", password="other-other-other", is_staff=True, is_active=False)
    other.user_permissions.add(Permission.objects.get(codename="change_user"))
    new = {"password1": "mine-mine-mine", "password2": "mine-mine-mine", "usable_password": "true"}
    assert hr.post(f"/admin/auth/user/{other.pk}/{act}/", new).status_code == 403


def test_it_lets_only_an_administrator_say_what_a_group_may(hr: Client) -> None:
    group, every = Group.objects.get(name="Editor"), list(Permission.objects.values_list("pk", flat=True))
    before = group.permissions.count()
    for address in ("add/", f"{group.pk}/change/"):
        answer = hr.post(f"/admin/auth/group/{address}", {"name": "Все", "permissions": every})
        assert answer.status_code == 403
    assert group.permissions.count() == before


def test_it_keeps_a_group_that_the_manager_may_not_give(hr: Client, walt: User) -> None:
    strong = Group.objects.create(name="Сильные")
    strong.permissions.add(Permission.objects.get(codename="change_sitesettings"))
    walt.groups.add(strong)
    change(hr, walt, groups=[Group.objects.get(name="Editor").pk])
    assert set(User.objects.get(pk=walt.pk).groups.values_list("name", flat=True)) == {"Сильные", "Editor"}


def test_it_is_closed_to_those_who_do_not_manage_people(erins: Client, walt: User) -> None:
    assert (erins.get(off(walt)).status_code, erins.post(off(walt)).status_code) == (403, 403)
    assert erins.post(f"/admin/auth/user/{walt.pk}/on/").status_code == 403


@pytest.mark.parametrize("key", ["999999", "9" * 30])
def test_it_knows_nobody_else(admin_client: Client, key: str) -> None:
    assert admin_client.get(f"/admin/auth/user/{key}/off/").status_code == 404

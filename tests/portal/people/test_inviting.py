"""Invitations: from the form through the letter to a login that works, and every link that must not."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles.models import Remit
from portal.people import invitations
from portal.people.invitations import Invitation
from portal.people.letters import Letter, send_due
from tests.factories import make_category

pytestmark = pytest.mark.django_db
INVITE, LIST = "/admin/auth/user/add/", "/admin/auth/user/invitations/"
PASSWORD = "белый-пароход-7"
NOBODY = {"email": "petrova@example.com", "first_name": "Ольга", "last_name": "Петрова", "language": "ru"}


def role(name: str) -> Group:
    return Group.objects.get(name=name)


def invited(browser: Client, **fields: Any) -> Invitation:
    answer = browser.post(INVITE, NOBODY | {"roles": [role("Reporter").pk]} | fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return Invitation.objects.latest("pk")


def path_of(invitation: Invitation) -> str:
    return "/" + invitation.link.split("/", 3)[3]


def choose(browser: Client, link: str, password: str = PASSWORD) -> Any:
    return browser.post(link, {"new_password1": password, "new_password2": password})


def test_it_invites_somebody_by_mail_who_then_is_in(admin_client: Client) -> None:
    city, browser = make_category("Город"), Client()
    invitation = invited(admin_client, roles=[role("Section editor").pk], sections=[city.pk])
    assert not invitation.user.is_active
    send_due.call()
    letter = mail.outbox[0]
    assert (letter.to, letter.subject) == (["petrova@example.com"], "Вас приглашают в редакцию «Новости»")
    link = re.search(r"https?://[^/]+(/admin/\S+)", str(letter.body))
    assert link
    assert "petrova" in browser.get(link[1]).text
    assert choose(browser, link[1]).headers["Location"] == "/admin/"
    page = browser.get("/admin/")
    assert page.context["user"] == invitation.user
    assert page.context["user"].has_perm("articles.publish_article")
    assert Remit.objects.get().category == city


def test_it_writes_in_the_language_that_was_chosen(admin_client: Client) -> None:
    invitation = invited(admin_client, language="en")
    send_due.call()
    assert mail.outbox[0].subject == "You are invited to the newsroom of «The News»"
    browser = Client()
    assert "Choose a password" in browser.get(path_of(invitation)).text
    choose(browser, path_of(invitation))
    assert browser.get("/admin/").headers["Content-Language"] == "en"


def test_it_asks_for_a_good_password_and_says_why(admin_client: Client) -> None:
    link, browser = path_of(invited(admin_client)), Client()
    assert "слишком короткий" in choose(browser, link, "short").text
    assert not User.objects.get(username="petrova").is_active
    assert choose(browser, link).status_code == 302


def test_it_opens_a_link_once(admin_client: Client) -> None:
    link = path_of(invited(admin_client))
    Client().get(link)
    choose(Client(), link)
    assert (Client().get(link).status_code, choose(Client(), link, "чужой-пароль-1").status_code) == (410, 410)
    assert User.objects.get(username="petrova").check_password(PASSWORD)


@pytest.mark.parametrize("end", ["expires", "called back", "sent again", "switched off"])
def test_it_ends_a_link(admin_client: Client, end: str) -> None:
    invitation = invited(admin_client)
    link = path_of(invitation)
    if end == "expires":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    elif end == "called back":
        admin_client.post(LIST, {"act": f"call_back:{invitation.pk}"})
    elif end == "sent again":
        admin_client.post(LIST, {"act": f"again:{invitation.pk}"})
    else:
        admin_client.post(f"/admin/auth/user/{invitation.user_id}/off/")
    assert choose(Client(), link).status_code == 410
    assert not User.objects.get(username="petrova").is_active


def test_it_sends_a_link_again_after_it_was_called_back(admin_client: Client) -> None:
    invitation = invited(admin_client)
    admin_client.post(LIST, {"act": f"call_back:{invitation.pk}"})
    admin_client.post(LIST, {"act": f"again:{invitation.pk}"})
    assert choose(Client(), path_of(Invitation.objects.get())).status_code == 302


@pytest.mark.parametrize("key", ["0", "999", "9" * 18])
def test_it_knows_no_other_link(admin_client: Client, key: str) -> None:
    token = invited(admin_client).token
    assert Client().get(f"/admin/invitation/{key}-{token}/").status_code == 410
    assert Client().get(f"/admin/invitation/{key}-{'f' * 40}/").status_code == 410


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "no address"),
        ("email", "a@example.com\nBcc: all@example.com"),
        ("email", "\0@example.com"),
        ("first_name", ""),
        ("first_name", "Ольга\u2028\x1b"),
        ("roles", ["999999"]),
        ("roles", []),
        ("language", "de"),
        ("username", "two words"),
        ("sections", ["x"]),
    ],
)
def test_it_keeps_what_was_typed_and_says_what_is_wrong(admin_client: Client, field: str, value: Any) -> None:
    sent = NOBODY | {"roles": [role("Reporter").pk]} | {field: value}
    answer = admin_client.post(INVITE, sent)
    assert answer.context["form"].errors.keys() == {field}
    assert "Петрова" in answer.text
    assert not Invitation.objects.exists()


def test_it_invites_no_address_and_no_login_twice(admin_client: Client) -> None:
    invited(admin_client)
    for same in ({"email": "PETROVA@example.com"}, {"email": "b@example.com", "username": "Petrova"}):
        assert admin_client.post(INVITE, NOBODY | {"roles": [role("Reporter").pk]} | same).context["form"].errors
    invited(admin_client, email="petrova@example.org")
    assert User.objects.filter(username="petrova2").exists()


def test_it_lets_no_name_write_a_header(admin_client: Client) -> None:
    invited(admin_client, first_name="Ольга\r\nBcc: all@example.com")
    send_due.call()
    assert "\n" not in mail.outbox[0].subject
    assert "Bcc" not in mail.outbox[0].message()
    assert "Ольга Bcc" in mail.outbox[0].body


# The letter


def test_it_sends_each_letter_once_whoever_works(admin_client: Client) -> None:
    invited(admin_client)
    for _ in range(3):
        send_due.call()
    assert len(mail.outbox) == 1


def test_it_takes_a_letter_that_a_dead_worker_left_under_the_same_name(admin_client: Client) -> None:
    invited(admin_client)
    send_due.call()
    long_ago = timezone.now() - timedelta(hours=1)
    Letter.objects.update(state=Letter.State.SENDING, changed_at=long_ago)
    send_due.call()
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 1
    assert Letter.objects.get().state == Letter.State.SENT


def fail(settings: Settings, error: str) -> None:
    settings.EMAIL_BACKEND = f"tests.portal.people.post_office.{error}"


def test_it_tries_again_and_shows_what_went_wrong(admin_client: Client, settings: Settings) -> None:
    fail(settings, "Away")
    invitation = invited(admin_client)
    send_due.call()
    letter = Letter.objects.get()
    assert (letter.state, letter.attempts) == (Letter.State.WAITING, 1)
    assert letter.due_at > timezone.now()
    page = admin_client.get(LIST).text
    assert "the post office is closed" in page
    assert invitation.link in page


def test_it_gives_up_where_an_address_is_refused_for_good(admin_client: Client, settings: Settings) -> None:
    fail(settings, "Unknown")
    invited(admin_client)
    send_due.call()
    assert Letter.objects.get().state == Letter.State.FAILED
    assert "не доставлено" in admin_client.get(LIST).text


def test_it_shows_the_link_where_the_site_sends_no_mail(admin_client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    invitation = invited(admin_client)
    assert invitation.link in admin_client.get(LIST).text


@pytest.mark.parametrize("power", ["superuser", "manager"])
def test_it_shows_a_manager_no_link_that_opens_more_than_they_may(
    admin_client: Client, settings: Settings, power: str
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    invitation, browser = invited(admin_client), Client()
    browser.force_login(hr())
    assert invitation.link in browser.get(LIST).text
    User.objects.filter(pk=invitation.user_id).update(is_superuser=power == "superuser")
    if power == "manager":
        invitation.user.user_permissions.add(Permission.objects.get(codename="change_user"))
    assert invitation.link not in browser.get(LIST).text


def test_it_hides_the_link_where_the_letter_goes_out(admin_client: Client) -> None:
    invitation = invited(admin_client)
    send_due.call()
    assert invitation.token not in admin_client.get(LIST).text


def test_it_stores_nothing_that_opens_a_door(admin_client: Client) -> None:
    invitation = invited(admin_client)
    stored = [*Letter.objects.values(), *Invitation.objects.values()]
    assert invitation.token not in str(stored)


def test_it_sends_nothing_that_was_called_back_before_the_worker_came(admin_client: Client) -> None:
    invitation = invited(admin_client)
    invitations.call_back(invitation, timezone.now())
    send_due.call()
    assert mail.outbox == []


# Who may


def hr() -> User:
    """Returns somebody who manages people, and is no administrator."""
    user = User.objects.create_user("hr", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="auth", content_type__model="user"))
    return user


@pytest.fixture
def manager(client: Client) -> Client:
    client.force_login(hr())
    return client


def test_it_lets_a_manager_invite_into_the_roles_of_the_newsroom(manager: Client) -> None:
    assert invited(manager, roles=[role("Publisher").pk]).user.groups.get() == role("Publisher")


@pytest.mark.parametrize("right", ["auth.change_user", "portal.change_sitesettings"])
def test_it_lets_no_manager_give_what_they_do_not_have(manager: Client, right: str) -> None:
    app, codename = right.split(".")
    strong = Group.objects.create(name="Сильные")
    strong.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    answer = manager.post(INVITE, NOBODY | {"roles": [strong.pk]})
    assert answer.context["form"].errors["roles"]


def test_it_gives_no_power_that_the_form_does_not_offer(manager: Client) -> None:
    person = invited(manager, is_superuser="on", is_active="on", user_permissions=[1]).user
    assert not (person.is_superuser or person.is_active or person.user_permissions.exists())


@pytest.mark.parametrize("address", [INVITE, LIST])
def test_it_is_closed_to_those_who_do_not_manage_people(erins: Client, address: str) -> None:
    assert (erins.get(address).status_code, erins.post(address, NOBODY).status_code) == (403, 403)


@pytest.mark.parametrize("act", ["", "again", "again:x", "again:" + "9" * 30, "delete:1"])
def test_it_answers_400_to_what_no_button_sends(admin_client: Client, act: str) -> None:
    assert admin_client.post(LIST, {"act": act}).status_code == 400

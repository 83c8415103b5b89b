"""One's own affairs: a forgotten password, the profile, and where one is signed in."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal.people.letters import Letter, send_due
from portal.people.sessions import Session, device_of

pytestmark = pytest.mark.django_db
FORGOTTEN, PROFILE = "/admin/password-reset/", "/admin/profile/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def ask(email: str, address: str = "203.0.113.7") -> Any:
    return Client(REMOTE_ADDR=address).post(FORGOTTEN, {"email": email})


def link_in(letter: Any) -> str:
    found = re.search(r"https?://[^/]+(/admin/password-reset/\S+)", letter.body)
    assert found
    return found[1]


def set_password(link: str, password: str) -> Any:
    browser = Client()
    form = browser.get(link, follow=True)
    return browser.post(form.request["PATH_INFO"], {"new_password1": password, "new_password2": password}, follow=True)


def test_it_sends_a_link_that_sets_a_password_once(walt: User) -> None:
    User.objects.filter(pk=walt.pk).update(email="walt@example.com")
    ask("Walt@Example.com")
    send_due.call()
    link = link_in(mail.outbox[0])
    set_password(link, "зелёный-пароход-8")
    assert Client().login(username="walt", password="зелёный-пароход-8")
    assert "больше не действует" in set_password(link, "другой-пароход-9").text


def test_it_ends_sessions_with_the_old_password(walt: User, walts: Client) -> None:
    User.objects.filter(pk=walt.pk).update(email="walt@example.com")
    ask("walt@example.com")
    send_due.call()
    set_password(link_in(mail.outbox[0]), "зелёный-пароход-8")
    assert walts.get("/admin/").status_code == 302


def test_it_tells_nobody_whose_address_is_known(walt: User) -> None:
    User.objects.filter(pk=walt.pk).update(email="walt@example.com")
    known, unknown = ask("walt@example.com"), ask("nobody@example.com")
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    send_due.call()
    assert [letter.to for letter in mail.outbox] == [["walt@example.com"]]
    assert [letter.to for letter in Letter.objects.all()] == ["walt@example.com"]


@pytest.mark.parametrize("field", ["is_active", "password"])
def test_it_writes_to_nobody_who_may_not_come_in(walt: User, field: str) -> None:
    values: dict[str, Any] = {"is_active": False, "password": "!"}
    User.objects.filter(pk=walt.pk).update(email="walt@example.com", **{field: values[field]})
    ask("walt@example.com")
    send_due.call()
    assert mail.outbox == []


def test_it_writes_to_an_address_once_in_a_while(walt: User) -> None:
    User.objects.filter(pk=walt.pk).update(email="walt@example.com")
    for number in range(3):
        ask("walt@example.com", f"203.0.113.{number}")
    send_due.call()
    assert len(mail.outbox) == 1
    Letter.objects.update(created_at=timezone.now() - timedelta(hours=1))
    ask("walt@example.com", "203.0.113.9")
    send_due.call()
    assert len(mail.outbox) == 2


def test_it_lets_nobody_ask_for_ever() -> None:
    statuses = [ask(f"{number}@example.com").status_code for number in range(8)]
    assert statuses == [302] * 6 + [429] * 2


@pytest.mark.parametrize("email", ["", "x", "a@b\nBcc: c@d.example", "\0@example.com", f"{'a' * 300}@example.com"])
def test_it_says_what_is_no_address(email: str) -> None:
    assert ask(email).context["form"].errors["email"]
    assert not Letter.objects.exists()


@pytest.mark.parametrize("link", ["MQ/set-password", "9/x-y", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5/c-d", "%00/a-b"])
def test_it_knows_no_other_link(link: str) -> None:
    assert Client().get(f"{FORGOTTEN}{link}/", follow=True).status_code in {200, 404}


def test_it_shows_the_way_to_it_where_one_signs_in(client: Client) -> None:
    assert FORGOTTEN in client.get("/admin/login/").text


# The profile


def test_it_shows_what_one_may_and_keeps_a_name_and_a_language(walt: User, walts: Client) -> None:
    page = walts.get(PROFILE)
    assert "писать материалы" in page.text
    walts.post(PROFILE, {"act": "save", "first_name": "Уолт", "last_name": "Доу", "language": "en"})
    assert User.objects.get(pk=walt.pk).get_full_name() == "Уолт Доу"
    elsewhere = Client()
    elsewhere.post("/admin/login/", {"username": "walt", "password": "walt-walt-walt", "next": "/admin/"})
    assert elsewhere.get("/admin/").headers["Content-Language"] == "en"


def test_it_keeps_the_language_of_the_switch(walts: Client, walt: User) -> None:
    walts.post("/admin/language/", {"language": "en", "next": "/admin/"})
    assert walt.preference.language == "en"


def test_it_changes_ones_own_password_only_where_the_old_one_is_asked_for(
    admin_client: Client, admin_user: User
) -> None:
    new = {"password1": "mine-mine-mine", "password2": "mine-mine-mine", "usable_password": "true"}
    answer = admin_client.post(f"/admin/auth/user/{admin_user.pk}/password/", new)
    assert answer.headers["Location"] == "/admin/password_change/"
    admin_user.refresh_from_db()
    assert not admin_user.check_password("mine-mine-mine")


def test_it_gives_nobody_a_right_by_the_profile(walts: Client, walt: User) -> None:
    sent = {"act": "save", "first_name": "У", "language": "ru", "is_superuser": "on", "email": "x@example.com"}
    walts.post(PROFILE, sent)
    found = User.objects.get(pk=walt.pk)
    assert (found.is_superuser, found.email) == (False, "")


def test_it_lists_where_one_is_signed_in_and_ends_it(walt: User, walts: Client) -> None:
    phone = Client(headers={"User-Agent": FIREFOX})
    phone.post("/admin/login/", {"username": "walt", "password": "walt-walt-walt", "next": "/admin/"})
    page = walts.get(PROFILE)
    there = next(place for place in page.context["places"] if not place.is_here)
    assert there.device == "Firefox, Linux"
    keys = Session.objects.values_list("session_key", flat=True)
    assert not [key for key in keys if key in page.text]
    walts.post(PROFILE, {"act": f"end:{there.name}"})
    assert (phone.get("/admin/").status_code, walts.get("/admin/").status_code) == (302, 200)


def test_it_signs_out_everywhere_else(walt: User, walts: Client, erin: User) -> None:
    others, stranger = [Client(), Client()], Client()
    stranger.force_login(erin)
    for other in others:
        other.force_login(walt)
    assert "Завершены 2 сеанса" in walts.post(PROFILE, {"act": "end_others"}, follow=True).text
    assert [each.get("/admin/").status_code for each in (*others, walts, stranger)] == [302, 302, 200, 200]


def test_it_ends_no_session_of_another(walts: Client, erin: User, walt: User) -> None:
    stranger = Client()
    stranger.force_login(erin)
    page = stranger.get(PROFILE)
    walts.post(PROFILE, {"act": f"end:{page.context['places'][0].name}"})
    assert stranger.get("/admin/").status_code == 200


def test_it_lists_no_session_that_a_new_password_has_ended(walt: User, walts: Client) -> None:
    Client().login(username="walt", password="walt-walt-walt")
    old, new = "walt-walt-walt", "зелёный-пароход-8"
    walts.post("/admin/password_change/", {"old_password": old, "new_password1": new, "new_password2": new})
    assert len(walts.get(PROFILE).context["places"]) == 1


@pytest.mark.parametrize("act", ["", "end", "delete:1"])
def test_it_answers_to_what_no_button_sends(walts: Client, act: str) -> None:
    assert walts.post(PROFILE, {"act": act}).status_code in {302, 400}


def test_it_is_for_people_of_the_newsroom(client: Client) -> None:
    assert client.get(PROFILE).status_code == 302


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 YaBrowser/25.8 Safari/537.36", "Яндекс Браузер, Windows"),
        ("curl/8", ""),
    ],
)
def test_it_names_a_device_as_its_owner_does(agent: str, device: str) -> None:
    assert device_of(agent) == device


def test_it_shows_nothing_of_a_password_and_leads_to_a_new_one(admin_client: Client, walt: User) -> None:
    page = admin_client.get(f"/admin/auth/user/{walt.pk}/change/").text
    assert walt.password.split("$")[0] not in page
    assert 'href="../password/"' in page
    new = {"password1": "Мост-через-реку", "password2": "Мост-через-реку", "set-password": ""}
    admin_client.post(f"/admin/auth/user/{walt.pk}/password/", new)
    walt.refresh_from_db()
    assert walt.check_password("Мост-через-реку")


def test_it_changes_ones_own_password(walts: Client, walt: User) -> None:
    wrong = {"old_password": "no", "new_password1": "Мост-через-реку", "new_password2": "Мост-через-реку"}
    assert 'class="field-error"' in walts.post("/admin/password_change/", wrong).text
    walts.post("/admin/password_change/", wrong | {"old_password": "walt-walt-walt"})
    walt.refresh_from_db()
    assert walt.check_password("Мост-через-реку")


def test_it_names_a_role_in_the_language_of_the_reader(admin_client: Client) -> None:
    group = Group.objects.get(name="Reporter")
    address = f"/admin/auth/group/{group.pk}/change/"
    assert "<h1>Репортёр</h1>" in admin_client.get(address).text
    admin_client.post(address, {"name": "Стажёр", "permissions": []})
    assert Group.objects.filter(name="Reporter").exists()


def test_it_says_so_when_one_has_signed_out_and_leads_back_in(walts: Client) -> None:
    page = walts.post("/admin/logout/").text
    assert "<h1>Вы вышли</h1>" in page
    assert 'href="/admin/"' in page

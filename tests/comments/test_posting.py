"""What a reader sends: taken in once, held until approved, and never lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Article
from comments.models import PortalComment, Status
from comments.posting import LIMITS
from comments.tickets import LIFETIME, Ticket
from tests.comments.conftest import Send
from tests.factories import make_article, make_comment, make_draft

BAD_FIELDS = [
    {"text": ""},
    {"text": " \n \u200b "},
    {"text": "Много букв. " * 300},
    {"name": ""},
    {"name": "\u202e\u200b"},
    {"name": "А" * 51},
    {"email": "нет"},
    {"email": "a@b.c\r\nBcc: x@y.z"},
    {"email": "\0@example.com"},
]
"""Fields that cannot be right."""


def only() -> PortalComment:
    return PortalComment.objects.get()


def test_it_holds_a_comment_until_somebody_has_read_it(send: Send, article: Article, client: Client) -> None:
    answer = send()
    assert (answer.status_code, only().status) == (303, Status.PENDING)
    assert (only().is_public, only().is_removed, only().object_pk) == (False, False, str(article.pk))
    assert "Наконец-то" not in client.get(article.get_absolute_url()).text


def test_it_tells_the_one_who_sent_it_and_nobody_else(send: Send, client: Client) -> None:
    page = client.get(send()["Location"])
    assert page.context["comment"] == only()
    assert "no-store" in page["Cache-Control"]
    assert client.get(f"/comments/sent/{'0' * 64}/").status_code == 404


@pytest.mark.parametrize("status", Status.values)
def test_it_tells_what_became_of_a_comment(article: Article, client: Client, status: str) -> None:
    comment = make_comment(article, status=status)
    page = client.get(f"/comments/sent/{comment.key}/")
    assert page.status_code == 200
    assert (f"/comments/{article.pk}/{comment.pk}/" in page.text) == (status == Status.APPROVED)


def test_it_takes_a_form_once_however_often_it_is_sent(send: Send, article: Article) -> None:
    ticket = Ticket.issue(timezone.now()).sign(article.pk)
    answers = [send(ticket=ticket)["Location"] for _ in range(3)]
    assert PortalComment.objects.count() == len(set(answers)) == 1


@pytest.mark.parametrize("fields", BAD_FIELDS)
def test_it_gives_a_form_back_with_what_was_typed(send: Send, fields: dict[str, str]) -> None:
    answer = send(**({"text": "Мой длинный текст"} | fields))
    assert answer.status_code == 400
    assert answer.context["form"].errors.keys() == fields.keys()
    assert fields.get("text", "Мой длинный текст").strip()[:40] in answer.text
    assert not PortalComment.objects.exists()


@pytest.mark.parametrize("ticket", ["", "x", "1:2:3", "\0", "a" * 5_000, Ticket.issue(timezone.now()).sign(10**9)])
def test_it_asks_to_send_again_when_the_ticket_is_wrong(send: Send, ticket: str) -> None:
    answer = send(ticket=ticket)
    assert answer.status_code == 400
    assert "Наконец-то достроили." in answer.text
    assert send(ticket=answer.context["form"].signed_ticket).status_code == 303


def test_it_asks_to_send_again_when_the_form_was_open_for_days(send: Send) -> None:
    answer = send(age=int(LIFETIME.total_seconds()) + 60)
    assert answer.status_code == 400
    assert "Наконец-то достроили." in answer.text


def test_it_keeps_the_ticket_when_a_field_was_wrong(send: Send, article: Article) -> None:
    ticket = Ticket.issue(timezone.now()).sign(article.pk)
    assert send(ticket=ticket, email="нет").context["form"].signed_ticket == ticket


def test_it_keeps_the_text_when_the_browser_sends_no_cookie(send: Send) -> None:
    answer = send(client=Client(enforce_csrf_checks=True))
    assert answer.status_code == 403
    assert "Наконец-то достроили." in answer.text
    assert "csrftoken" in answer.cookies


def test_it_takes_the_form_of_a_browser_with_the_cookie(send: Send, article: Article) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.get(f"/comments/{article.pk}/new/")
    token = browser.cookies["csrftoken"].value
    assert send(client=browser, csrfmiddlewaretoken=token).status_code == 303


@pytest.mark.parametrize(("_wait", "most"), LIMITS[:1])
def test_it_slows_down_a_flood_and_keeps_the_text(send: Send, _wait: timedelta, most: int) -> None:
    answers = [send(address="10.1.1.1", text=f"Мысль номер {number}") for number in range(most + 1)]
    assert [answer.status_code for answer in answers] == [303] * most + [429]
    assert f"Мысль номер {most}" in answers[-1].text
    assert int(answers[-1]["Retry-After"]) == LIMITS[0][0].total_seconds()


@pytest.mark.parametrize(("wait", "most"), LIMITS)
def test_it_counts_a_flood_within_each_span(send: Send, article: Article, wait: timedelta, most: int) -> None:
    send(address="10.1.1.1")
    mark, now = only().ip_hash, timezone.now()
    only().delete()
    for number in range(most):
        make_comment(article, ip_hash=mark, submit_date=now - wait * (number + 1) / (most + 1))
    assert send(address="10.1.1.1").status_code == 429
    assert send(address="10.1.1.2").status_code == 303


def test_it_counts_a_network_of_ipv6_as_one_address(send: Send) -> None:
    answers = [send(address=f"2001:db8:1:2::{number}", text=f"Мысль {number}").status_code for number in (1, 2)]
    assert answers == [303, 429]


def test_it_stores_no_address(send: Send) -> None:
    send(address="10.9.8.7")
    assert only().ip_address is None
    assert "10.9.8.7" not in str(vars(only()))


def test_it_believes_only_its_own_proxies(send: Send, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    for number in range(2):
        client = Client(headers={"X-Forwarded-For": f"10.2.2.{number}, 10.3.3.3"})
        answer = send(client=client, text=f"Мысль {number}")
    assert answer.status_code == 429


def test_it_cleans_names_and_texts(send: Send) -> None:
    send(name="  Оль\u202eга\u200b \x07 П. ", text="Да\u202e.\r\n\r\nНет\0.", subject="")
    assert (only().user_name, only().comment) == ("Ольга П.", "Да.\n\nНет.")


def test_it_takes_name_and_address_of_who_is_signed_in(send: Send, rita: Any) -> None:
    client = Client()
    client.force_login(rita)
    send(client=client, name="Администратор", email="victim@example.com")
    assert (only().user, only().user_name, only().user_email) == (rita, "rita", "")


@pytest.mark.parametrize(
    ("changed", "reasons", "status"),
    [
        ({}, [], Status.PENDING),
        ({"subject": "x"}, ["honeypot"], Status.SPAM),
        ({"age": 1}, ["too_fast"], Status.PENDING),
        ({"text": "https://a.ru и b.рф"}, ["links"], Status.PENDING),
        ({"text": "Одна ссылка https://www.example.ru/page хороша"}, [], Status.PENDING),
    ],
)
def test_it_notes_why_to_look_closer(send: Send, changed: dict[str, Any], reasons: list[str], status: str) -> None:
    assert send(**changed).status_code == 303
    assert (only().reasons, only().status) == (reasons, status)


def test_it_notes_a_text_that_was_sent_before(send: Send) -> None:
    send(text="Купите наш замечательный товар!")
    send(text="КУПИТЕ наш  замечательный товар")
    send(text="Спасибо!")
    send(text="Спасибо!")
    assert [each.reasons for each in PortalComment.objects.all()] == [[], ["repeated"], [], []]


def test_it_says_that_comments_are_closed_and_gives_the_text_back(send: Send) -> None:
    closed, hidden = make_article(comments_mode="closed"), make_article(comments_mode="hidden")
    for article in (closed, hidden):
        answer = send(article)
        assert answer.status_code == 403
        assert "Наконец-то достроили." in answer.text


def test_it_takes_nothing_for_what_is_not_on_the_site(send: Send) -> None:
    now = timezone.now()
    withdrawn = make_article()
    publishing.withdraw(withdrawn)
    for article in (make_draft(), make_article(at=now + timedelta(days=1)), withdrawn, 10**17):
        answer = send(article)
        assert answer.status_code == 404
        assert "Наконец-то достроили." in answer.text
    assert not PortalComment.objects.exists()


@pytest.mark.parametrize("kind", ["charset", "multipart", "fields"])
def test_it_answers_a_broken_request(article: Article, client: Client, kind: str) -> None:
    body, content_type = {
        "charset": (b"text=%D0", "application/x-www-form-urlencoded; charset=utf-16"),
        "multipart": (b"--x", "multipart/form-data"),
        "fields": (b"a=1&" * 2_000, "application/x-www-form-urlencoded"),
    }[kind]
    assert client.post(f"/comments/{article.pk}/", body, content_type=content_type).status_code == 400


def test_it_stores_a_reply_in_few_statements(send: Send, article: Article) -> None:
    parent = make_comment(article)
    send(address="10.4.4.4")  # knows the content type now
    with CaptureQueriesContext(connection) as queries:
        send(reply=parent.pk, text="Согласна")
    statements = [each["sql"] for each in queries if "SAVEPOINT" not in each["sql"]]
    assert len(statements) <= 8, "\n".join(statements)

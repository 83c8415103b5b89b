"""Typos that readers saw: the form, the limits, and what editors make of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.models import Article, Typo
from articles.typos import MOST_OPEN
from tests.factories import make_article, make_draft
from tests.sheets import sheet

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LIST = "/admin/articles/typo/"


def form_of(article: Article) -> str:
    return f"/typo/{article.pk}/"


def send(client: Client, article: Article, fragment: str = "Мост дастроен", **fields: Any) -> Any:
    return client.post(form_of(article), {"fragment": fragment} | fields, REMOTE_ADDR="203.0.113.7")


def make_typo(article: Article | None = None, fragment: str = "Мост дастроен", **fields: Any) -> Typo:
    return Typo.objects.create(article=article or make_article(), fragment=fragment, **fields)


def test_it_stands_below_every_story_as_a_plain_link(client: Client) -> None:
    article = make_article()
    assert (
        f'<a href="{form_of(article)}" rel="nofollow" data-typo>Нашли опечатку?</a>'
        in client.get(article.get_absolute_url()).text
    )


def test_it_takes_a_typo_in(client: Client) -> None:
    article = make_article()
    answer = send(client, article, "  Мост\n дастроен ", note="достроен")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/typo/{article.pk}/sent/")
    assert "Спасибо" in client.get(answer.headers["Location"]).text
    typo = Typo.objects.get()
    assert (typo.article, typo.fragment, typo.note, typo.state) == (article, "Мост дастроен", "достроен", "open")


def test_it_keeps_nothing_of_the_reader_but_a_hash_until_it_is_closed(client: Client, erins: Client) -> None:
    send(client, make_article())
    typo = Typo.objects.get()
    assert len(typo.ip_hash) == 32
    assert not {each.name for each in Typo._meta.fields} & {"email", "name", "user", "ip"}
    erins.post(LIST, {"close": typo.pk})
    typo.refresh_from_db()
    assert typo.ip_hash == ""


def test_it_forgets_after_a_day_where_a_typo_came_from(client: Client) -> None:
    article = make_article()
    old = make_typo(article, "Старая", ip_hash="a" * 32, at=timezone.now() - timedelta(days=2))
    young = make_typo(article, "Свежая", ip_hash="a" * 32)
    send(client, article)
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.ip_hash, young.ip_hash) == ("", "a" * 32)


def test_it_takes_the_same_words_in_once(client: Client) -> None:
    article = make_article()
    for _time in range(3):
        assert send(client, article).status_code == 303
    assert Typo.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"fragment": ""}, "fragment"),
        ({"fragment": " \0\x07 "}, "fragment"),
        ({"fragment": "ы" * 501}, "fragment"),
        ({"note": "ы" * 1_001}, "note"),
    ],
)
def test_it_names_what_is_wrong_and_keeps_what_was_typed(client: Client, fields: dict[str, str], named: str) -> None:
    article = make_article()
    answer = client.post(form_of(article), {"fragment": "Мост дастроен", "note": "достроен"} | fields)
    assert (answer.status_code, Typo.objects.count()) == (400, 0)
    assert list(answer.context["form"].errors) == [named]
    kept = {"fragment": "Мост дастроен", "note": "достроен"} | fields
    assert {name: answer.context["form"][name].value() for name in kept} == kept


def test_it_asks_again_where_the_trap_is_filled_in(client: Client) -> None:
    article = make_article()
    answer = send(client, article, subject="Дёшево")
    assert (answer.status_code, Typo.objects.count()) == (400, 0)
    assert "Мост дастроен" in answer.text
    assert "Дёшево" not in answer.text


def test_it_keeps_what_was_typed_where_the_cookie_is_missing() -> None:
    client, article = Client(enforce_csrf_checks=True), make_article()
    answer = send(client, article)
    assert (answer.status_code, Typo.objects.count()) == (403, 0)
    assert "Мост дастроен" in answer.text
    token = client.get(form_of(article)).context["csrf_token"]
    assert send(client, article, csrfmiddlewaretoken=str(token)).status_code == 303


@pytest.mark.parametrize("way", ["draft", "coming", "withdrawn", "binned", "missing"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_it_knows_no_story_that_readers_do_not_see(client: Client, way: str, method: str) -> None:
    article = make_draft() if way == "draft" else make_article(at=_tomorrow() if way == "coming" else None)
    if way == "withdrawn":
        publishing.withdraw(article)
    if way == "binned":
        publishing.move_to_bin(article)
    address = "/typo/999999/" if way == "missing" else form_of(article)
    assert getattr(client, method)(address).status_code == 404


def _tomorrow() -> datetime:
    return timezone.now() + timedelta(days=1)


def test_it_answers_other_methods_with_405(client: Client) -> None:
    assert client.put(form_of(make_article())).status_code == 405


def test_it_asks_one_address_to_wait_and_keeps_what_was_typed(client: Client) -> None:
    article = make_article(at=NOW - timedelta(days=1))
    with time_machine.travel(NOW, tick=False) as clock:
        for number in range(6):
            assert send(client, article, f"Ошибка {number}").status_code == 303
        refused = send(client, article, "Ещё одна")
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "600")
        assert "Ещё одна" in refused.text
        assert client.post(form_of(article), {"fragment": "Другая"}, REMOTE_ADDR="203.0.113.8").status_code == 303
        clock.shift(timedelta(minutes=11))
        assert send(client, article, "Ещё одна").status_code == 303


def test_it_lets_nobody_fill_the_list_of_one_story(client: Client) -> None:
    article = make_article()
    for number in range(MOST_OPEN):
        make_typo(article, f"Ошибка {number}")
    assert send(client, article).status_code == 429
    assert send(client, make_article()).status_code == 303


def test_it_is_never_stored(client: Client) -> None:
    assert "no-store" in client.get(form_of(make_article())).headers["Cache-Control"]


# On the desk


def test_it_counts_and_lists_what_waits_with_the_way_to_the_text(erins: Client) -> None:
    waiting, done = make_typo(note="достроен"), make_typo(fragment="Уже", state="done")
    page = erins.get(LIST).text
    assert f'href="{sheet(waiting.article)}#typos"' in page
    assert "достроен" in page
    assert "Уже" not in page
    assert done.fragment in erins.get(f"{LIST}?state=done").text
    assert '<b class="count"' in erins.get("/admin/").text.split(LIST)[1][:200]


def test_it_shows_what_waits_on_the_sheet_of_the_story(erins: Client) -> None:
    typo = make_typo(fragment="<b>дастроен</b>")
    make_typo(fragment="Чужая")
    page = erins.get(sheet(typo.article)).text
    assert "&lt;b&gt;дастроен&lt;/b&gt;" in page
    assert "Чужая" not in page


def test_it_is_closed_and_opened_again_and_says_by_whom(erins: Client, erin: User) -> None:
    typo = make_typo()
    assert erins.post(LIST, {"close": typo.pk}).status_code == 302
    typo.refresh_from_db()
    assert (typo.state, typo.closed_by) == ("done", erin)
    assert typo.closed_at
    assert "erin" in erins.get(f"{LIST}?state=done").text
    erins.post(LIST, {"open": typo.pk})
    assert Typo.objects.filter(state="open", closed_by=None, closed_at=None).exists()


def test_it_leads_back_to_the_sheet_where_it_was_closed(erins: Client) -> None:
    typo = make_typo()
    assert erins.post(LIST, {"close": typo.pk, "back": "1"}).headers["Location"] == sheet(typo.article)


def test_it_notes_who_closed_it_first(erins: Client, erin: User, walt: User) -> None:
    typo = make_typo(state="done", closed_by=walt, closed_at=NOW)
    erins.post(LIST, {"close": typo.pk})
    typo.refresh_from_db()
    assert (typo.closed_by, typo.closed_at) == (walt, NOW)


@pytest.mark.parametrize(
    ("sent", "status"), [({}, 400), ({"close": "x"}, 400), ({"close": "9" * 30}, 400), ({"close": "77"}, 404)]
)
def test_it_answers_what_is_no_typo_with_an_error(erins: Client, sent: dict[str, str], status: int) -> None:
    assert erins.post(LIST, sent).status_code == status


def test_it_lets_nobody_close_one_without_the_right(walts: Client, walt: User) -> None:
    typo = make_typo()
    assert walts.get(LIST).status_code == 403
    walt.user_permissions.add(Permission.objects.get(codename="view_typo"))
    assert walts.get(LIST).status_code == 200
    assert walts.post(LIST, {"close": typo.pk}).status_code == 403

"""The ticker: what it runs, by hand and by rule, and its screen on the desk."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Tag
from portal.models import TickerItem, TickerRule
from portal.ticker import lines
from tests.factories import make_article, make_category, make_draft

pytestmark = pytest.mark.django_db
SCREEN = "/admin/portal/frontzone/ru/ticker/"
RULE: dict[str, Any] = {"act": "rule", "is_on": "on", "size": 5}

Send = Callable[..., Any]


@pytest.fixture
def send(erins: Client) -> Send:
    erins.cookies["django_language"] = "en"

    def send(act: str, **fields: object) -> Any:
        return erins.post(SCREEN, {"act": act, "ends": "hour"} | fields)

    return send


def running(**later: int) -> list[str]:
    return [line.text or str(line.article) for line in lines("ru", timezone.now() + timedelta(**later))]


def test_it_runs_what_is_newest_of_a_category_or_a_tag() -> None:
    city = make_category("Город")
    make_article("О городе", category=city, at=timezone.now() - timedelta(hours=2))
    make_article("О мосте", tags=["мост"])
    rule = TickerRule.objects.create(language="ru", category=city)
    assert running() == ["О городе"]
    rule.category, rule.tag = None, Tag.objects.get(name="мост")
    rule.save()
    assert running() == ["О мосте"]


def test_it_runs_no_story_that_is_too_old() -> None:
    TickerRule.objects.create(language="ru", hours=3)
    make_article("Старая", at=timezone.now() - timedelta(hours=4))
    make_article("Новая", at=timezone.now() - timedelta(hours=1))
    assert (running(), running(hours=2, minutes=1)) == (["Новая"], [])


def test_it_runs_as_many_as_the_rule_says_and_behind_our_own_lines() -> None:
    rule = TickerRule.objects.create(language="ru", size=2)
    for number in range(4):
        make_article(f"Новость {number}", at=timezone.now() - timedelta(hours=number))
    TickerItem.objects.create(text="Гроза")
    assert running() == ["Гроза"]
    rule.beside = True
    rule.save()
    assert running() == ["Гроза", "Новость 0", "Новость 1"]


def test_it_runs_nothing_where_the_rule_is_off(client: Client) -> None:
    TickerRule.objects.create(language="ru", is_on=False)
    make_article()
    assert "data-ticker>" not in client.get("/").text


def test_it_takes_every_story_when_the_category_of_the_rule_is_gone() -> None:
    city = make_category("Город")
    TickerRule.objects.create(language="ru", category=city)
    make_article("Мост")
    assert running() == []
    city.move_to_bin(timezone.now())
    assert running() == ["Мост"]
    city.delete()
    assert running() == ["Мост"]


def test_it_adds_a_line_that_ends(send: Send) -> None:
    assert send("save", text="Гроза", url="/weather/").status_code == 302
    assert (running(), running(minutes=61)) == (["Гроза"], [])


def test_it_adds_a_story_with_its_own_title(send: Send) -> None:
    send("save", article=make_article("Мост открыт").pk)
    assert TickerItem.objects.get().article is not None
    assert running() == ["Мост открыт"]


def test_it_changes_orders_and_removes_lines(send: Send) -> None:
    first, second = (TickerItem.objects.create(text=text, order=9) for text in ("Первая", "Вторая"))
    send(f"down:{second.pk}")
    send(f"save:{second.pk}", text="Вторая, изменена", ends="none")
    assert running() == ["Первая", "Вторая, изменена"]
    send(f"remove:{first.pk}")
    assert running() == ["Вторая, изменена"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"text": "я" * 301},
        {"text": "a\0b"},
        {"text": "Гроза", "url": "javascript:alert(1)"},
        {"text": "Гроза", "ends": "own"},
        {"text": "Гроза", "ends": "own", "until": "2020-01-01T10:00"},
        {"text": "Гроза", "starts_at": "2020-13-01T10:00"},
        {"article": "9" * 30},
        {"article": "77"},
    ],
)
def test_it_says_what_is_wrong_with_a_line(send: Send, fields: dict[str, str]) -> None:
    answer = send("save", **fields)
    assert answer.status_code == 400
    assert "field-error" in answer.text
    assert not TickerItem.objects.exists()


def test_it_refuses_an_end_before_the_beginning_and_keeps_the_text(send: Send) -> None:
    tomorrow = timezone.localtime() + timedelta(days=1)
    answer = send("save", text="Гроза", starts_at=tomorrow.strftime("%Y-%m-%dT%H:%M"))
    assert "The end is not after the beginning." in answer.text
    assert "Гроза" in answer.text


def test_it_refuses_a_draft(send: Send) -> None:
    answer = send("save", article=make_draft().pk)
    assert answer.status_code == 400
    assert "Publish or schedule it first" in answer.text


def test_it_says_that_a_line_is_gone(send: Send) -> None:
    answer = send("save:12345", text="Гроза")
    assert "not there any more" in answer.text
    assert not TickerItem.objects.exists()


@pytest.mark.parametrize("act", ["", "dance", "remove", "up:x", "remove:\0", f"save:{'9' * 30}"])
def test_it_answers_400_to_what_no_button_sends(send: Send, act: str) -> None:
    assert send(act).status_code == 400


def test_it_sets_the_rule(send: Send) -> None:
    make_article(tags=["мост"])
    assert send(**RULE, tag="мост", hours=24).status_code == 302
    rule = TickerRule.objects.get()
    assert (str(rule.tag), rule.hours, rule.size) == ("мост", 24, 5)


@pytest.mark.parametrize("fields", [{"size": 0}, {"size": 11}, {"hours": 0}, {"hours": 999}, {"tag": "нет такого"}])
def test_it_refuses_a_rule_that_makes_no_sense(send: Send, fields: dict[str, object]) -> None:
    answer = send(**(RULE | fields))
    assert answer.status_code == 400
    assert "field-error" in answer.text
    assert not TickerRule.objects.exists()


def test_it_refuses_a_category_and_a_tag_together(send: Send) -> None:
    make_article(tags=["мост"])
    assert send(**RULE, tag="мост", category=make_category().pk).status_code == 400


def test_it_opens_with_lines_of_every_kind(erins: Client) -> None:
    TickerItem.objects.create(article=make_article())
    TickerItem.objects.create(text="Завтра", starts_at=timezone.now() + timedelta(days=1))
    over = TickerItem.objects.create(text="Кончилась", ends_at=timezone.now() - timedelta(days=1))
    assert erins.get(SCREEN).status_code == 200
    assert "Кончилась" in erins.get(f"{SCREEN}?line={over.pk}").text
    assert erins.get(f"{SCREEN}?line=x&q=%D0%BC&article=9").status_code == 200


def test_it_lets_reporters_change_nothing(walts: Client) -> None:
    assert walts.post(SCREEN, {"act": "save", "text": "Гроза"}).status_code == 403

"""The front page screen: pinning stories, moving and unpinning them, and what is refused."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone

from articles import publishing
from articles.models import Article, State
from portal.front import FrontChange, FrontZone, Pin
from portal.frontpage import arrange
from tests.factories import make_article, make_category, make_draft
from tests.portal.arranging import NOON, SCREEN, Send, said, send, spot, titles_of, zones

__all__ = ["send", "zones"]
pytestmark = pytest.mark.django_db


def test_it_pins_a_story_to_a_place_and_writes_down_who_did_it(
    send: Send, zones: dict[str, FrontZone], erin: User
) -> None:
    old = make_article("Мост", at=timezone.now() - timedelta(days=2))
    make_article("Свежая")
    answer = send("pin", article=old.pk, place=spot(zones["seconds"], 2))
    assert answer.headers["Location"] == f"{SCREEN}#place-{zones['seconds'].pk}-0-2"
    assert Pin.objects.get().position == 2
    change = FrontChange.objects.get()
    assert (change.by, change.number, change.before) == (erin, 1, {f"place:{spot(zones['seconds'], 2)}": None})


@pytest.mark.parametrize(("ends", "hours"), [("hour", 1), ("evening", 8), ("tomorrow", 21), ("none", None)])
def test_it_pins_until_a_time(send: Send, zones: dict[str, FrontZone], ends: str, hours: int | None) -> None:
    with time_machine.travel(NOON, tick=False):
        send("pin", article=make_article().pk, place=spot(zones["lead"]), ends=ends)
    until = Pin.objects.get().until
    assert until == (NOON + timedelta(hours=hours) if hours else None)


def test_it_lets_a_pin_lapse_by_the_clock_and_shows_what_lay_under_it(send: Send, zones: dict[str, FrontZone]) -> None:
    first, second = make_article("Под ним"), make_article("Сверху")
    send("pin", article=first.pk, place=spot(zones["lead"]))
    send("pin", article=second.pk, place=spot(zones["lead"]), ends="hour")
    later = timezone.now() + timedelta(minutes=61)
    assert (titles_of("lead"), titles_of("lead", later)) == (["Сверху"], ["Под ним"])


def test_it_clears_away_what_has_lapsed(send: Send, zones: dict[str, FrontZone]) -> None:
    for number in range(3):
        until = timezone.now() - timedelta(hours=1)
        Pin.objects.create(zone=zones["stream"], article=make_article(), until=until, depth=number)
    send("pin", article=make_article("Мост").pk, place=spot(zones["lead"]))
    assert Pin.objects.get().article.title == "Мост"


def test_it_pins_to_the_block_of_a_category(send: Send, zones: dict[str, FrontZone]) -> None:
    city = make_category("Город")
    pinned = make_article("О спорте", category=make_category("Спорт"), at=timezone.now() - timedelta(days=1))
    send("pin", article=pinned.pk, place=spot(zones["categories"], 1, city.pk))
    block = next(block for block in arrange("ru", timezone.now()).blocks if block.name == "Город")
    assert [article.title for article in block.articles] == ["О спорте"]


def test_it_pins_a_story_once_on_a_page(send: Send, zones: dict[str, FrontZone]) -> None:
    article = make_article()
    send("pin", article=article.pk, place=spot(zones["stream"]))
    send("pin", article=article.pk, place=spot(zones["lead"]))
    assert Pin.objects.get().zone == zones["lead"]


def test_it_swaps_what_is_moved_with_the_pinned_story_there(send: Send, zones: dict[str, FrontZone]) -> None:
    lead, second = make_article("Первая"), make_article("Вторая")
    send("pin", article=lead.pk, place=spot(zones["lead"]))
    send("pin", article=second.pk, place=spot(zones["seconds"], 2))
    send(f"move:{zones['seconds'].pk}-{second.pk}:{spot(zones['lead'])}")
    assert titles_of("lead") == ["Вторая"]
    assert Pin.objects.get(article=lead).position == 2
    assert titles_of("seconds") == ["Первая"]


def test_it_unpins(send: Send, zones: dict[str, FrontZone]) -> None:
    article = make_article()
    send("pin", article=article.pk, place=spot(zones["lead"]))
    send(f"unpin:{zones['lead'].pk}-{article.pk}")
    assert not Pin.objects.exists()
    assert [change.act for change in FrontChange.objects.all()] == ["unpin", "pin"]


def gone(state: str) -> Article:
    """Returns a story that readers do not see, in one of the ways there are."""
    if state in {State.DRAFT, State.REVIEW, State.READY}:
        draft = make_draft("Мост")
        publishing.move_to(draft, State(state))
        return draft
    article = make_article("Мост", at=timezone.now() - timedelta(hours=2))
    if state == State.WITHDRAWN:
        return publishing.withdraw(article)
    if state == "binned":
        publishing.move_to_bin(article)
    if state == "taken off":
        article.unpublish_at = timezone.now() - timedelta(hours=1)
        article.save()
    return article


@pytest.mark.parametrize("state", [State.DRAFT, State.REVIEW, State.READY, State.WITHDRAWN, "binned", "taken off"])
def test_it_refuses_a_story_that_readers_will_not_see(send: Send, zones: dict[str, FrontZone], state: str) -> None:
    answer = send("pin", article=gone(state).pk, place=spot(zones["lead"]))
    assert answer.status_code == 400
    assert "cannot be pinned" in said(answer)
    assert not Pin.objects.exists()


def test_it_takes_a_scheduled_story_and_shows_it_on_time(send: Send, zones: dict[str, FrontZone]) -> None:
    coming = make_article("Завтра", at=timezone.now() + timedelta(hours=2))
    send("pin", article=coming.pk, place=spot(zones["lead"]))
    assert titles_of("lead") == []
    assert titles_of("lead", timezone.now() + timedelta(hours=3)) == ["Завтра"]


def test_it_refuses_an_end_that_is_over_and_keeps_what_was_typed(send: Send, zones: dict[str, FrontZone]) -> None:
    article = make_article("Мост")
    answer = send("pin", article=article.pk, place=spot(zones["lead"]), ends="own", until="2020-01-01T10:00")
    assert answer.status_code == 400
    assert "this time is over" in said(answer)
    assert f'value="{article.pk}" checked' in said(answer)
    assert 'value="2020-01-01T10:00"' in said(answer)


def test_it_refuses_an_end_before_the_story_appears(send: Send, zones: dict[str, FrontZone]) -> None:
    coming = make_article(at=timezone.now() + timedelta(hours=2))
    answer = send("pin", article=coming.pk, place=spot(zones["lead"]), ends="hour")
    assert "before the story appears" in said(answer)


@pytest.mark.parametrize(
    "fields",
    [
        {"place": "x"},
        {"place": ""},
        {"place": "9" * 60},
        {"place": "1/0/\0"},
        {"article": ""},
        {"article": "9" * 30},
        {"article": "\0"},
        {"ends": "never"},
        {"ends": "own"},
        {"ends": "own", "until": "9999-12-31T23:59"},
        {"ends": "own", "until": "noon"},
    ],
)
def test_it_says_what_is_wrong_with_a_pin(send: Send, zones: dict[str, FrontZone], fields: dict[str, str]) -> None:
    good = {"article": make_article().pk, "place": spot(zones["lead"])}
    answer = send("pin", **(good | fields))
    assert answer.status_code == 400
    assert "field-error" in said(answer)
    assert not Pin.objects.exists()


@pytest.mark.parametrize(
    "act", ["", "dance", "unpin", "unpin:x", "unpin:1", "move:1-2:3", "up:-1", f"up:{'9' * 40}", "undo:", "remove:\0"]
)
def test_it_answers_400_to_what_no_button_sends(send: Send, act: str) -> None:
    assert send(act).status_code == 400


@pytest.mark.parametrize("place", ["{0}/0/2", "{0}/7/1", "{0}/0/0", "999999/0/1"])
def test_it_refuses_a_place_that_is_not_there(send: Send, zones: dict[str, FrontZone], place: str) -> None:
    answer = send("pin", article=make_article().pk, place=place.format(zones["lead"].pk))
    assert answer.status_code == 400
    assert not Pin.objects.exists()

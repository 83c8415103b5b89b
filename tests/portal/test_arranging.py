"""The front page screen: pin, move, set zones, undo; and what is refused."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.models import Article, State
from portal.front import FrontChange, FrontZone, Pin
from portal.frontpage import arrange
from tests.factories import make_article, make_category, make_draft

pytestmark = pytest.mark.django_db
SCREEN = "/admin/portal/frontzone/ru/"
NOON = datetime(2026, 11, 22, 9, tzinfo=UTC)  # in Moscow

Send = Callable[..., Any]


@pytest.fixture(autouse=True)
def zones() -> dict[str, FrontZone]:
    FrontZone.objects.all().delete()
    sizes = {"lead": 1, "seconds": 2, "stream": 3, "categories": 2}
    return {
        kind: FrontZone.objects.create(language="ru", kind=kind, size=size, order=order)
        for order, (kind, size) in enumerate(sizes.items())
    }


@pytest.fixture
def send(erins: Client) -> Send:
    """Presses a button of the screen as it is now, in English; ``based_on`` makes it an older screen."""
    erins.cookies["django_language"] = "en"

    def send(act: str, **fields: object) -> Any:
        newest = FrontChange.objects.filter(language="ru").count()
        return erins.post(f"{SCREEN}arrange/", {"act": act, "based_on": newest, "ends": "none"} | fields)

    return send


def titles_of(kind: str, now: datetime | None = None) -> list[str]:
    return [article.title for article in arrange("ru", now or timezone.now()).of(kind)]


def spot(zone: FrontZone, number: int = 1, block: int = 0) -> str:
    return f"{zone.pk}/{block}/{number}"


def said(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


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


def test_it_undoes_a_change_and_undoes_the_undoing(send: Send, zones: dict[str, FrontZone]) -> None:
    article = make_article("Мост")
    send("pin", article=article.pk, place=spot(zones["seconds"]), ends="tomorrow")
    send(f"unpin:{zones['seconds'].pk}-{article.pk}")
    send("undo:2")
    until = Pin.objects.get().until
    assert until and until.isoformat() == FrontChange.objects.get(number=1).words["until"]
    send("undo:3")
    assert not Pin.objects.exists()
    assert [change.act for change in FrontChange.objects.all()] == ["undo", "undo", "unpin", "pin"]


def test_it_undoes_a_swap_whole(send: Send, zones: dict[str, FrontZone]) -> None:
    lead, second = make_article("Первая"), make_article("Вторая")
    send("pin", article=lead.pk, place=spot(zones["lead"]))
    send("pin", article=second.pk, place=spot(zones["seconds"]))
    send(f"move:{zones['seconds'].pk}-{second.pk}:{spot(zones['lead'])}")
    send("undo:3")
    assert (titles_of("lead"), titles_of("seconds")) == (["Первая"], ["Вторая"])


def test_it_refuses_to_undo_what_was_changed_since_and_says_by_what(send: Send, zones: dict[str, FrontZone]) -> None:
    for title in ("Первая", "Вторая"):
        send("pin", article=make_article(title).pk, place=spot(zones["lead"]))
    answer = send("undo:1")
    assert answer.status_code == 400
    assert "has been changed since: Pinned «Вторая»" in said(answer)
    assert titles_of("lead") == ["Вторая"]


def test_it_says_that_there_is_nothing_to_undo(send: Send) -> None:
    answer = send("undo:7")
    assert (answer.status_code, "There is no such change." in answer.text) == (400, True)


def test_it_undoes_beside_a_change_of_another_place(send: Send, zones: dict[str, FrontZone]) -> None:
    send("pin", article=make_article("Первая").pk, place=spot(zones["lead"]))
    send("pin", article=make_article("Вторая").pk, place=spot(zones["stream"]))
    send("undo:1")
    assert [pin.article.title for pin in Pin.objects.all()] == ["Вторая"]


def test_it_brings_a_removed_zone_back_with_its_pins(send: Send, zones: dict[str, FrontZone]) -> None:
    send("pin", article=make_article("Мост").pk, place=spot(zones["seconds"]))
    send(f"remove:{zones['seconds'].pk}")
    assert not Pin.objects.exists()
    send("undo:2")
    assert Pin.objects.get().zone == zones["seconds"]


def test_it_does_not_undo_the_adding_of_a_zone_in_which_stories_stand(send: Send, zones: dict[str, FrontZone]) -> None:
    send("add", kind="opinion", size=3)
    zone = FrontZone.objects.get(kind="opinion")
    send("pin", article=make_article().pk, place=spot(zone))
    assert "pinned in this zone since" in said(send("undo:1"))
    assert FrontZone.objects.filter(kind="opinion").exists()


def test_it_does_not_bring_back_what_readers_no_longer_see(send: Send, zones: dict[str, FrontZone]) -> None:
    article = make_article("Мост")
    send("pin", article=article.pk, place=spot(zones["lead"]))
    send(f"unpin:{zones['lead'].pk}-{article.pk}")
    publishing.withdraw(article)
    answer = send("undo:2")
    assert (answer.status_code, Pin.objects.count()) == (400, 0)


def test_it_answers_409_when_somebody_else_changed_the_place(send: Send, zones: dict[str, FrontZone]) -> None:
    mine = make_article("Моя")
    send("pin", article=make_article("Чужая").pk, place=spot(zones["lead"]))
    answer = send("pin", article=mine.pk, place=spot(zones["lead"]), based_on=0)
    assert answer.status_code == 409
    assert "Pinned «Чужая»" in said(answer)
    assert f'name="article" value="{mine.pk}"' in said(answer)
    assert titles_of("lead") == ["Чужая"]
    send("pin", article=mine.pk, place=spot(zones["lead"]))
    assert titles_of("lead") == ["Моя"]


def test_it_merges_changes_of_different_places(send: Send, zones: dict[str, FrontZone]) -> None:
    send("pin", article=make_article("Чужая").pk, place=spot(zones["lead"]))
    answer = send("pin", article=make_article("Моя").pk, place=spot(zones["seconds"]), based_on=0)
    assert answer.status_code == 302
    assert (titles_of("lead"), titles_of("seconds")[0]) == (["Чужая"], "Моя")


def test_it_says_that_a_zone_was_removed_meanwhile(send: Send, zones: dict[str, FrontZone]) -> None:
    send(f"remove:{zones['seconds'].pk}")
    answer = send("pin", article=make_article().pk, place=spot(zones["seconds"]), based_on=0)
    assert answer.status_code == 409


def test_it_adds_sets_orders_and_switches_zones(send: Send, zones: dict[str, FrontZone]) -> None:
    city = make_category("Город")
    make_article("О городе", category=city)
    send("add", kind="category", category=city.pk, title="Улицы", size=1)
    zone = FrontZone.objects.get(kind="category")
    send(f"settle:{zone.pk}", category=city.pk, title="Дворы", size=2)
    send(f"up:{zone.pk}")
    kinds = list(FrontZone.objects.values_list("kind", flat=True))
    assert kinds == ["lead", "seconds", "stream", "category", "categories"]
    zone.refresh_from_db()
    assert (zone.title, zone.size) == ("Дворы", 2)
    send(f"off:{zone.pk}")
    assert "Дворы" not in [block.name for block in arrange("ru", timezone.now()).every_block]
    send(f"on:{zone.pk}")
    assert "Дворы" in [block.name for block in arrange("ru", timezone.now()).every_block]


@pytest.mark.parametrize("size", ["0", "-1", "31", "x", "", "99999999999999999999"])
def test_it_refuses_a_zone_without_a_sensible_size(send: Send, zones: dict[str, FrontZone], size: str) -> None:
    answer = send(f"settle:{zones['lead'].pk}", title="Главное", size=size)
    assert answer.status_code == 400
    assert 'value="Главное"' in said(answer)
    zones["lead"].refresh_from_db()
    assert zones["lead"].size == 1


def test_it_has_one_lead_zone(send: Send) -> None:
    assert send("add", kind="lead", size=1).status_code == 400
    assert FrontZone.objects.filter(kind="lead").count() == 1


def test_it_says_that_nothing_changed(send: Send, zones: dict[str, FrontZone]) -> None:
    send(f"settle:{zones['lead'].pk}", title="", size=1)
    assert not FrontChange.objects.exists()


def test_it_leaves_the_other_language_alone(send: Send, zones: dict[str, FrontZone]) -> None:
    english = FrontZone.objects.create(language="en", kind="lead", size=1)
    bridge = make_article("Bridge", language="en")
    assert send("pin", article=bridge.pk, place=spot(zones["lead"])).status_code == 400
    assert send("pin", article=make_article().pk, place=spot(english)).status_code == 400
    assert not Pin.objects.exists()


def test_it_stands_a_story_in_the_bin_and_a_category_that_is_deleted(
    erins: Client, send: Send, zones: dict[str, FrontZone]
) -> None:
    city = make_category("Город")
    zone = FrontZone.objects.create(language="ru", kind="category", category=city, size=2, order=9)
    article = make_article("Мост")
    send("pin", article=article.pk, place=spot(zone))
    publishing.move_to_bin(article)
    city.move_to_bin(timezone.now())
    assert "category in the bin" in said(erins.get(SCREEN))
    assert erins.get("/").status_code == 200
    city.delete()
    assert erins.get(SCREEN).status_code == erins.get("/").status_code == 200
    assert send("undo:1").status_code == 400


def test_it_stands_two_hundred_pins(erins: Client, zones: dict[str, FrontZone]) -> None:
    for number in range(200):
        article = Article.objects.create(title=f"Новость {number}", state=State.PUBLISHED, publish_at=NOON)
        Pin.objects.create(zone=zones["seconds"], article=article, position=number % 5 + 1, depth=number)
    erins.cookies["django_language"] = "en"
    with time_machine.travel(NOON + timedelta(hours=1)):
        page = erins.get(SCREEN)
        assert titles_of("seconds") == ["Новость 0", "Новость 5"]
    assert "198 more pins" in said(page)


def test_it_says_why_a_pinned_story_does_not_stand_there(
    erins: Client, send: Send, zones: dict[str, FrontZone]
) -> None:
    coming = make_article("Завтра", at=timezone.now() + timedelta(days=1))
    send("pin", article=coming.pk, place=spot(zones["lead"]))
    gone = make_article("Снята")
    send("pin", article=gone.pk, place=spot(zones["seconds"]))
    publishing.withdraw(gone)
    page = said(erins.get(SCREEN))
    assert "scheduled: appears here" in page
    assert "not shown: withdrawn" in page


def test_it_finds_stories_by_their_titles(erins: Client, send: Send) -> None:
    make_article("Мост открыт")
    make_article("Трамвай пошёл")
    make_draft("Мост в черновике")
    found = said(erins.get(f"{SCREEN}stories/?q=МОСТ"))
    assert "Мост открыт" in found
    assert "Трамвай" not in found
    assert "черновике" not in found


@pytest.mark.parametrize("address", ["", "ticker/", "log/", "stories/?q=x", "preview/?at=2030-01-01T10:00"])
def test_it_is_closed_to_reporters(walts: Client, address: str) -> None:
    assert walts.get(SCREEN + address).status_code == 403


def test_it_lets_reporters_arrange_nothing(walts: Client, zones: dict[str, FrontZone]) -> None:
    sent = {"act": f"remove:{zones['lead'].pk}", "based_on": 0}
    assert walts.post(f"{SCREEN}arrange/", sent).status_code == 403
    assert FrontZone.objects.filter(kind="lead").exists()


@pytest.mark.parametrize("address", ["/admin/portal/frontzone/de/", "/admin/portal/frontzone/de/preview/"])
def test_it_knows_the_languages_of_the_site(erins: Client, address: str) -> None:
    assert erins.get(address).status_code == 404


def test_it_keeps_a_log_with_what_was_done(erins: Client, send: Send, zones: dict[str, FrontZone]) -> None:
    send("pin", article=make_article("Мост").pk, place=spot(zones["lead"]))
    assert "Pinned «Мост»: «Lead story», place 1, without an end" in said(erins.get(f"{SCREEN}log/"))
    assert "Мост" not in said(erins.get(f"{SCREEN}log/?before=1"))
    assert erins.get(f"{SCREEN}log/?before=x").status_code == 200


def test_it_previews_the_page_at_a_time_to_come(erins: Client, send: Send, zones: dict[str, FrontZone]) -> None:
    with time_machine.travel(NOON, tick=False):
        make_article("Сейчас", at=NOON - timedelta(hours=1))
        send(
            "pin",
            article=make_article("До часу", at=NOON - timedelta(days=1)).pk,
            place=spot(zones["lead"]),
            ends="hour",
        )
        make_article("В шесть", at=NOON + timedelta(hours=5))
        page = erins.get(f"{SCREEN}preview/?at=2026-11-22T18:00")
        assert page.context["front"].lead.title == "В шесть"
        assert page.headers["Cache-Control"].startswith("no-store")
        assert page.headers["X-Robots-Tag"] == "noindex"
        assert "18:00" in said(page)
        assert titles_of("lead") == ["До часу"]


@pytest.mark.parametrize("at", ["", "x", "2020-01-01T10:00", "9999-12-31T23:59", "0001-01-01T00:00"])
def test_it_refuses_a_preview_of_no_time_to_come(erins: Client, at: str) -> None:
    answer = erins.get(f"{SCREEN}preview/", {"at": at})
    assert answer.status_code == 400
    assert "field-error" in said(answer)

"""The front page screen: its zones, what it shows of them, its log and preview, and who may see it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.models import Article, State
from portal.front import FrontChange, FrontZone, Pin
from portal.frontpage import arrange
from tests.factories import make_article, make_category, make_draft
from tests.portal.arranging import NOON, SCREEN, Send, said, send, spot, titles_of, zones

__all__ = ["send", "zones"]
pytestmark = pytest.mark.django_db


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

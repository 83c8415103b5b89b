"""Places for ads on pages, and what the script is told to put there."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.template import Context, Template
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from ads.models import Campaign, DailyCount, Flight
from ads.slots import DEVICES, SLOTS
from tests.ads.bookings import make_campaign, make_creative, make_flight, make_house_flight
from tests.factories import make_article, make_category

pytestmark = pytest.mark.django_db

QUESTION = {"slots": "article-top", "device": "desktop", "language": "ru", "category": "", "tags": ""}


def ask(client: Client, **query: str) -> Any:
    response = client.get("/_r/decide", QUESTION | query)
    assert response.status_code == 200
    return response.json()["ads"]


def boxes(client: Client, address: str) -> list[str]:
    return re.findall(r'data-ad="([\w-]+)"', client.get(address).content.decode())


def test_it_writes_no_box_while_nothing_is_booked(client: Client) -> None:
    assert boxes(client, make_article().get_absolute_url()) == []


def test_it_puts_every_place_of_an_article_in_its_order(client: Client) -> None:
    make_flight(make_creative(), make_creative(make_campaign(), 300, 250), slots=tuple(SLOTS))
    article = make_article(lead="Коротко.", body="<p>Абзац.</p>" * 6)
    assert boxes(client, article.get_absolute_url()) == ["article-top", "in-text", "article-bottom", "side"]


def test_it_puts_no_ad_inside_a_short_text(client: Client) -> None:
    make_flight(slots=("in-text",))
    assert boxes(client, make_article(body="<p>Абзац.</p>" * 5).get_absolute_url()) == []


def test_it_tells_the_page_in_plain_words_what_it_is_about(client: Client) -> None:
    make_flight()
    article = make_article(category=make_category("Город", slug="gorod"), tags=["мосты", "река|озеро"])
    html = client.get(article.get_absolute_url()).content.decode()
    assert 'data-category="gorod" data-tags="мосты|река озеро"' in html


def test_it_reserves_the_height_of_every_place(settings: Settings) -> None:
    css = (settings.BASE_DIR / "static/css/ads.css").read_text()
    for slot in SLOTS.values():
        assert f".ad-desktop-{slot.desktop_height} {{" in css
        assert f".ad-phone-{slot.phone_height} {{" in css


def test_it_shows_our_own_ad_without_javascript(client: Client) -> None:
    flight = make_house_flight()
    html = client.get(make_article().get_absolute_url()).content.decode()
    link = re.search(r'<noscript><a class="ad-on-desktop" href="([^"]+)"', html)
    assert link
    assert client.get(link[1]).headers["Location"] == "/advertising/"
    assert flight.creatives.get().image.url in html


def test_it_makes_a_box_appear_when_a_flight_starts(client: Client) -> None:
    address = make_article().get_absolute_url()
    make_flight(starts_at=timezone.now() + timedelta(hours=1))
    assert boxes(client, address) == []
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        assert boxes(client, address) == ["article-top"]


def test_it_answers_with_all_that_a_box_needs(client: Client) -> None:
    creative = make_creative(target="https://windows.example/?from=news")
    make_flight(creative)
    [ad] = ask(client)
    assert (ad["width"], ad["height"], ad["alt"], ad["erid"]) == (728, 90, "Тёплые окна", "2VtzqAbC")
    assert ad["image"] == creative.image.url
    assert ad["label"] == "Реклама · ООО «Тёплый дом»"
    assert ad["href"] == f"/_r/click/{ad['token']}/?erid=2VtzqAbC"


def test_it_answers_nothing_where_there_is_nothing(client: Client) -> None:
    make_flight()
    assert [bool(ad) for ad in ask(client, slots="side,article-top,in-text")] == [False, True, False]


def test_it_shows_two_campaigns_on_one_page(client: Client) -> None:
    for name in ("Окна", "Вклады"):
        make_flight(make_creative(make_campaign(legal_name=name)), slots=("article-top", "article-bottom"))
    labels = {ad["label"] for ad in ask(client, slots="article-top,article-bottom")}
    assert labels == {"Реклама · Окна", "Реклама · Вклады"}


@pytest.mark.parametrize(("tags", "shown"), [("Мосты|река", True), ("река", False), ("", False)])
def test_it_asks_for_the_words_that_were_booked(client: Client, tags: str, shown: bool) -> None:
    make_flight(tags="мосты, Порт")
    assert bool(ask(client, tags=tags)[0]) is shown


@pytest.mark.parametrize("fields", [{"goal_type": "seen", "goal": 5}, {"daily_cap": 5}])
def test_it_stops_at_the_goal_and_at_the_cap(client: Client, fields: dict[str, Any]) -> None:
    flight = make_flight(**fields)
    assert ask(client)[0]
    key = {"flight": flight, "creative": flight.creatives.get(), "slot": "article-top"}
    DailyCount.objects.create(**key, day=timezone.localdate(), seen=5)
    assert ask(client) == [None]


@pytest.mark.parametrize(
    ("kind", "required", "shown"),
    [(Campaign.Kind.PAID, True, False), (Campaign.Kind.SELF_PROMO, True, True), (Campaign.Kind.PAID, False, True)],
)
def test_it_shows_nothing_paid_without_erid(
    client: Client, settings: Settings, kind: str, required: bool, shown: bool
) -> None:
    settings.ADS_REQUIRE_ERID = required
    make_flight(make_creative(make_campaign(kind=kind), erid=""))
    assert bool(ask(client)[0]) is shown


@pytest.mark.parametrize("status", set(Flight.Status.values) - {"live"})
def test_it_shows_only_what_is_live(client: Client, status: str) -> None:
    make_flight(status=status)
    assert ask(client) == [None]


def test_it_decides_with_two_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(3):
        make_flight(slots=tuple(SLOTS), daily_cap=100)
    with django_assert_num_queries(2):
        ask(client, slots="article-top,in-text,article-bottom,side")


def test_it_writes_a_box_with_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(3):
        make_flight(slots=tuple(SLOTS))
    with django_assert_num_queries(1):
        assert "data-ad" in Template('{% load ads_tags %}{% ad_slot "in-text" %}').render(Context())


def test_it_answers_without_a_cookie_and_lets_nobody_keep_it(client: Client) -> None:
    response = client.get("/_r/decide", QUESTION)
    assert not response.cookies
    assert "no-store" in response.headers["Cache-Control"]
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize(
    "query",
    [
        {"slots": ""},
        {"slots": "nowhere"},
        {"slots": "side\0"},
        {"slots": ",".join(["side"] * 13)},
        {"device": "toaster"},
        {"device": ""},
        {"language": "xx"},
        {"language": "\ud800"},
        {"tags": "|" * 51},
    ],
)
def test_it_answers_a_malformed_question_with_400(client: Client, query: dict[str, str]) -> None:
    query = {name: value.encode("utf-8", "surrogatepass").decode("latin-1") for name, value in query.items()}
    response = client.get("/_r/decide", QUESTION | query)
    assert response.status_code == 400
    assert len(response.content) < 200


@pytest.mark.parametrize("odd", ["\0", "'; --", "а" * 5_000, "../../etc"])
def test_it_takes_any_word_for_a_word(client: Client, odd: str) -> None:
    assert ask(client, category=odd, tags=odd) == [None]


def test_it_knows_a_size_for_every_place_and_device() -> None:
    for slot in SLOTS.values():
        for device in DEVICES:
            size = slot.sizes(device)[0]
            assert slot.shows(size.width * 2, size.height * 2, device) == size

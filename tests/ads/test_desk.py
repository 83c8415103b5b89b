"""Advertising on the desk: what the ad manager may do, and what the forms refuse."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from ads.models import Advertiser, Creative, DailyCount, DailyRefusal, Flight
from tests.ads.bookings import make_campaign, make_creative, make_flight
from tests.factories import make_picture

pytestmark = pytest.mark.django_db


def creative_form(content: bytes | None = None, name: str = "окна.png", **fields: Any) -> dict[str, Any]:
    data = make_picture(728, 90, "PNG") if content is None else content
    form = {"campaign": make_campaign().pk, "name": "Окна", "alt": "Тёплые окна", "erid": "2VtzqAbC"}
    return form | {"target": "https://windows.example/", "image": SimpleUploadedFile(name, data)} | fields


def flight_form(creative: Creative, **fields: Any) -> dict[str, Any]:
    form = {
        "campaign": creative.campaign_id,
        "name": "Ноябрь",
        "status": "live",
        "starts_at_0": "22.11.2026",
        "starts_at_1": "00:00",
        "slots": ["article-top"],
        "tier": 20,
        "weight": 10,
        "goal_type": "none",
        "rotations-TOTAL_FORMS": 1,
        "rotations-INITIAL_FORMS": 0,
        "rotations-0-creative": creative.pk,
        "rotations-0-weight": 10,
    }
    return form | fields


def count_day(flight: Flight, days: int = 1, seen: int = 200, clicks: int = 5) -> None:
    day = timezone.localdate() - timedelta(days=days)
    creative = flight.creatives.get()
    DailyCount.objects.create(flight=flight, creative=creative, slot="side", day=day, seen=seen, clicks=clicks)


def errors(client: Client, address: str, form: dict[str, Any]) -> str:
    response = client.post(address, form)
    assert response.status_code == 200
    return " ".join(re.findall(r'class="errorlist.*?</ul>', response.text, re.DOTALL))


def test_it_books_a_flight_from_the_advertiser_to_the_box(adas: Client, client: Client) -> None:
    adas.post("/admin/ads/advertiser/add/", {"name": "Дом", "legal_form": "company", "legal_name": "ООО «Дом»"})
    advertiser = Advertiser.objects.get()
    empty = {f"{name}-{form}_FORMS": 0 for name in ("flights", "creatives") for form in ("TOTAL", "INITIAL")}
    adas.post("/admin/ads/campaign/add/", {"advertiser": advertiser.pk, "name": "Окна", "kind": "paid"} | empty)
    adas.post("/admin/ads/creative/add/", creative_form(campaign=advertiser.campaigns.get().pk))
    response = adas.post("/admin/ads/flight/add/", flight_form(Creative.objects.get()))
    assert response.status_code == 302
    query = {"slots": "article-top", "device": "desktop", "language": "ru"}
    assert client.get("/_r/decide", query).json()["ads"][0]["label"] == "Реклама · ООО «Дом»"


@pytest.mark.parametrize("model", ["advertiser", "campaign", "creative", "flight", "dailyrefusal"])
def test_it_opens_every_list_and_form_to_the_ad_manager(adas: Client, model: str) -> None:
    flight = make_flight()
    DailyRefusal.objects.create(day=timezone.localdate(), kind="seen", reason="bot", number=3)
    assert adas.get(f"/admin/ads/{model}/").status_code == 200
    if model != "dailyrefusal":
        assert adas.get(f"/admin/ads/{model}/add/").status_code == 200
        assert adas.get(f"/admin/ads/{model}/{vars(flight).get(f'{model}_id') or 1}/change/").status_code in {200, 302}


@pytest.mark.parametrize("page", ["", "add/", "1/change/", "1/report/", "1/report.csv"])
def test_it_lets_no_one_else_near_the_bookings(erins: Client, walts: Client, page: str) -> None:
    make_flight(pk=1)
    assert walts.get(f"/admin/ads/flight/{page}").status_code == 403


@pytest.mark.parametrize("page", ["1/report/", "1/report.csv"])
def test_it_asks_strangers_to_sign_in(client: Client, page: str) -> None:
    assert client.get(f"/admin/ads/flight/{page}").status_code == 302


def test_it_keeps_ad_managers_from_articles(adas: Client) -> None:
    assert adas.get("/admin/articles/article/add/").status_code == 403


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"content": b"<svg onload='x'/>"}, "SVG"),
        ({"content": make_picture()[:99]}, "повреждена"),
        ({"content": b""}, "пуст"),
        ({"content": make_picture(729, 90)}, "728 × 90"),
        ({"content": make_picture(728, 90, "PNG") + b"\0" * 300 * 1024}, "300"),
        ({"target": "http://windows.example/"}, "URL"),
        ({"target": "javascript:alert(1)"}, "URL"),
        ({"target": "//evil.example/"}, "URL"),
        ({"target": "/\\evil.example/"}, "URL"),
        ({"target": "/_r/decide"}, "URL"),
        ({"target": "https://bank.example@evil.example/"}, "именем или паролем"),
        ({"target": "https://a.example/\0"}, "символ"),
        ({"erid": "2VtzАбв"}, "Латинские буквы"),
        ({"erid": "2Vtz q"}, "Латинские буквы"),
        ({"alt": ""}, "Обязательное"),
    ],
)
def test_it_says_what_is_wrong_with_a_creative(adas: Client, fields: dict[str, Any], words: str) -> None:
    assert re.search(words, errors(adas, "/admin/ads/creative/add/", creative_form(**fields)))
    assert not Creative.objects.exists()


@pytest.mark.parametrize("target", ["/advertising/", "/", "https://xn--80akhbyknj4f.example/путь?a=b#c"])
def test_it_takes_an_address_of_the_web_or_of_the_site(adas: Client, target: str) -> None:
    adas.post("/admin/ads/creative/add/", creative_form(target=target))
    assert Creative.objects.get().target == target


def test_it_stores_a_picture_anew_where_nobody_can_guess_it(adas: Client) -> None:
    adas.post("/admin/ads/creative/add/", creative_form(name="../../окна.php.png"))
    creative = Creative.objects.get()
    assert re.fullmatch(r"[\w-]{16}/okna-?php\.png", str(creative.image.name))
    assert (creative.width, creative.height) == (728, 90)
    assert Path(creative.image.path).is_relative_to(settings.MEDIA_ROOT)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ends_at_0": "21.11.2026", "ends_at_1": "00:00"}, "заканчивается раньше"),
        ({"slots": []}, "Обязательное"),
        ({"slots": ["nowhere"]}, "nowhere"),
        ({"goal_type": "clicks"}, "Укажите сколько"),
        ({"weight": "9" * 20}, "меньше"),
        ({"weight": -1}, "больше"),
    ],
)
def test_it_says_what_is_wrong_with_a_flight(adas: Client, fields: dict[str, Any], words: str) -> None:
    assert re.search(words, errors(adas, "/admin/ads/flight/add/", flight_form(make_creative(), **fields)))
    assert not Flight.objects.exists()


def test_it_refuses_a_creative_of_another_campaign(adas: Client) -> None:
    form = flight_form(make_creative(), campaign=make_campaign("Другая").pk)
    assert re.search("к другой кампании", errors(adas, "/admin/ads/flight/add/", form))


@pytest.mark.parametrize(
    ("inn", "right"), [("7707083893", True), ("500100732259", True), ("7707083894", False), ("770708389", False)]
)
def test_it_checks_the_digits_of_an_inn(adas: Client, inn: str, right: bool) -> None:
    form = {"name": "Дом", "legal_form": "company", "legal_name": "ООО «Дом»", "inn": inn}
    adas.post("/admin/ads/advertiser/add/", form)
    assert Advertiser.objects.filter(inn=inn).exists() is right


def test_it_lets_nobody_change_what_readers_have_seen(adas: Client) -> None:
    flight = make_flight()
    count_day(flight)
    creative = flight.creatives.get()
    adas.post(
        f"/admin/ads/creative/{creative.pk}/change/", creative_form(name="новая", target="https://other.example/")
    )
    creative.refresh_from_db()
    assert (creative.target, creative.alt) == ("https://windows.example/", "Тёплые окна")


def test_it_reports_each_day_and_the_sum(adas: Client) -> None:
    flight = make_flight()
    count_day(flight, days=1, seen=200, clicks=5)
    count_day(flight, days=2, seen=0, clicks=0)
    cells = re.findall(r"<td>([\d,]*)</td>", adas.get(f"/admin/ads/flight/{flight.pk}/report/").text)
    assert cells == ["200", "5", "2,50", "0", "0", "", "200", "5", "2,50"]


def test_it_says_in_the_report_where_and_why_not(adas: Client) -> None:
    flight = make_flight(make_creative(erid=""))
    page = adas.get(f"/admin/ads/flight/{flight.pk}/report/").text
    assert re.search("Нет erid", page.split('class="ad-places"')[1])


def test_it_writes_csv_that_no_spreadsheet_runs(adas: Client) -> None:
    flight = make_flight(make_creative(name="=HYPERLINK(1)"))
    count_day(flight)
    response = adas.get(f"/admin/ads/flight/{flight.pk}/report.csv")
    day = timezone.localdate() - timedelta(days=1)
    assert response.content.decode("utf-8-sig").splitlines()[1].startswith(f"{day},'=HYPERLINK(1),")
    assert response.headers["Content-Disposition"] == f'attachment; filename="flight-{flight.pk}.csv"'


@pytest.mark.parametrize("pk", ["0", "9" * 30, "999"])
def test_it_answers_404_for_a_flight_there_is_not(adas: Client, pk: str) -> None:
    assert adas.get(f"/admin/ads/flight/{pk}/report/").status_code == 404
    assert adas.get(f"/admin/ads/flight/{pk}/report.csv").status_code == 404


def test_it_names_both_fields_of_each_moment(adas: Client) -> None:
    page = adas.get("/admin/ads/flight/add/").content.decode()
    assert [page.count(f'aria-label="{name}"') for name in ("Дата", "Время")] == [2, 2]

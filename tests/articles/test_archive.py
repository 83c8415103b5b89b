"""The archive by the calendar: years, months, days, and the ways between them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings
from pytest_django.asserts import assertContains, assertNotContains

from lib.pagecache.rendering import Render, rendering
from tests.factories import make_article
from tests.harness.pages import holes_aside

pytestmark = pytest.mark.django_db

AUGUST = datetime(2024, 8, 11, 9, 0, tzinfo=UTC)
DAY = '<td><a href="/2024/08/11/"'


def rendered(client: Client, address: str) -> Render:
    with rendering(Render(began_at=timezone.now(), holes=[])) as render:
        assert client.get(address).status_code == 200
    return render


def test_it_leads_from_all_years_to_a_day(client: Client) -> None:
    article = make_article(at=AUGUST)
    assertContains(client.get("/archive/"), 'href="/2024/"')
    assertContains(client.get("/2024/"), 'href="/2024/08/"')
    assertContains(client.get("/2024/08/"), DAY)
    assertContains(client.get("/2024/08/11/"), article.get_absolute_url())


def test_it_links_only_days_and_months_that_have_news(client: Client) -> None:
    make_article(at=AUGUST)
    assert client.get("/2024/08/").text.count('<td><a href="/2024/08/') == 1
    assertNotContains(client.get("/2024/"), 'href="/2024/07/"')


def test_it_lists_the_stories_of_a_month_by_day(client: Client) -> None:
    for day in (1, 31):
        make_article(f"Новость {day}", at=AUGUST.replace(day=day))
    make_article("Сентябрь", at=AUGUST.replace(month=9, day=1))
    html = client.get("/2024/08/").text.partition("<aside")[0]
    assert html.index("Новость 31") < html.index("Новость 1<")
    assert 'id="day-2024-08-31"' in html
    assert "/sentyabr/" not in html.partition("<main")[2]


@pytest.mark.parametrize(("zone", "day"), [("Europe/Moscow", 1), ("UTC", 31)])
def test_it_counts_days_in_the_time_zone_of_the_site(client: Client, settings: Settings, zone: str, day: int) -> None:
    settings.TIME_ZONE = zone
    make_article(at=datetime(2024, 7, 31, 22, 30, tzinfo=UTC))
    month = 8 if day == 1 else 7
    assertContains(client.get(f"/2024/{month:02d}/"), f'<td><a href="/2024/{month:02d}/{day:02d}/"')


def test_it_leads_to_the_nearest_months_and_years_with_news(client: Client) -> None:
    for moment in (AUGUST, datetime(2023, 2, 5, tzinfo=UTC), datetime(2026, 1, 9, tzinfo=UTC)):
        make_article(at=moment)
    month, year = client.get("/2024/08/"), client.get("/2024/")
    assertContains(month, '<a href="/2023/02/" rel="prev">')
    assertContains(month, '<a href="/2026/01/" rel="next">')
    assertContains(year, '<a href="/2023/" rel="prev">')
    assertContains(year, '<a href="/2026/" rel="next">')


@pytest.mark.parametrize("address", ["/archive/", "/2098/", "/2098/05/", "/2098/05/04/"])
def test_it_does_not_tell_what_is_scheduled(client: Client, address: str) -> None:
    make_article("Рано", at=datetime(2098, 5, 4, 9, tzinfo=UTC))
    response = client.get(address)
    assert response.status_code == (404 if address in {"/2098/", "/2098/05/"} else 200)
    assert "Рано" not in response.text
    assert 'href="/2098/05' not in response.text.partition("</main>")[0]


@pytest.mark.parametrize("level", ["%Y/%m/%d", "%Y/%m", "%Y"])
def test_it_changes_when_a_scheduled_story_comes_and_when_one_goes(client: Client, level: str) -> None:
    now = timezone.now()
    make_article(at=now - timedelta(minutes=1))
    coming, going = now + timedelta(seconds=40), now + timedelta(seconds=50)
    make_article(at=coming)
    address = f"/{timezone.localtime(now).strftime(level)}/"
    assert rendered(client, address).changes_at == coming
    make_article(at=now - timedelta(minutes=2), until=going)
    assert rendered(client, address).changes_at == coming


def test_it_drops_a_day_whose_only_story_went_off(client: Client) -> None:
    make_article("Мост", at=AUGUST, until=AUGUST + timedelta(days=2))
    make_article("Река", at=AUGUST + timedelta(days=1))
    html = client.get("/2024/08/").text
    assert DAY not in html
    assert '<td><a href="/2024/08/12/"' in html


def test_it_leaves_older_months_alone_when_a_story_is_published(client: Client) -> None:
    for month in (7, 8, 9):
        make_article(at=AUGUST.replace(month=month))
    old = rendered(client, "/2024/08/").tags
    assert {"month:2024-07:ru", "month:2024-08:ru", "month:2024-09:ru"} <= old
    new = make_article().relist()
    assert not old & new


def test_it_notices_a_story_between_a_month_and_its_neighbour(client: Client) -> None:
    for month in (2, 8, 11):
        make_article(at=AUGUST.replace(month=month))
    shown = rendered(client, "/2024/08/").tags
    assert shown & make_article(at=AUGUST.replace(month=5)).relist()


@pytest.mark.parametrize(
    "address",
    ["/2024/", "/2024/08/", "/2024/13/", "/2024/00/", "/2024/8/", "/0000/", "/9999/12/", "/9999/", "/3024/08/"],
)
def test_it_knows_no_month_without_news(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_it_is_empty_before_the_first_story(client: Client) -> None:
    assertContains(client.get("/en/archive/"), "There are no articles here yet.")


@pytest.mark.parametrize("address", ["2024/08", "2024/08/11", "2024"])
def test_it_answers_the_numbered_pages_of_wordpress(client: Client, address: str) -> None:
    response = client.get(f"/{address}/page/3/")
    assert (response.status_code, response["Location"]) == (301, f"/{address}/")


@pytest.mark.parametrize(("prefix", "first"), [("", "Пн"), ("/en", "Su")])
def test_it_begins_the_week_as_the_language_does(client: Client, prefix: str, first: str) -> None:
    make_article(at=AUGUST, language="en" if prefix else "ru")
    html = client.get(f"{prefix}/2024/08/").text
    head = html.partition('class="calendar"')[2]
    assert head.partition('<span aria-hidden="true">')[2].startswith(first)


@pytest.mark.parametrize(
    ("address", "queries"), [("/archive/", 6), ("/2024/", 7), ("/2024/08/", 9), ("/2024/08/11/", 8)]
)
def test_it_takes_as_many_queries_however_many_stories(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str, queries: int
) -> None:
    for hours in range(30):
        make_article(at=AUGUST + timedelta(hours=hours * 9))
    with holes_aside(), django_assert_num_queries(queries):
        client.get(address)

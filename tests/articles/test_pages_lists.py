"""Lists: all news, a category, a tag, an author, a source, a day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import Tag
from tests.factories import make_article, make_author, make_category, make_media, make_source
from tests.harness.pages import holes_aside

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_it_shows_a_category_with_those_above_and_below(client: Client) -> None:
    city = make_category("Город", description_ru="Всё о городе.")
    transport = make_category("Транспорт", parent=city)
    make_category("Трамвай", parent=transport)
    html = client.get(transport.get_absolute_url()).content.decode()
    assert "<h1>Транспорт</h1>" in html
    assert html.count('href="/category/gorod/"') > 0
    assert 'href="/category/gorod/transport/tramvay/"' in html


def test_it_marks_the_section_in_the_menu(client: Client) -> None:
    article = make_article(category=make_category("Город"))
    assertContains(client.get("/category/gorod/"), '<a href="/category/gorod/" aria-current="true">')
    assertContains(client.get(article.get_absolute_url()), '<a href="/category/gorod/" aria-current="true">')


def test_it_introduces_an_author(client: Client) -> None:
    author = make_author("Мария Лаптева", role_ru="Корреспондент", bio_ru="Пишет о мостах.", photo=make_media())
    html = client.get(author.get_absolute_url()).content.decode()
    assert all(each in html for each in ("<h1>Мария Лаптева</h1>", "Корреспондент", "Пишет о мостах.", "/media/"))


def test_it_leads_from_a_source_to_its_site(client: Client) -> None:
    source = make_source("Агентство", url="https://agency.example/")
    make_article(sources=[source])
    assertContains(client.get(source.get_absolute_url()), '<a href="https://agency.example/" rel="noopener nofollow">')


def test_it_says_that_a_list_is_empty(client: Client) -> None:
    make_category("Город")
    response = client.get("/en/category/gorod/")
    assertContains(response, "There are no articles here yet.")
    assertContains(response, '<meta name="robots" content="noindex, follow">')


def test_it_leads_to_older_stories_and_back(client: Client) -> None:
    for hours in range(21):
        make_article(f"Заметка {hours}", at=MOMENT - timedelta(hours=hours))
    first = client.get("/news/").content.decode()
    older = first.partition('class="older" href="')[2].partition('"')[0]
    second = client.get(f"/news/{older}")
    assertContains(second, "Заметка 20")
    assertContains(second, '<a href="/news/">')


def test_it_offers_the_feed_of_a_list(client: Client) -> None:
    make_category("Город")
    assertContains(client.get("/category/gorod/"), 'href="/category/gorod/feed/"')


def test_it_leads_from_a_day_to_the_nearest_days_with_news(client: Client) -> None:
    for days in (0, 5, 9):
        make_article(at=MOMENT - timedelta(days=days))
    response = client.get("/2026/11/15/")
    assertContains(response, '<a href="/2026/11/11/" rel="prev">')
    assertContains(response, '<a href="/2026/11/20/" rel="next">')


def test_it_does_not_lead_to_days_that_readers_cannot_see(client: Client) -> None:
    make_article(at=MOMENT)
    make_article("Завтра", at=datetime(2099, 1, 1, tzinfo=UTC))
    assertNotContains(client.get("/2026/11/20/"), 'rel="next"')


def test_it_says_that_nothing_was_published_on_a_day(client: Client) -> None:
    assertContains(client.get("/en/2020/01/01/"), "Nothing was published on this day.")


def test_it_shows_the_first_words_of_a_story_without_a_title(client: Client) -> None:
    make_article("", lead="Коротко о главном.")
    assertContains(client.get("/news/"), ">Коротко о главном.</a>")


def test_it_dates_a_story_without_a_title_and_a_lead(client: Client) -> None:
    make_article("", at=MOMENT, language="en")
    assertContains(client.get("/en/news/"), ">News of 20 November 2026, 12:00</a>")


@pytest.mark.parametrize(("address", "queries"), [("/news/", 7), ("/category/gorod/", 10), ("/tag/mosty/", 8)])
def test_it_takes_no_more_queries_than_before(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str, queries: int
) -> None:
    category, media = make_category("Город"), make_media()
    for title in ("Один", "Два", "Три"):
        make_article(title, category=category, tags=["мосты"], hero=media)
    with holes_aside(), django_assert_num_queries(queries):
        client.get(address)


def test_it_finds_a_tag_by_an_address_in_any_script(client: Client) -> None:
    article = make_article(tags=["мосты"])
    Tag.objects.update(slug="мосты")
    assertContains(client.get(article.get_absolute_url()), "/tag/%D0%BC%D0%BE%D1%81%D1%82%D1%8B/")
    assert client.get("/tag/мосты/").status_code == 200

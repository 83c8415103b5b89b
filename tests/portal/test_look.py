"""What surrounds every page, the front page, and what is said when something is wrong."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from articles import publishing
from portal.models import FrontZone, Menu, MenuItem, Page, SiteSettings, TickerItem
from tests.factories import make_article, make_category, make_media
from tests.harness.pages import holes_aside

pytestmark = pytest.mark.django_db


def make_zones() -> None:
    FrontZone.objects.all().delete()
    for order, (kind, size) in enumerate({"lead": 1, "seconds": 2, "stream": 9, "categories": 4}.items()):
        FrontZone.objects.create(kind=kind, size=size, order=order)


def ticker(client: Client, address: str = "/") -> str:
    html = client.get(address).content.decode()
    return html.partition("data-ticker>")[2].partition("</section>")[0]


@time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC))
@pytest.mark.parametrize(
    ("address", "words"), [("/", "Воскресенье, 22 ноября 2026"), ("/en/", "Sunday, 22 November 2026")]
)
def test_it_begins_with_the_date_of_today(client: Client, address: str, words: str) -> None:
    assert words in strip_tags(client.get(address).text)


def test_it_calls_the_site_by_its_name(client: Client) -> None:
    SiteSettings(name_ru="Заречный вестник", tagline_ru="Новости города").save()
    response = client.get("/")
    assertContains(response, "Заречный <span>вестник</span>")
    assertContains(response, "<title>Заречный вестник — Новости города</title>")


def test_it_shows_the_logo_with_the_name_for_those_who_do_not_see_it(client: Client) -> None:
    SiteSettings(name_ru="Вестник", logo=make_media(alt="")).save()
    assert re.search(r'<img src="/media/[^"]+" alt="Вестник"', client.get("/").content.decode())


def test_it_shows_the_menus_with_what_is_below(client: Client) -> None:
    city = make_category("Город")
    menu = Menu.objects.create(place="main")
    above = MenuItem.objects.create(menu=menu, category=city)
    MenuItem.objects.create(menu=menu, parent=above, label="Трамваи", url="/tram/")
    response = client.get("/news/")
    assertContains(response, '<a href="/category/gorod/">Город</a>', count=2)
    assertContains(response, '<a href="/tram/">Трамваи</a>', count=2)


def test_it_leads_to_the_other_language(client: Client) -> None:
    assertContains(client.get("/news/"), '<a href="/en/" lang="en" hreflang="en">English</a>')
    assertContains(client.get("/en/news/"), '<a href="/" lang="ru" hreflang="ru">Русский</a>')


def test_it_leads_to_the_same_page_where_every_language_has_it(client: Client) -> None:
    for page in ("archive", "authors", "corrections", "search"):
        assertContains(client.get(f"/{page}/"), f'<a href="/en/{page}/" lang="en" hreflang="en">English</a>')


def test_it_says_who_publishes_the_site(client: Client) -> None:
    SiteSettings(imprint_ru="Учредитель: ООО «Вестник»", email="red@vestnik.example", age_mark="16+").save()
    response = client.get("/")
    for words in ("Учредитель: ООО «Вестник»", "mailto:red@vestnik.example", '<p class="age-mark">16+</p>'):
        assertContains(response, words)


def test_it_colours_the_site_as_the_settings_say(client: Client) -> None:
    SiteSettings(brand="#0b5394", brand_dark="#9fc5e8").save()
    assertContains(client.get("/"), 'href="/brand/0b5394-9fc5e8.css"')
    response = client.get("/brand/0b5394-9fc5e8.css")
    assertContains(response, "--brand: #0b5394;")
    assert "immutable" in response["Cache-Control"]


@pytest.mark.parametrize("colours", ["red-blue", "0b5394", "0b5394-9fc5e8;}", "0B5394-9fc5e8"])
def test_it_knows_no_colours_but_plain_ones(client: Client, colours: str) -> None:
    assert client.get(f"/brand/{colours}.css").status_code == 404


def test_it_shows_each_story_once_on_the_front_page(client: Client) -> None:
    make_zones()
    category = make_category("Город")
    articles = [make_article(f"Новость {number}", category=category) for number in range(16)]
    html = client.get("/").content.decode()
    front = html[html.index("<main") : html.index("</main>")]
    assert [front.count(f'href="{article.get_absolute_url()}"') for article in articles] == [1] * 16


def test_it_says_that_there_is_no_news_yet(client: Client) -> None:
    assertContains(client.get("/en/"), "There is no news yet.")


def test_it_takes_no_more_queries_for_the_front_page_than_before(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_zones()
    for name in ("Город", "Культура"):
        make_article(name, category=make_category(name), hero=make_media())
    with holes_aside(), django_assert_num_queries(10):
        client.get("/")


def test_it_runs_the_lines_that_editors_wrote(client: Client) -> None:
    article = make_article("Мост сдали")
    TickerItem.objects.create(article=article, text="Мост открыт")
    TickerItem.objects.create(text="Гроза до вечера", url="/weather/")
    TickerItem.objects.create(text="Без адреса")
    lines = ticker(client)
    assert re.search(rf'<a href="{article.get_absolute_url()}">Мост открыт</a>', lines)
    assert '<a href="/weather/">Гроза до вечера</a>' in lines
    assert re.search(r"<span[^>]*>Без адреса</span>", lines)


def test_it_runs_the_newest_stories_while_editors_wrote_none(client: Client) -> None:
    for number in range(6):
        make_article(f"Новость {number}", at=timezone.now() - timedelta(hours=number))
    lines = ticker(client)
    assert "Новость 0" in lines
    assert "Новость 5" not in lines


def test_it_runs_no_line_about_a_story_that_is_gone(client: Client) -> None:
    article = make_article("Мост сдали")
    TickerItem.objects.create(article=article)
    publishing.withdraw(article)
    assert "Мост сдали" not in ticker(client)


def test_it_has_no_ticker_without_news(client: Client) -> None:
    assertNotContains(client.get("/"), "data-ticker>")


def test_it_shows_a_page_of_the_site(client: Client) -> None:
    page = Page.objects.create(path="about", title="О редакции", body="<h2>Контакты</h2>", seo_description="О нас")
    response = client.get(page.get_absolute_url())
    assertContains(response, "<h1>О редакции</h1>")
    assert re.search(r"<h2[^>]*>(<a [^>]*>)?Контакты", response.text)
    assertContains(response, '<meta name="description" content="О нас">')


@pytest.mark.parametrize("address", ["/nothing/", "/news/1/x/", "/category/none/", "/2026/13/01/", "/sitemap-x.xml"])
def test_it_says_that_a_page_is_not_there(client: Client, address: str) -> None:
    response = client.get(address)
    assertContains(response, 'role="search"', status_code=404)


def test_it_says_that_a_story_was_taken_off(client: Client) -> None:
    article = make_article("Bridge", language="en")
    publishing.withdraw(article)
    assertContains(client.get(article.get_absolute_url()), "This story is no longer here", status_code=410)


def test_it_offers_the_latest_news_where_a_page_cannot_be_shown(client: Client) -> None:
    article, gone = make_article("Мост сдали"), make_article("Ошибка")
    publishing.withdraw(gone)
    for address, status in (("/nothing/", 404), (gone.get_absolute_url(), 410)):
        assertContains(client.get(address), article.get_absolute_url(), status_code=status)


@pytest.mark.parametrize(
    ("address", "words"), [("/admin/login/", "Форма не принята"), ("/en/nothing/", "The form was not taken")]
)
def test_it_says_in_the_language_of_the_page_that_a_form_was_not_taken(address: str, words: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(address, {"username": "erin"})
    assertContains(answer, words, status_code=403)


def test_it_says_that_something_went_wrong_without_a_database() -> None:
    html = render_to_string("500.html")
    assert html.startswith("<!doctype html>")
    assert html.count("<h1>") == 1


def test_it_tells_robots_where_to_look(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /admin/", "Disallow: /search/", "Disallow: /en/search/"} < set(lines)
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in lines


def test_it_lists_what_search_engines_may_read(client: Client) -> None:
    article = make_article(at=datetime(2026, 11, 20, 9, tzinfo=UTC))
    make_article("Тайно", at=datetime(2026, 11, 20, 9, tzinfo=UTC), noindex=True)
    assertContains(client.get("/sitemap.xml"), "<loc>http://127.0.0.1:8000/sitemap-2026-11.xml</loc>")
    month = client.get("/sitemap-2026-11.xml")
    assertContains(month, f"<loc>http://127.0.0.1:8000{article.get_absolute_url()}</loc>")
    assertContains(month, "<url>", count=1)
    assertContains(client.get("/sitemap-site.xml"), "<loc>http://127.0.0.1:8000/en/</loc>")

"""Sitemaps and robots.txt: what search engines are led to, in the forms that they publish."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from lxml import etree
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains

from articles import publishing, sitemaps
from articles.models import Article
from portal.models import Distribution, Page, SiteSettings
from tests.factories import make_article, make_author, make_category, make_media
from tests.harness.pages import holes_aside

pytestmark = pytest.mark.django_db

HERE = "http://127.0.0.1:8000"
SCHEMAS = Path(__file__).parents[2] / "data" / "sitemaps"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
MOMENT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def valid(client: Client, address: str, schema: str = "sitemap.xsd") -> Any:
    """Returns the root of a sitemap, which the schema of the protocol finds nothing wrong with."""
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    root = etree.fromstring(answer.content)
    etree.XMLSchema(etree.parse(str(SCHEMAS / schema))).assertValid(root)
    return root


def paths(root: Any) -> list[str]:
    return [each.text.removeprefix(HERE) for each in root.iter(f"{SITEMAP}loc")]


def test_the_index_names_every_file_with_its_last_change(client: Client) -> None:
    make_article(at=MOMENT)
    root = valid(client, "/sitemap.xml", "siteindex.xsd")
    assert paths(root) == ["/sitemap-site.xml", "/sitemap-2026-11.xml"]
    changed = Article.objects.get().modified_at
    assert changed
    assert [each.text for each in root.iter(f"{SITEMAP}lastmod")] == [changed.isoformat()]


def test_a_month_has_its_stories_with_picture_and_last_change(client: Client) -> None:
    media = make_media()
    article = make_article(at=MOMENT, hero=media)
    make_article("Раньше", at=MOMENT - timedelta(days=40))
    root = valid(client, "/sitemap-2026-11.xml")
    assert paths(root) == [article.get_absolute_url()]
    assert [each.text for each in root.iter(f"{IMAGE}loc")] == [f"{HERE}{media.url}"]
    assert article.modified_at
    assert root.findtext(f".//{SITEMAP}lastmod") == article.modified_at.isoformat()


def test_what_is_not_to_be_found_is_in_no_sitemap(client: Client) -> None:
    now = timezone.now()
    make_article("Тайно", noindex=True)
    make_article("Завтра", at=now + timedelta(days=1))
    publishing.withdraw(make_article("Отозвано"))
    assert client.get(f"/sitemap-{now:%Y-%m}.xml").status_code == 404
    assert "<url>" not in client.get("/sitemap-news.xml").content.decode()


def test_a_story_printed_elsewhere_first_is_no_news_of_ours(client: Client) -> None:
    make_article("Чужое", at=MOMENT, canonical_url="https://elsewhere.example/1/")
    own = make_article("Своё", at=MOMENT)
    assert paths(valid(client, "/sitemap-2026-11.xml")) == [own.get_absolute_url()]


def test_a_full_month_is_divided(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MOST", 2)
    stories = [make_article(f"Мост {hour}", at=MOMENT + timedelta(hours=hour)) for hour in range(5)]
    parts = ["/sitemap-2026-11.xml", "/sitemap-2026-11-2.xml", "/sitemap-2026-11-3.xml"]
    assert paths(valid(client, "/sitemap.xml", "siteindex.xsd"))[1:] == parts
    found = [path for part in parts for path in paths(valid(client, part))]
    assert found == [story.get_absolute_url() for story in stories]
    assert client.get("/sitemap-2026-11-4.xml").status_code == 404


@pytest.mark.parametrize(
    "section",
    ["2026-11-1", "2026-11-0", "2026-11-99999", "2026-1", "site-2", "tags-2", "site-x", "x", "9999-12", "0000-01"],
)
def test_it_has_no_file_of_another_name(client: Client, section: str) -> None:
    make_article(at=MOMENT)
    assert client.get(f"/sitemap-{section}.xml").status_code == 404


def test_the_news_sitemap_names_the_publication_in_the_language_of_the_story(client: Client) -> None:
    SiteSettings(name_ru="Заречный вестник", name_en="Zarechye Herald").save()
    make_article("Bridge & river", language="en")
    root = valid(client, "/sitemap-news.xml")
    told = [root.findtext(f".//{NEWS}{name}") for name in ("name", "language", "title")]
    assert told == ["Zarechye Herald", "en", "Bridge & river"]
    assert datetime.fromisoformat(root.findtext(f".//{NEWS}publication_date")).tzinfo


@time_machine.travel(MOMENT, tick=False)
def test_the_news_sitemap_has_two_days_and_no_advertisement(client: Client) -> None:
    make_article("Старое", at=MOMENT - timedelta(days=2, minutes=1))
    make_article("Реклама", sponsor_name="ООО «Окна»")
    fresh = [make_article(at=MOMENT - timedelta(hours=hours)) for hours in (1, 47)]
    with holes_aside() as render:
        assert paths(valid(client, "/sitemap-news.xml")) == [each.get_absolute_url() for each in fresh]
    assert render.changes_at == MOMENT + timedelta(hours=1)


def test_the_news_sitemap_has_no_more_than_is_allowed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MOST_NEWS", 2)
    for _number in range(3):
        make_article()
    assert len(paths(valid(client, "/sitemap-news.xml"))) == 2


def test_the_site_part_has_front_pages_lists_and_static_pages(client: Client) -> None:
    make_article(category=make_category("Город"), authors=[make_author("Мария Лаптева")])
    make_category("Пустая")
    Page.objects.create(path="about", title="О редакции")
    Page.objects.create(path="hidden", title="Черновик", is_published=False)
    found = set(paths(valid(client, "/sitemap-site.xml")))
    lists = {"/category/gorod/", "/author/mariya-lapteva/"}
    assert {"/", "/news/", "/en/", "/en/news/", "/about/"} | lists <= found
    assert not {"/category/pustaya/", "/hidden/", "/en/category/gorod/"} & found


def test_search_engines_are_led_to_no_thin_tag(client: Client) -> None:
    for number in range(3):
        make_article(f"Мост {number}", tags=["мосты", *(["река"] if number else [])])
    assert paths(valid(client, "/sitemap-tags.xml")) == ["/tag/mosty/"]


def test_another_month_stays_stored_when_a_story_is_published(client: Client) -> None:
    november = make_article(at=MOMENT)
    with holes_aside() as render:
        client.get("/sitemap-2026-11.xml")
    assert render.tags & november.relist()
    assert not render.tags & make_article(at=MOMENT - timedelta(days=40)).relist()


@pytest.mark.parametrize(
    ("address", "queries"),
    [("/sitemap.xml", 9), ("/sitemap-2026-11.xml", 4), ("/sitemap-site.xml", 8), ("/sitemap-tags.xml", 5)],
)
def test_it_takes_no_more_queries_than_before(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str, queries: int
) -> None:
    for name in ("Один", "Два", "Три"):
        fields: dict[str, Any] = {"authors": [make_author(name)], "hero": make_media()}
        make_article(name, at=MOMENT, category=make_category(name), tags=["мосты"], **fields)
    with holes_aside(), django_assert_num_queries(queries):
        client.get(address)


def test_robots_are_told_where_the_sitemaps_are(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {f"Sitemap: {HERE}/sitemap.xml", f"Sitemap: {HERE}/sitemap-news.xml"} < set(lines)


def test_robots_are_told_what_an_administrator_adds(client: Client) -> None:
    Distribution(robots="Disallow: /old/?a=1&b=2\n\nUser-agent: Bad Robot\nDisallow: /").save()
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /en/search/\nDisallow: /old/?a=1&b=2\n\nUser-agent: Bad Robot\nDisallow: /\n" in text


@pytest.fixture
def admins(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("ada", password="ada-ada-ada"))
    return client


def settings_form(**fields: Any) -> dict[str, Any]:
    shown = {
        "zen_format": "format-article",
        "zen_comments": "comment-all",
        "zen_min_width": 700,
        "indexnow_address": "https://api.indexnow.org/indexnow",
    }
    return shown | fields


def test_an_administrator_saves_all_of_it(admins: Client) -> None:
    form = settings_form(
        robots="Disallow: /old/", websub_hubs="https://hub.example/", yandex_token="0123456789abcdef", indexnow="on"
    )
    assert admins.post("/admin/portal/distribution/1/change/", form).status_code == 302
    saved = Distribution.current()
    assert (saved.hubs, saved.robots, saved.indexnow) == (["https://hub.example/"], "Disallow: /old/", True)
    assert len(saved.indexnow_key) == 32


@pytest.mark.parametrize(
    "wrong",
    [
        {"robots": "Disalow: /old/"},
        {"robots": "<b>x</b>"},
        {"robots": "Disallow: /старое/"},
        {"robots": "# x\n" * 300},
        {"websub_hubs": "http://hub.example/"},
        {"websub_hubs": "https://"},
        {"websub_hubs": "https://user:pass@hub.example/"},
        {"websub_hubs": "https://[::1"},
        {"websub_hubs": "https://hub.example:99999/"},
        {"websub_hubs": "\n".join(f"https://hub{n}.example/" for n in range(6))},
        {"indexnow_address": "ftp://x.example/"},
        {"indexnow_address": ""},
        {"zen_min_width": "-5"},
        {"zen_min_width": "9" * 40},
        {"zen_format": "format-x"},
        {"share_picture": "999999999999999999999"},
        {"yandex_token": '<meta name="yandex-verification" content="0123456789abcdef">'},
        {"google_token": "x"},
        {"bing_token": "0123456789ABCDEF0123456789ABCDEG"},
        {"mailru_token": "0123456789abcdef\x00"},
        {"facebook_token": "javascript:alert(1)"},
        {"zen_token": "а" * 20},
    ],
)
def test_what_is_malformed_is_refused_and_comes_back(admins: Client, wrong: dict[str, str]) -> None:
    answer = admins.post("/admin/portal/distribution/1/change/", settings_form(**wrong))
    assertContains(answer, "errorlist")
    assert not Distribution.objects.exists()

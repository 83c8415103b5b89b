"""The head of every public page: what links look like, and what search engines are told."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import Article, Correction
from portal.models import Distribution, Page, SiteSettings
from tests.factories import make_article, make_author, make_category, make_media, make_picture, make_source

pytestmark = pytest.mark.django_db

HERE = "http://127.0.0.1:8000"
MOMENT = datetime(2026, 11, 20, 9, tzinfo=UTC)
PUBLIC = ["/", "/en/", "/news/", "/category/gorod/", "/tag/mosty/", "/author/mariya-lapteva/", "/about/", "article",
          "/source/port/", "/2026/11/20/", "/2026/11/", "/archive/", "/authors/"]  # fmt: skip


@pytest.fixture
def newsroom() -> Article:
    """Something of every kind that has a page."""
    SiteSettings(
        name_ru="Заречный вестник", name_en="Herald", description_ru="Новости города", logo=make_media()
    ).save()
    Distribution(share_picture=make_media()).save()
    Page.objects.create(path="about", title="О редакции", seo_description="Кто пишет")
    return make_article(
        "Мост & река",
        at=MOMENT,
        lead="Раньше срока.",
        hero=make_media(),
        category=make_category("Город"),
        tags=["мосты"],
        authors=[make_author("Мария Лаптева", bio_ru="Пишет о городе.")],
        sources=[make_source("пресс-служба порта", slug="port", url="https://port.example/")],
    )


def html(client: Client, address: str, article: Article) -> str:
    answer = client.get(article.get_absolute_url() if address == "article" else address)
    assert answer.status_code == 200
    return answer.content.decode()


def metas(page: str) -> dict[str, str]:
    return {
        name: content for _kind, name, content in re.findall(r'<meta (name|property)="([^"]+)" content="([^"]*)"', page)
    }


def structured(page: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(each) for each in found]


@pytest.mark.parametrize("address", PUBLIC)
def test_every_page_says_what_a_link_to_it_looks_like(client: Client, newsroom: Article, address: str) -> None:
    told = metas(html(client, address, newsroom))
    for name in ("type", "title", "url", "site_name", "locale", "image", "image:width", "image:height", "image:type"):
        assert told.get(f"og:{name}"), name
    assert told["og:url"].startswith(HERE)
    assert told["og:image"].startswith(f"{HERE}/media/")
    assert told["twitter:card"] in {"summary", "summary_large_image"}
    assert told["twitter:title"] == told["og:title"]


@pytest.mark.parametrize("address", PUBLIC)
def test_every_page_has_one_description_one_canonical_and_large_previews(
    client: Client, newsroom: Article, address: str
) -> None:
    page = html(client, address, newsroom)
    assert page.count('<link rel="canonical"') == 1
    assert page.count('<meta name="robots"') == 1
    if address not in {"/en/", "/tag/mosty/", "/source/port/"}:  # a thin list is not to be found
        assert metas(page)["robots"] == "max-image-preview:large"
        assert page.count('<meta name="description"') == 1
        assert metas(page)["og:description"] == metas(page)["description"]


def test_a_description_is_one_line_and_not_too_long(client: Client) -> None:
    make_author("Мария Лаптева", bio_ru="Пишет\nо «мостах» & реках. " * 30)
    told = metas(client.get("/author/mariya-lapteva/").content.decode())
    assert told["description"].startswith("Пишет о «мостах» &amp; реках. Пишет")
    assert len(told["description"]) < 400


def test_every_page_leads_to_the_feeds_in_three_forms(client: Client, newsroom: Article) -> None:
    page = html(client, "/category/gorod/", newsroom)
    links = re.findall(r'<link rel="alternate" type="application/(\w+)\+\w+" title="[^"]+" href="([^"]+)">', page)
    assert links == [
        *[("rss", "/feed/"), ("atom", "/feed/atom/"), ("feed", "/feed/json/")],
        *[("rss", "/category/gorod/feed/"), ("atom", "/category/gorod/feed/atom/")],
        ("feed", "/category/gorod/feed/json/"),
    ]


def test_an_article_keeps_what_google_asks_of_news(client: Client, newsroom: Article) -> None:
    """https://developers.google.com/search/docs/appearance/structured-data/article: recommended properties."""
    newsroom.hero.renditions = {crop: {"jpeg": [640, 1200]} for crop in ("16x9", "4x3", "1x1")}  # type: ignore[union-attr]
    newsroom.hero.save()  # type: ignore[union-attr]
    story = structured(html(client, "article", newsroom))[0]
    assert story["@context"] == "https://schema.org"
    assert story["@type"] == "NewsArticle"
    assert len(story["headline"]) <= 110
    for name in ("datePublished", "dateModified"):
        assert datetime.fromisoformat(story[name]).tzinfo
    assert [re.search(r"/(\w+)-1200\.jpeg$", each)[1] for each in story["image"]] == ["16x9", "4x3", "1x1"]  # type: ignore[index]
    assert story["author"] == [{"@type": "Person", "name": "Мария Лаптева", "url": f"{HERE}/author/mariya-lapteva/"}]
    assert story["publisher"]["@type"] == "NewsMediaOrganization"
    assert story["publisher"]["logo"]["url"].startswith(f"{HERE}/media/")
    assert (story["articleSection"], story["keywords"], story["inLanguage"]) == ("Город", ["мосты"], "ru")
    assert story["isAccessibleForFree"] is True


def test_an_article_names_its_sources_and_corrections(client: Client, newsroom: Article) -> None:
    newsroom.citations.update(url="https://port.example/news/1/")
    Correction.objects.create(article=newsroom, text="Длина моста 412 метров.", published_at=MOMENT)
    story = structured(html(client, "article", newsroom))[0]
    assert story["isBasedOn"] == ["https://port.example/news/1/"]
    assert story["citation"][0]["name"] == "пресс-служба порта"
    assert story["correction"] == [
        {"@type": "CorrectionComment", "text": "Длина моста 412 метров.", "datePublished": MOMENT.isoformat()}
    ]


def test_a_translation_names_its_original_and_the_original_its_translation(client: Client) -> None:
    original, english = make_article(), make_article("Bridge", language="en")
    Article.objects.update(translation_group=original.translation_group)
    first = structured(html(client, "article", original))[0]
    second = structured(html(client, "article", english))[0]
    assert [each["url"] for each in first["workTranslation"]] == [f"{HERE}{english.get_absolute_url()}"]
    assert [each["url"] for each in second["translationOfWork"]] == [f"{HERE}{original.get_absolute_url()}"]


def test_an_opinion_is_called_one_and_a_story_without_a_name_is_by_the_newsroom(client: Client) -> None:
    story = structured(html(client, "article", make_article(is_opinion=True)))[0]
    assert story["@type"] == "OpinionNewsArticle"
    assert story["author"] == story["publisher"]


def test_the_front_page_says_who_publishes_and_how_to_search(client: Client, newsroom: Article) -> None:
    (graph,) = structured(html(client, "/", newsroom))
    publisher, site = graph["@graph"]
    assert (publisher["@type"], publisher["name"]) == ("NewsMediaOrganization", "Заречный вестник")
    action = site["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{HERE}/search/?q={{search_term_string}}"
    assert action["query-input"] == "required name=search_term_string"


def test_a_list_names_its_stories_in_order(client: Client, newsroom: Article) -> None:
    page = next(each for each in structured(html(client, "/news/", newsroom)) if each["@type"] == "CollectionPage")
    (item,) = page["mainEntity"]["itemListElement"]
    assert (item["position"], item["url"]) == (1, f"{HERE}{newsroom.get_absolute_url()}")


def test_the_front_page_proves_whose_site_it_is(client: Client) -> None:
    Distribution(yandex_token="0123456789abcdef", bing_token="0" * 32).save()
    page = client.get("/")
    assertContains(page, '<meta name="yandex-verification" content="0123456789abcdef">')
    assertContains(page, f'<meta name="msvalidate.01" content="{"0" * 32}">')
    assertNotContains(page, "google-site-verification")


def test_a_phone_may_keep_the_site(client: Client) -> None:
    SiteSettings(name_ru="Заречный вестник", brand="#0b5394", icon=make_media(content=make_picture(512, 512))).save()
    answer = client.get("/site.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert (told["name"], told["theme_color"], told["lang"]) == ("Заречный вестник", "#0b5394", "ru")
    assert told["icons"][0]["sizes"] == "512x512"
    assertContains(client.get("/"), '<link rel="manifest" href="/site.webmanifest">')

"""What stands on the page of an article."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import Article, Correction
from portal.models import Menu, MenuItem
from tests.factories import make_article, make_author, make_category, make_media, make_picture, make_source
from tests.harness.pages import holes_aside

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 11, 22, 9, 40, tzinfo=UTC)  # 12:40 in Moscow


def page_of(client: Client, article: Article) -> str:
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def structured(html: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return [json.loads(each) for each in found]


def test_it_says_the_date_in_the_language_of_the_page(client: Client) -> None:
    russian = make_article(at=MOMENT)
    english = make_article(at=MOMENT, language="en")
    assert '<time datetime="2026-11-22T12:40+03:00">22 ноября 2026, 12:40</time>' in page_of(client, russian)
    assert "22 November 2026, 12:40" in page_of(client, english)


def test_it_shows_corrections(client: Client) -> None:
    article = make_article()
    Correction.objects.create(article=article, text="Длина моста 412 метров.")
    assertContains(client.get(article.get_absolute_url()), "Длина моста 412 метров.")


def test_it_makes_a_heading_of_the_date_where_there_is_no_title(client: Client) -> None:
    html = page_of(client, make_article("", at=MOMENT))
    assert re.search(r"<h1[^>]*>22 ноября 2026, 12:40</h1>", html)


def test_it_marks_an_advertisement_with_who_paid_and_its_token(client: Client) -> None:
    html = page_of(client, make_article(language="en", sponsor_name="Warm Windows", sponsor_erid="2VtzqwErt"))
    assert "Advertisement. Warm Windows" in html
    assert "erid: 2VtzqwErt" in html


def test_it_leaves_no_empty_boxes_around_a_story_of_words_alone(client: Client) -> None:
    html = page_of(client, make_article())
    for box in ('class="hero"', 'class="sources"', 'class="tags"', 'class="author-box"', 'class="translations"'):
        assert box not in html


def test_it_asks_for_the_hero_first_and_reserves_its_place(client: Client) -> None:
    html = page_of(client, make_article(hero=make_media()))
    hero = re.search(r'<figure class="hero">.*?</figure>', html, re.DOTALL)
    assert hero
    assert 'fetchpriority="high"' in hero[0]
    assert re.search(r'width="\d+" height="\d+" alt="Мост"', hero[0])


def test_it_offers_a_picture_in_every_size_that_is_drawn(client: Client) -> None:
    media = make_media(content=make_picture(1280, 720))
    media.renditions = {"16x9": {"avif": [320, 640], "jpeg": [320, 640]}}
    media.save()
    html = page_of(client, make_article(hero=media))
    assert re.search(r'<source type="image/avif" srcset="[^"]+-320.avif 320w, [^"]+-640.avif 640w"', html)
    assert re.search(r'<img [^>]*srcset="[^"]+-320.jpeg 320w, [^"]+-640.jpeg 640w"', html)


def test_it_tells_search_engines_what_the_story_is(client: Client) -> None:
    article = make_article("Мост сдали", at=MOMENT, category=make_category("Экономика"), authors=[make_author()])
    story, way = structured(page_of(client, article))
    assert story["@type"] == "NewsArticle"
    assert story["headline"] == "Мост сдали"
    assert story["datePublished"] == "2026-11-22T09:40:00+00:00"
    assert story["author"][0]["name"] == "Мария Лаптева"
    assert [step["name"] for step in way["itemListElement"]][1:] == ["Экономика", "Мост сдали"]


def test_it_lets_no_title_close_the_structured_data(client: Client) -> None:
    title = "</script><script>alert(1)</script> & <b>"
    story, _way = structured(page_of(client, make_article(title)))
    assert story["headline"] == title


def test_it_tells_social_networks_what_to_show(client: Client) -> None:
    html = page_of(client, make_article("Мост сдали", lead="Раньше срока.", hero=make_media()))
    assert '<meta property="og:title" content="Мост сдали">' in html
    assert '<meta property="og:description" content="Раньше срока.">' in html
    assert re.search(r'<meta property="og:image" content="http[^"]+\.jpg">', html)


def test_it_prefers_what_an_editor_wrote_for_search_engines(client: Client) -> None:
    html = page_of(client, make_article(seo_title="Новый мост", seo_description="Коротко о мосте."))
    assert "<title>Новый мост — " in html
    assert '<meta name="description" content="Коротко о мосте.">' in html


def test_it_names_its_full_address_as_the_original(client: Client) -> None:
    article = make_article()
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{article.get_absolute_url()}">' in page_of(
        client, article
    )


def test_it_names_another_original_where_there_is_one(client: Client) -> None:
    html = page_of(client, make_article(canonical_url="https://agency.example/1"))
    assert '<link rel="canonical" href="https://agency.example/1">' in html


def test_it_keeps_a_story_from_search_engines_on_demand(client: Client) -> None:
    assert '<meta name="robots" content="noindex">' in page_of(client, make_article(noindex=True))


def test_it_links_a_story_to_its_translation(client: Client) -> None:
    article, translation = make_article(), make_article("Bridge", language="en")
    Article.objects.filter(pk=translation.pk).update(translation_group=article.translation_group)
    html = page_of(client, article)
    assert f'hreflang="en" href="http://127.0.0.1:8000{translation.get_absolute_url()}"' in html
    assert f'<a href="{translation.get_absolute_url()}" lang="en"' in html


def test_it_does_not_link_to_a_translation_that_readers_may_not_see(client: Client) -> None:
    article = make_article()
    coming = make_article("Bridge", language="en", at=timezone.now() + timedelta(days=1))
    Article.objects.filter(pk=coming.pk).update(translation_group=article.translation_group)
    assertNotContains(client.get(article.get_absolute_url()), coming.get_absolute_url())


@pytest.mark.parametrize("title", ["Ы" * 200, "<b>Жирно</b>", "A & B", "«Кавычки» — тире"])
def test_it_shows_any_title_as_it_was_written(client: Client, title: str) -> None:
    assert f"<h1>{escape(title)}</h1>" in page_of(client, make_article(title))


def test_it_takes_no_more_queries_than_before(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    category, tags = make_category(), ["мосты", "река"]
    fields: dict[str, Any] = {"category": category, "tags": tags, "sources": [make_source()], "hero": make_media()}
    make_article("Другая", **fields)
    article = make_article(authors=[make_author()], **fields)
    MenuItem.objects.create(menu=Menu.objects.create(place="main"), category=category)
    with holes_aside(), django_assert_num_queries(9):
        client.get(article.get_absolute_url())


@time_machine.travel(MOMENT, tick=False)
def test_it_says_the_hour_today_and_the_day_before(client: Client) -> None:
    for days, shown in ((0, "12:40"), (1, "21 ноября, 12:40"), (400, "18 октября 2025")):
        make_article("Заметка", at=MOMENT - timedelta(days=days), tags=["мосты"])
        assert shown in client.get("/tag/mosty/").content.decode()

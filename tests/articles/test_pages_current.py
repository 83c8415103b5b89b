"""Pages that would be easy to forget: what they show is tagged, and what is not for readers stays unsaid."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Correction, Tag
from lib.pagecache.rendering import Render, rendering
from tests.factories import make_article, make_category, make_draft, make_source

pytestmark = pytest.mark.django_db


def tags_of(client: Client, address: str) -> set[str]:
    with rendering(Render(began_at=timezone.now(), holes=[])) as render:
        assert client.get(address).status_code == 200
    return render.tags


@pytest.mark.parametrize("address", ["article", "feed"])
def test_it_is_told_when_a_tag_changes(client: Client, address: str) -> None:
    article = make_article(tags=["мосты"])
    page = article.get_absolute_url() if address == "article" else "/feed/"
    assert f"tag:{Tag.objects.get().pk}" in tags_of(client, page)


def test_it_is_told_when_a_category_comes_below_another(client: Client) -> None:
    city = make_category("Город")
    assert "categories" in tags_of(client, city.get_absolute_url())
    assert "categories" in make_category("Транспорт", parent=city).cache_tags()


def test_it_does_not_name_the_tag_or_source_of_a_story_to_come(client: Client) -> None:
    make_article(tags=["секрет"], sources=[make_source(slug="port")], at=timezone.now() + timedelta(hours=1))
    assert [client.get(address).status_code for address in ("/tag/sekret/", "/source/port/")] == [404, 404]


def test_it_shows_a_correction_at_its_time(client: Client) -> None:
    article = make_article()
    for hours, text in ((-1, "Открыли раньше"), (1, "Закрыли позже")):
        Correction.objects.create(article=article, text=text, published_at=timezone.now() + timedelta(hours=hours))
    page = client.get(article.get_absolute_url()).text
    assert ("Открыли раньше" in page, "Закрыли позже" in page) == (True, False)


@pytest.mark.parametrize("month", ["0001-01", "9999-12", "2020-01", "2026-13", "x"])
def test_it_has_no_sitemap_for_a_month_without_news(client: Client, month: str) -> None:
    make_draft()
    assert client.get(f"/sitemap-{month}.xml").status_code == 404


@pytest.mark.parametrize("address", ["/category/%00/", "/category/%00/feed/", "/tag/%00/", "/%00/", "/en/%00/"])
def test_it_knows_no_address_with_a_nul(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404

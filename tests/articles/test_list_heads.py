"""What stands on top of a list: pins of a category, a tag's description, who an author is."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains
from zeal import zeal_ignore

from articles.models import Article, Author, Category, CategoryPin, Tag
from lib.pagecache.rendering import Render, rendering
from tests.factories import make_article, make_author, make_category, make_draft, make_media

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def city() -> Category:
    return make_category("Город")


def stories(category: Category, number: int, **fields: Any) -> list[Article]:
    return [
        make_article(f"Новость {each}", category=category, at=NOW - timedelta(hours=each), **fields)
        for each in range(number)
    ]


def pin(article: Article, category: Category, **fields: Any) -> CategoryPin:
    return CategoryPin.objects.create(article=article, category=category, **fields)


def main_part(client: Client, address: str) -> str:
    return client.get(address).text.partition("<main")[2].partition("<aside")[0]


def test_it_holds_pinned_stories_on_top_and_nowhere_else(client: Client, city: Category) -> None:
    *_newer, oldest = stories(city, 5)
    pin(oldest, city)
    html = main_part(client, "/category/gorod/")
    assert html.index("Новость 4<") < html.index("Новость 0<")
    assert html.count(oldest.get_absolute_url()) == 1


def test_it_keeps_the_order_of_the_pins_and_shows_three(client: Client, city: Category) -> None:
    for place, article in enumerate(stories(city, 5)):
        pin(article, city, order=9 - place)
    html = main_part(client, "/category/gorod/")
    leads = html.partition('<section class="leads')[2].partition("</section>")[0]
    assert [leads.find(f"Новость {number}<") >= 0 for number in range(5)] == [False, False, True, True, True]
    assert leads.index("Новость 4<") < leads.index("Новость 3<")


def test_it_lets_go_of_a_pin_by_the_clock(client: Client, city: Category) -> None:
    first, second = stories(city, 2)
    pin(first, city, until=NOW - timedelta(minutes=1))
    pin(second, city, until=NOW + timedelta(hours=9))
    with rendering(Render(began_at=timezone.now(), holes=[])) as render:
        html = main_part(client, "/category/gorod/")
    assert html.partition('<section class="leads')[2].partition("</section>")[0].count("<h2") == 1
    assert render.changes_at == NOW + timedelta(hours=9)


def test_it_shows_pins_on_the_first_page_only(client: Client, city: Category) -> None:
    articles = stories(city, 22)
    pin(articles[0], city)
    older = f"/category/gorod/?before={articles[19].cursor}"
    assert 'class="leads' not in main_part(client, older)


@pytest.mark.parametrize("hidden", ["scheduled", "draft", "english"])
def test_it_pins_only_what_readers_of_this_page_may_see(client: Client, city: Category, hidden: str) -> None:
    make: dict[str, Any] = {"category": city, "title": "Секрет"}
    held = {
        "scheduled": lambda: make_article(at=NOW + timedelta(hours=1), **make),
        "draft": lambda: make_draft(**make),
        "english": lambda: make_article(language="en", **make),
    }[hidden]()
    pin(held, city)
    assertNotContains(client.get("/category/gorod/"), "Секрет")


def test_it_notices_when_pins_change(client: Client, city: Category) -> None:
    with rendering(Render(began_at=timezone.now(), holes=[])) as render:
        client.get("/category/gorod/")
    assert render.tags & pin(make_article(category=city), city).cache_tags()


def test_it_shows_only_pins_where_a_category_has_nothing_else(client: Client, city: Category) -> None:
    pin(make_article("Мост"), city)
    html = main_part(client, "/category/gorod/")
    assert "Мост<" in html
    assert 'class="empty"' not in html


@pytest.mark.parametrize(("number", "status"), [(3, 302), (4, 200)])
def test_it_pins_no_more_than_three_of_a_language_on_the_desk(
    erins: Client, city: Category, number: int, status: int
) -> None:
    sent: dict[str, Any] = {"name_ru": "Город", "slug": "gorod", "order": 0}
    sent |= {f"pins-{name}": value for name, value in (("TOTAL_FORMS", number), ("INITIAL_FORMS", 0))}
    for row, article in enumerate(stories(city, number)):
        sent |= {f"pins-{row}-article": article.pk, f"pins-{row}-order": row + 1}
    with zeal_ignore():  # Django's forms ask for each choice by itself
        answer = erins.post(f"/admin/articles/category/{city.pk}/change/", sent)
    assert answer.status_code == status
    assert CategoryPin.objects.count() == (3 if number == 3 else 0)


def test_it_refuses_what_is_no_story_to_pin(erins: Client, city: Category) -> None:
    sent = {"name_ru": "Город", "slug": "gorod", "order": 0, "pins-TOTAL_FORMS": 1, "pins-INITIAL_FORMS": 0}
    sent |= {"pins-0-article": "9" * 30, "pins-0-order": "x", "pins-0-until": "0001-01-01T00:00"}
    assert erins.post(f"/admin/articles/category/{city.pk}/change/", sent).status_code == 200
    assert not CategoryPin.objects.exists()


def test_it_shows_the_picture_of_a_category_with_its_credit(client: Client) -> None:
    picture = make_media(credit="Илья Соснин")
    category = make_category("Край", picture=picture)
    assertContains(client.get(category.get_absolute_url()), "Илья Соснин")
    assert str(category) in picture.uses()


def test_it_describes_a_tag_in_the_language_of_the_page(client: Client) -> None:
    for language in ("ru", "en"):
        make_article(language=language, tags=["мосты"])
    Tag.objects.update(description_ru="Всё о мостах.")
    assertContains(client.get("/tag/mosty/"), '<p class="about">Всё о мостах.</p>')
    assertNotContains(client.get("/en/tag/mosty/"), "Всё о мостах")


def test_it_leads_to_an_author_elsewhere_and_tells_machines(client: Client) -> None:
    author = make_author(links="https://t.me/lapteva\nhttps://vk.example/lapteva/", email="lapteva@example.com")
    html = client.get(author.get_absolute_url()).text
    assert '<a href="https://t.me/lapteva" rel="me noopener">t.me/lapteva</a>' in html
    assert '"sameAs": ["https://t.me/lapteva", "https://vk.example/lapteva/"]' in html
    assert "lapteva@example.com" in html


def test_it_keeps_the_page_of_who_has_left_without_the_mail(client: Client) -> None:
    author = make_author(is_active=False, email="lapteva@example.com")
    make_article("Мост", authors=[author])
    assertContains(client.get(author.get_absolute_url()), "Мост")
    assertNotContains(client.get(author.get_absolute_url()), "lapteva@example.com")


@pytest.mark.parametrize("links", ["t.me/lapteva", "javascript:alert(1)", "https://[", "ftp://example.com/"])
def test_it_refuses_a_link_of_an_author_that_leads_nowhere(links: str) -> None:
    with pytest.raises(ValidationError):
        Author(name_ru="Мария", slug="mariya", links=f"https://t.me/lapteva\n{links}").full_clean()


def test_it_introduces_who_works_here(client: Client) -> None:
    make_author("Яна Яшина", role_ru="Редактор")
    make_author("Анна Авдеева", photo=make_media())
    make_author("Борис Ушёл", is_active=False)
    make_author("Вера Вкорзине").move_to_bin(NOW)
    html = main_part(client, "/authors/")
    assert html.index("Анна Авдеева") < html.index("Яна Яшина")
    assert "Редактор" in html
    assert "Ушёл" not in html + client.get("/en/authors/").text
    assert "Вкорзине" not in html


def test_it_says_that_nobody_is_introduced(client: Client) -> None:
    assertContains(client.get("/en/authors/"), "Nobody is introduced here yet.")


def test_it_notices_a_new_author(client: Client) -> None:
    with rendering(Render(began_at=timezone.now(), holes=[])) as render:
        client.get("/authors/")
    assert render.tags & make_author().cache_tags()

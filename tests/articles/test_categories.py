"""The tree of categories: addresses, moves, and the lists of those above."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from articles.lists import list_page
from articles.models import Article, Category
from tests.factories import make_article, make_author, make_category, make_draft, make_source

pytestmark = pytest.mark.django_db


def in_category(category: Category) -> list[Article]:
    return list_page(f"category:{category.pk}", "ru", now=timezone.now()).articles


def test_it_is_addressed_by_the_path_of_its_slugs(client: Client) -> None:
    transport = make_category("Транспорт", parent=make_category("Город"))
    assert transport.get_absolute_url() == "/category/gorod/transport/"
    assert client.get(transport.get_absolute_url()).status_code == 200


def test_it_takes_its_articles_along_when_it_moves() -> None:
    city, region = make_category("Город"), make_category("Край")
    transport = make_category("Транспорт", parent=city)
    buses = make_category("Автобусы", parent=transport)
    article, other = make_article(category=buses), make_article(category=city)
    transport.parent = region
    transport.save()
    assert (in_category(city), in_category(region), in_category(buses)) == ([other], [article], [article])


def test_it_redirects_the_old_addresses_of_what_moved(
    client: Client, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    city = make_category("Город")
    make_category("Транспорт", parent=city)
    city.slug = "town"
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        city.save()
    moved = client.get("/category/gorod/transport/")
    assert (moved.status_code, moved["Location"]) == (301, "/category/town/transport/")


def test_it_cannot_stand_below_itself() -> None:
    city = make_category("Город")
    city.parent = make_category("Транспорт", parent=city)
    with pytest.raises(ValidationError, match="below itself|ниже самой себя"):
        city.full_clean(exclude=["path"])


def test_it_cannot_take_the_address_of_another() -> None:
    make_category("Город")
    with pytest.raises(ValidationError):
        make_category("Город")


def test_it_finds_addresses_for_names_without_letters() -> None:
    categories = [make_category(name) for name in ("!!!", "???", "…")]
    assert [category.path for category in categories] == ["category", "category-2", "category-3"]


@pytest.mark.parametrize("slug", ["feed", "page"])
def test_it_cannot_take_an_address_of_its_parents_list(slug: str) -> None:
    city = make_category("Город")
    with pytest.raises(ValidationError):
        make_category("Лента", parent=city, slug=slug)
    assert make_category("Лента", slug=slug).path == slug


def test_it_cannot_have_too_long_an_address() -> None:
    deep = None
    for _level in range(7):
        deep = make_category("Город", parent=deep, slug="a" * 99)
    with pytest.raises(ValidationError):
        make_category("Город", parent=deep, slug="aa")


def test_it_cannot_move_where_those_below_get_too_long_an_address() -> None:
    top = deep = make_category("Город", slug="a" * 99)
    for _level in range(6):
        deep = make_category("Город", parent=deep, slug="a" * 99)
    top.parent = make_category("Край", slug="bb")
    with pytest.raises(ValidationError):
        top.full_clean(exclude=["path"])


def test_it_says_in_words_what_needs_it() -> None:
    city = make_category("Город")
    make_article(category=city)
    make_category("Транспорт", parent=city)
    assert len(city.uses()) == 2


def test_it_counts_what_is_still_being_written() -> None:
    city, author, source = make_category("Город"), make_author(), make_source()
    make_draft(category=city, authors=[author], sources=[source])
    assert [len(needed.uses()) for needed in (city, author, source)] == [1, 1, 1]

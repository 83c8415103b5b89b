"""«Most read»: the stories with the most readers in a day and in a week, as every reader finds them."""

import re
import urllib.request
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from articles import publishing, reads
from articles.models import Article
from articles.most_read import SIZE, rank
from lib.pagecache.models import TagVersion
from portal.holes import most_read
from portal.models import FrontZone
from tests.factories import make_article, make_category

pytestmark = pytest.mark.django_db

TAG = "most_read:ru"


def make_read(title: str, readers: int, *, days: int = 0, **fields: Any) -> Article:
    """Returns a story that was read ``days`` ago."""
    article = make_article(title, at=timezone.now() - timedelta(days=30), **fields)
    add_readers(article, readers, days=days)
    return article


def add_readers(article: Article, readers: int, *, days: int = 0) -> None:
    hour = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=days)
    reads.add({(article.pk, hour): readers})


def make_three() -> list[Article]:
    return [make_read(title, readers) for title, readers in (("Второй", 20), ("Первый", 30), ("Третий", 10))]


def ranked(language: str = "ru", days: int = 0) -> dict[str, list[str]]:
    """Has the counter rank the stories as they stand in so many days; returns the titles of each list."""
    rank(timezone.now() + timedelta(days=days))
    with translation.override(language):
        lists = re.findall(r'aria-labelledby="most-read-(\w+)-title">(.*?)</ol>', most_read(), re.DOTALL)
    return {span: re.findall(r">([^<>]+)</a>", html) for span, html in lists}


def version() -> int | None:
    return TagVersion.objects.filter(tag=TAG).values_list("version", flat=True).first()


def test_it_ranks_by_the_readers_of_a_day_and_of_a_week() -> None:
    make_three()
    make_read("Вчерашний", 100, days=2)
    make_read("Давний", 1000, days=7)
    assert ranked() == {"day": ["Первый", "Второй", "Третий"], "week": ["Вчерашний", "Первый", "Второй", "Третий"]}


def test_it_moves_with_the_clock() -> None:
    make_three()
    assert list(ranked()) == ["day", "week"]
    assert list(ranked(days=1)) == ["week"]
    assert ranked(days=7) == {}


def test_it_ranks_each_language_by_itself() -> None:
    make_three()
    for title in ("One", "Two", "Three"):
        make_read(title, 5, language="en")
    assert ranked("en")["day"] == ["Three", "Two", "One"]
    assert ranked("ru")["day"] == ["Первый", "Второй", "Третий"]


def test_it_keeps_quiet_while_too_few_read() -> None:
    make_read("Первый", 30)
    make_read("Второй", 20)
    make_read("Третий", 2)
    assert ranked() == {}


def test_it_shows_a_few_and_fills_up_when_one_is_withdrawn() -> None:
    stories = [make_read(f"Новость {number}", 100 - number) for number in range(SIZE + 2)]
    assert ranked()["day"] == [f"Новость {number}" for number in range(SIZE)]
    publishing.withdraw(stories[0])
    with translation.override("ru"):
        left = most_read()
    assert "Новость 0" not in left
    assert f"Новость {SIZE}" in left


def test_it_ranks_nothing_that_readers_cannot_see() -> None:
    first, second, _third = make_three()
    make_read("Четвёртый", 9)
    publishing.withdraw(first)
    publishing.move_to_bin(second)
    assert ranked() == {}


@pytest.mark.django_db(transaction=True)
def test_it_tells_the_pages_only_when_the_order_changes() -> None:
    first, *_others = make_three()
    rank(timezone.now())
    before = version()
    add_readers(first, 5)
    rank(timezone.now())
    assert version() == before
    add_readers(first, 6)
    rank(timezone.now())
    assert version() != before


def test_it_costs_a_reader_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_three()
    rank(timezone.now())
    with django_assert_num_queries(1):
        most_read()


@pytest.mark.parametrize("address", ["/", "/news/", "/category/gorod/", "story"])
def test_it_stands_on_the_pages_of_readers(client: Client, address: str) -> None:
    first, *_others = make_three()
    make_category("Город")
    FrontZone.objects.get_or_create(language="ru", kind=FrontZone.Kind.MOST_READ, defaults={"size": 5})
    call_command("count", verbosity=0)
    page = client.get(first.get_absolute_url() if address == "story" else address).text
    assert page.count("Самое читаемое") == 1


def fetch(address: str) -> tuple[str, str]:
    with urllib.request.urlopen(address) as answer:  # noqa: S310 (the site of the test)
        return answer.headers["X-Cache"], answer.read().decode()


def test_it_reaches_stored_pages_and_throws_none_away(site: str) -> None:
    first, *_others = make_three()
    address = site + first.get_absolute_url()
    assert [fetch(address)[0] for _twice in range(2)] == ["miss", "hit"]
    call_command("count", verbosity=0)
    state, page = fetch(address)
    assert (state, "Самое читаемое" in page) == ("hit", True)
    publishing.withdraw(first)
    assert "Второй</a>" not in fetch(f"{site}/news/")[1]

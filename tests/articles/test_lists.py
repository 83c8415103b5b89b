"""Lists by date: who stands in them, in what order, and paging by cursor."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.lists import list_page
from articles.models.listing import Cursor
from tests.factories import make_article, make_author, make_category, make_source

NOW = timezone.now()


@pytest.mark.django_db
def test_it_lists_an_article_in_every_category_above_its_own() -> None:
    city = make_category("Город")
    transport = make_category("Транспорт", parent=city)
    article = make_article(category=transport)
    for category in (city, transport):
        assert list_page(f"category:{category.pk}", "ru", now=timezone.now()).articles == [article]


@pytest.mark.django_db
def test_it_lists_by_author_source_and_opinion() -> None:
    author, source = make_author(), make_source()
    article = make_article(authors=[author], sources=[source], is_opinion=True)
    for key in (f"author:{author.pk}", f"source:{source.pk}", "opinion", "all"):
        assert list_page(key, "ru", now=timezone.now()).articles == [article]
    assert list_page("all", "en", now=timezone.now()).articles == []


@pytest.mark.django_db
def test_it_pages_through_all_without_losing_or_repeating_one() -> None:
    # Some stories share their second: the key settles their order.
    articles = [make_article(f"Новость {n}", at=NOW - timedelta(minutes=n // 3)) for n in range(10)]
    seen, before = [], None
    while True:
        page = list_page("all", "ru", now=NOW, before=before, size=4)
        seen += page.articles
        if page.older is None:
            break
        before = Cursor.parse(str(page.older))
        make_article("Пришла, пока листали", at=NOW + timedelta(seconds=len(seen)))
    assert len(seen) == len(set(seen)) == len(articles)


@pytest.mark.django_db
def test_it_leaves_a_scheduled_story_out_until_its_time(client: Client) -> None:
    make_article("Рано", at=timezone.now() + timedelta(hours=1))
    assert "Рано" not in client.get("/news/").text
    assert len(list_page("all", "ru", now=timezone.now() + timedelta(hours=2)).articles) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor", ["", "x", "1763806210123456-", "1763806210123456-" + "9" * 30, "9" * 18 + "-1", "-1", "\0"]
)
def test_it_answers_404_to_a_cursor_it_did_not_write(client: Client, cursor: str) -> None:
    assert client.get("/news/", {"before": cursor}).status_code == 404


@pytest.mark.django_db
def test_it_answers_404_past_the_end(client: Client) -> None:
    article = make_article()
    assert client.get("/news/", {"before": str(article.cursor)}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["category/gorod", "tag/mosty", "author/lapteva", ""])
def test_it_sends_the_numbered_pages_of_wordpress_to_the_list(client: Client, path: str) -> None:
    response = client.get(f"/{path}/page/7/".replace("//", "/"))
    assert (response.status_code, response["Location"]) == (301, f"/{path}/" if path else "/news/")


@given(st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC)), st.integers(0, 10**18 - 1))  # noqa: DTZ001 (hypothesis wants it naive)
def test_it_reads_back_every_cursor_it_writes(moment: datetime, article: int) -> None:
    cursor = Cursor(moment, article)
    assert Cursor.parse(str(cursor)) == cursor

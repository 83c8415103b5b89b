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


def pages_of(client: Client, address: str) -> list[str]:
    """Returns what each page of a list says, from the newest to the oldest, as a reader turns them."""
    pages = [client.get(address).text]
    while older := pages[-1].partition('class="older" href="')[2].partition('"')[0]:
        pages.append(client.get(f"{address}{older}").text)
    return pages


@pytest.mark.django_db
def test_it_leads_back_to_the_page_one_came_from(client: Client) -> None:
    for hours in range(45):
        make_article(f"Новость {hours}", at=NOW - timedelta(hours=hours))
    first, second, third = pages_of(client, "/news/")
    assert '<link rel="prev"' not in first
    assert '<a href="/news/" rel="prev">' in second
    back = third.partition('<a href="')[2] and third.rpartition('" rel="prev">')[0].rpartition('"')[2]
    assert client.get(f"/news/{back}").text.partition("<aside")[0].count('class="card ') == 20
    assert "Новость 20<" in client.get(f"/news/{back}").text


@pytest.mark.django_db
def test_it_lets_search_engines_follow_older_pages_but_not_list_them(client: Client) -> None:
    for hours in range(21):
        make_article(at=NOW - timedelta(hours=hours))
    first, second = pages_of(client, "/news/")
    assert ('rel="canonical"' in first, 'rel="canonical"' in second) == (True, False)
    assert 'content="noindex, follow"' in second


@pytest.mark.django_db
def test_it_names_the_days_of_all_news(client: Client) -> None:
    for day in (NOW, NOW - timedelta(days=1), datetime(2024, 8, 12, 9, tzinfo=UTC)):
        make_article(at=day)
    html = client.get("/news/").text
    assert [html.count(f">{name}</time></a>") for name in ("Сегодня", "Вчера", "12 августа 2024")] == [1, 1, 1]


@pytest.mark.django_db
@pytest.mark.parametrize(("stories", "robots"), [(2, "noindex, follow"), (3, "max-image-preview:large")])
def test_it_keeps_thin_tags_and_sources_from_search_engines(client: Client, stories: int, robots: str) -> None:
    source = make_source(slug="port")
    for _each in range(stories):
        make_article(tags=["мосты"], sources=[source])
    for address in ("/tag/mosty/", "/source/port/"):
        assert f'<meta name="robots" content="{robots}">' in client.get(address).text

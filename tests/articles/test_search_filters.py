"""Search narrowed down: by category, author and dates, with and without words; the same on every database."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles import publishing, search
from articles.models import Article, Author, Category
from articles.search.form import SearchForm
from tests.factories import make_article, make_author, make_category, make_content

pytestmark = pytest.mark.django_db

ADDRESS = "/search/"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def titles(client: Client, query: str) -> list[str]:
    """Returns the titles on the page of results for a query string."""
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 200
    return [hit.article.title for hit in response.context["hits"]]


@pytest.fixture
def newsroom() -> None:
    """Five stories of two authors in three categories, one below another, over two years."""
    city, sport = make_category("Город", slug="city"), make_category("Спорт", slug="sport")
    tram = make_category("Трамвай", slug="tram", parent=city)
    maria, ilya = make_author("Мария", slug="maria"), make_author("Илья", slug="ilya")
    stories = [
        ("Мост закрыт", city, maria, 1),
        ("Трамвай пойдёт через мост", tram, ilya, 5),
        ("Мост и марафон", sport, maria, 20),
        ("Старый мост", city, ilya, 200),
        ("Мост построен", city, maria, 700),
    ]
    for title, category, author, days in stories:
        make_article(title, category=category, authors=[author], at=timezone.now() - timedelta(days=days))
    make_article("Дожди", category=city, categories=[sport], authors=[maria, ilya], at=timezone.now())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("category=city", ["Дожди", "Мост закрыт", "Трамвай пойдёт через мост", "Старый мост", "Мост построен"]),
        ("category=city/tram", ["Трамвай пойдёт через мост"]),
        ("category=sport", ["Дожди", "Мост и марафон"]),
        ("q=мост&category=sport", ["Мост и марафон"]),
        ("q=мост&author=ilya&sort=date", ["Трамвай пойдёт через мост", "Старый мост"]),
        ("author=ilya", ["Дожди", "Трамвай пойдёт через мост", "Старый мост"]),
        ("q=мост&period=week&sort=date", ["Мост закрыт", "Трамвай пойдёт через мост"]),
        ("q=мост&period=month&category=city&author=maria", ["Мост закрыт"]),
        ('q="старый мост"&category=city&period=year', ["Старый мост"]),
        ('q="старый мост"&category=city&period=month', []),
        ("q=&period=week&author=maria", ["Дожди", "Мост закрыт"]),
    ],
)  # fmt: skip
def test_it_narrows_down(newsroom: None, client: Client, query: str, expected: list[str]) -> None:
    assert titles(client, query) == expected


def test_it_takes_whole_days_of_the_newsroom(client: Client) -> None:
    for hour in (20, 21, 22):  # midnight in Moscow is at 21:00 UTC
        make_article(f"Мост в {hour}", at=datetime(2026, 3, 10, hour, tzinfo=UTC))
    assert titles(client, "since=2026-03-11") == ["Мост в 22", "Мост в 21"]
    assert titles(client, "until=2026-03-10") == ["Мост в 20"]
    assert titles(client, "q=мост&since=11.03.2026&until=2026-03-11&sort=date") == ["Мост в 22", "Мост в 21"]


def test_it_prefers_the_days_to_the_period(newsroom: None, client: Client) -> None:
    since = timezone.localdate() - timedelta(days=250)
    assert "Старый мост" in titles(client, f"q=мост&since={since}&period=week")


def test_it_finds_a_story_under_the_category_it_moved_to(client: Client) -> None:
    old, new = make_category("Город", slug="city"), make_category("Край", slug="region")
    below = make_category("Трамвай", slug="tram", parent=old)
    make_article("Трамвай", category=below)
    below.parent = new
    below.save()
    assert (titles(client, "category=city"), titles(client, "category=region")) == ([], ["Трамвай"])


def test_it_forgets_a_category_and_an_author_that_a_story_left(client: Client) -> None:
    category, author = make_category("Город", slug="city"), make_author("Мария", slug="maria", role_ru="обозреватель")
    article = make_article("Мост", category=category, authors=[author])
    changed = publishing.save(article, make_content("Мост"), by=None)
    publishing.publish(article, changed, by=None)
    assert titles(client, "q=мост") == ["Мост"]
    assert titles(client, "category=city") == titles(client, "q=мост&author=maria") == []


def test_it_lists_by_filter_what_is_public_by_now(client: Client) -> None:
    category, now = make_category("Город", slug="city"), timezone.now()
    make_article("Завтра", category=category, at=now + timedelta(days=1))
    make_article("Снято", category=category, at=now - timedelta(days=2), until=now - timedelta(days=1))
    publishing.withdraw(make_article("Отозвано", category=category))
    make_article("Now", category=category, language="en")
    assert titles(client, "category=city") == []


def test_it_shows_the_newest_first_when_asked(client: Client) -> None:
    make_article("Мост", at=timezone.now() - timedelta(days=9))
    make_article("Сводка", body="<p>мост</p>", at=timezone.now() - timedelta(days=1))
    assert titles(client, "q=мост") == ["Мост", "Сводка"]
    assert titles(client, "q=мост&sort=date") == ["Сводка", "Мост"]


def test_it_keeps_what_was_chosen(newsroom: None, client: Client) -> None:
    page = client.get(f"{ADDRESS}?q=мост&category=city/tram&author=ilya&since=2020-01-02&sort=date").content.decode()
    assert '<option value="city/tram" selected>' in page
    assert '<option value="ilya" selected>' in page
    assert 'value="2020-01-02"' in page
    assert '<input type="hidden" name="sort" value="date" id="id_sort">' in page
    assert '<details class="filters" open>' in page


def test_it_takes_each_filter_away_by_a_link(newsroom: None, client: Client) -> None:
    asked = f"q=мост&category=city&author=maria&since=2020-01-02&until={timezone.localdate()}"
    form = client.get(f"{ADDRESS}?{asked}").context["form"]
    left = [dict(QueryDict(choice.address[1:]).items()).keys() for choice in form.chosen()]
    every = {"q", "category", "author", "since", "until"}
    assert left == [every - {name} for name in ("category", "author", "since", "until")]


def test_it_offers_periods_as_links(newsroom: None, client: Client) -> None:
    page = client.get(f"{ADDRESS}?q=мост&period=month&page=1").content.decode()
    assert 'href="?q=%D0%BC%D0%BE%D1%81%D1%82&amp;period=week"' in page
    assert 'class="chosen" href="?q=%D0%BC%D0%BE%D1%81%D1%82"' in page


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("category=nowhere", "category"), ("author=nobody", "author"), ("author=%00", None), ("since=вчера", "since"),
        ("since=2026-02-30", "since"), ("until=99999-01-01", "until"), ("since=0001-01-01", "since"),
        ("until=9999-12-31", "until"), ("since=2026-03-02&until=2026-03-01", "until"), ("period=century", "period"),
        ("sort=price", "sort"), ("category=%ff%fe", "category"), ("since=" + "9" * 5000, "since"),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong(client: Client, query: str, field: str | None) -> None:
    make_article("Мост")
    response = client.get(f"{ADDRESS}?q=мост&{query}")
    assert response.status_code == (400 if field else 200)
    assert list(response.context["form"].errors) == ([field] if field else [])
    assert 'value="мост"' in response.content.decode()


def test_it_takes_the_last_of_what_is_repeated(newsroom: None, client: Client) -> None:
    assert titles(client, "q=дожди&q=мост&category=nowhere&category=sport") == ["Мост и марафон"]


def test_it_needs_no_more_queries_with_filters(newsroom: None, client: Client) -> None:
    def queries(filters: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{ADDRESS}?q=мост&literally=1&{filters}")
        return len(captured)

    assert queries("category=city&author=maria&period=year&sort=date") == queries("")


def test_it_filters_by_a_category_with_very_many_below(client: Client) -> None:
    above = make_category("Город", slug="city")
    Category.objects.bulk_create(
        Category(parent=above, slug=f"c{n}", path=f"city/c{n}", name_ru=str(n)) for n in range(600)
    )
    make_article("Мост", category=Category.objects.get(slug="c599"))
    assert titles(client, "q=мост&category=city") == ["Мост"]


def test_it_looks_for_a_phrase_in_the_newest_with_its_words(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.search.finding.WITH_ITS_WORDS", 2)
    for days, title in ((4, "Красный мост"), (3, "Красный флаг и мост"), (2, "Красный мост открыт"), (1, "Мост")):
        make_article(title, at=timezone.now() - timedelta(days=days))
    response = client.get(f'{ADDRESS}?q="красный мост"')
    assert [hit.article.title for hit in response.context["hits"]] == ["Красный мост открыт"]
    assert response.context["found"].is_cut


@given(
    text=st.text(max_size=40),
    category=st.text(max_size=10),
    since=st.one_of(st.dates().map(str), st.text(max_size=10)),
    page=st.text(max_size=5),
)
def test_it_answers_anything(text: str, category: str, since: str, page: str) -> None:
    query = QueryDict(mutable=True)
    query.update({"q": text, "category": category, "since": since, "until": since, "page": page})
    assert Client().get(f"{ADDRESS}?{query.urlencode()}").status_code in {200, 400, 404}


@given(words=st.lists(st.sampled_from(["мост", '"', "«", "красный", "AND", "*", "(", "-", "&", "|", ":"]), max_size=12))
def test_it_takes_operators_for_words(words: list[str]) -> None:
    text = " ".join(words)
    article = Article(pk=1, state="published", publish_at=NOW, title=text, language="ru")
    article.save()
    search.index(article)
    query = search.Query(text)
    assert search.find(query, "ru", now=NOW, literally=True).articles == ([1] if query.phrases else [])


def test_it_offers_those_who_work_here_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.search.form.MOST_AUTHORS", 2)
    for name, works in (("Анна", False), ("Борис", True), ("Вера", True)):
        Author.objects.create(name_ru=name, is_active=works, role_ru="Корреспондент")
    assert [str(author) for author in SearchForm(QueryDict()).authors.values()] == ["Борис", "Вера"]
    assert "Анна" in map(str, SearchForm(QueryDict("author=anna")).authors.values())

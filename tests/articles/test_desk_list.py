"""The list of articles on the desk, its filters and search, and what is suggested while one types."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.content import Content
from articles.desk import Shelf
from articles.models import Article, Source, State
from tests.factories import make_article, make_author, make_category, make_content, make_draft

LIST = "/admin/articles/article/"
MANY = 60


def titles(client: Client, query: str = "") -> list[str]:
    """Returns the titles that the list shows."""
    return [article.line.title for article in client.get(f"{LIST}?{query}").context["cl"].result_list]


def test_it_lists_working_titles(erins: Client) -> None:
    article = make_article("Мост строят")
    publishing.save(article, make_content("Мост достроили"), by=None)
    assert titles(erins) == ["Мост достроили"]


def test_it_marks_what_readers_do_not_see_yet(erins: Client) -> None:
    article = make_article()
    assert "badge-ahead" not in erins.get(LIST).text
    publishing.save(article, make_content("Иначе"), by=None)
    assert "badge-ahead" in erins.get(LIST).text


def test_it_filters_by_state_and_the_clock(erins: Client) -> None:
    now = timezone.now()
    make_draft("черновик")
    publishing.move_to(make_draft("на проверке"), State.REVIEW)
    publishing.move_to(make_draft("готов"), State.READY)
    make_article("завтра", at=now + timedelta(days=1))
    make_article("на сайте", at=now - timedelta(days=2))
    make_article("вышел срок", at=now - timedelta(days=2), until=now - timedelta(days=1))
    publishing.withdraw(make_article("снят"))
    wanted = {
        "draft": ["черновик"], "review": ["на проверке"], "ready": ["готов"], "waiting": ["готов", "на проверке"],
        "scheduled": ["завтра"], "live": ["на сайте"], "off": ["вышел срок"], "withdrawn": ["снят"],
    }  # fmt: skip
    assert {state: titles(erins, f"state={state}") for state in wanted} == wanted


def test_it_finds_drafts_and_published_stories_of_a_category_and_below(erins: Client) -> None:
    city = make_category("Город")
    roads = make_category("Дороги", parent=city)
    make_draft("черновик", category=roads)
    make_article("на сайте", category=city)
    make_article("чужое", category=make_category("Спорт"))
    assert titles(erins, f"category={city.pk}") == ["на сайте", "черновик"]
    assert titles(erins, "category=999") == []


def test_it_lists_what_is_mine(erins: Client, erin: User) -> None:
    publishing.start(Content(title="начато мной"), by=erin)
    make_article("подписано мной", authors=[make_author(user=erin)])
    make_draft("чужое")
    assert titles(erins, "mine=1") == ["подписано мной", "начато мной"]


@pytest.mark.parametrize("word", ["мост", "МОСТ", "Мост", "мост серебрянку"])
def test_it_finds_words_of_titles_in_any_case(erins: Client, word: str) -> None:
    make_draft("Мост через Серебрянку")
    make_draft("Парк у реки")
    assert titles(erins, f"q={word}") == ["Мост через Серебрянку"]


def test_it_hides_the_bin_until_it_is_asked_for(erins: Client) -> None:
    publishing.move_to_bin(make_draft("в корзине"))
    make_draft("снаружи")
    assert titles(erins) == ["снаружи"]
    assert titles(erins, "bin=1") == ["в корзине"]


@pytest.mark.parametrize("name", ["category", "state", "p", "bin", "mine", "language__exact", "o", "q"])
@pytest.mark.parametrize("value", ["x", "9" * 40, "-1"])
def test_it_bears_queries_that_make_no_sense(erins: Client, name: str, value: str) -> None:
    make_draft()
    assert erins.get(f"{LIST}?{name}={value}", follow=True).status_code == 200


@pytest.mark.parametrize("name", ["language__exact", "q", "category", "p", "unknown"])
def test_it_refuses_a_nul_byte(erins: Client, name: str) -> None:
    assert erins.get(f"{LIST}?{name}=%00").status_code == 400


def test_it_lists_in_few_queries_however_many_articles_there_are(erins: Client) -> None:
    counts = []
    for many in (1, 8):
        for _ in range(many):
            make_article(authors=[make_author(f"Автор {_}{many}")], category=make_category(f"Рубрика {_}{many}"))
        with CaptureQueriesContext(connection) as queries:
            erins.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_it_counts_no_articles(erins: Client) -> None:
    make_article()
    with CaptureQueriesContext(connection) as queries:
        erins.get(LIST)
    counting = [query["sql"] for query in queries if "COUNT(" in query["sql"] and "articles_article" in query["sql"]]
    assert all("LIMIT" in sql for sql in counting)


def test_it_leads_to_further_pages(erins: Client) -> None:
    for number in range(MANY):
        make_draft(f"Заголовок {number}")
    assert len(titles(erins, "p=2")) == MANY - 50


def test_it_is_closed_to_those_without_rights(monas: Client) -> None:
    assert monas.get(LIST).status_code == 403


@pytest.mark.parametrize("what", ["author", "source", "tag"])
def test_it_suggests_names_in_any_case(erins: Client, what: str) -> None:
    make_author("Мостовой Пётр")
    Source.objects.create(name="Мостотрест")
    make_article(tags=["мосты"])
    names = erins.get(f"{LIST}suggest/{what}/?q=МОСТ").json()["names"]
    assert [name[:4].lower() for name in names] == ["мост"]


def test_it_suggests_nothing_before_a_word_is_typed(erins: Client) -> None:
    make_author()
    assert erins.get(f"{LIST}suggest/author/?q=").json() == {"names": []}


def test_it_keeps_names_from_those_without_rights(monas: Client) -> None:
    assert monas.get(f"{LIST}suggest/author/?q=а").status_code == 403


def test_it_suggests_only_what_there_is(erins: Client) -> None:
    assert erins.get(f"{LIST}suggest/salary/?q=а").status_code == 404


def test_it_offers_published_stories_for_the_front_page(erins: Client) -> None:
    make_article("Мост открыт")
    query = "term=мост&app_label=portal&model_name=pin&field_name=article"
    assert [each["text"] for each in erins.get(f"/admin/autocomplete/?{query}").json()["results"]] == ["Мост открыт"]


def test_it_shows_today_what_waits_and_what_is_live(erins: Client, erin: User) -> None:
    publishing.start(Content(title="мой черновик"), by=erin)
    publishing.move_to(make_draft("ждёт"), State.REVIEW)
    make_article("завтра", at=timezone.now() + timedelta(days=1))
    make_article("на сайте")
    shelves = [shelf for shelf in erins.get("/admin/").context["shelves"] if isinstance(shelf, Shelf)]
    assert [[line.title for line in shelf.lines] for shelf in shelves] == [
        ["мой черновик"],
        ["ждёт"],
        ["завтра"],
        ["на сайте"],
    ]


def test_it_counts_beside_the_menu_what_waits(erins: Client) -> None:
    publishing.move_to(make_draft(), State.REVIEW)
    items = [item for group in erins.get("/admin/").context["desk_menu"] for item in group.items]
    assert [item.waiting for item in items if item.address == LIST] == [1]


def test_it_counts_nothing_for_who_only_reads(monas: Client, mona: User) -> None:
    mona.user_permissions.add(Permission.objects.get(codename="view_article"))
    publishing.move_to(make_draft(), State.REVIEW)
    items = [item for group in monas.get("/admin/").context["desk_menu"] for item in group.items]
    assert [item.waiting for item in items if item.address == LIST] == [0]


def test_it_shows_today_in_few_queries_however_much_there_is(erins: Client) -> None:
    counts = []
    for _ in range(2):
        make_article()
        make_draft()
        with CaptureQueriesContext(connection) as queries:
            erins.get("/admin/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 19


def test_it_names_drafts_where_readers_would_see_no_title(erins: Client) -> None:
    publishing.start(Content(), by=None)
    assert Article.objects.get().title == ""
    assert titles(erins) == [""]

"""What readers looked for and did not find: noted without knowing who, counted, and shown to editors."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from articles.models import MissedSearch
from articles.search import Query, missed
from tests.factories import make_article, make_category

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LIST = "/admin/articles/missedsearch/"


@pytest.fixture(autouse=True)
def spool(settings: Settings, tmp_path: Path) -> Path:
    settings.SPOOL_DIR = tmp_path
    return tmp_path / "searches"


def look(text: str, visitor: int = 1, /, address: str = "/search/", agent: str = "Mozilla/5.0", **more: str) -> None:
    client = Client(REMOTE_ADDR=f"203.0.113.{visitor}", headers={"User-Agent": agent})
    client.get(address, {"q": text} | more)


def listed() -> dict[str, int]:
    missed.count(timezone.now())
    return dict(MissedSearch.objects.values_list("text", "number"))


def test_it_counts_what_was_not_found() -> None:
    make_article("Мост")
    for visitor, text in enumerate(("Дирижабль", " дирижабль! ", "мост", "vjcn", "трамвай депо", "?!")):
        look(text, visitor)
    assert listed() == {"дирижабль": 2, "трамвай депо": 1}


def test_it_counts_a_visitor_once_a_day() -> None:
    for hours in (0, 1, 2, 24, 25):
        with time_machine.travel(NOW + timedelta(hours=hours), tick=False):
            look("дирижабль")
            missed.count(timezone.now())
    row = MissedSearch.objects.get()
    assert (row.number, str(row.first_seen), str(row.last_seen)) == (2, "2026-11-22", "2026-11-23")


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("дирижабль", {"agent": "Googlebot/2.1"}),
        ("дирижабль", {"agent": ""}),
        ("дирижабль", {"period": "week"}),
        ("anna@example.com", {}),
        ("8 912 345-67-89", {}),
        ("ы" * 81, {}),
        ("ы" * 201, {}),
        ("", {}),
        ("\0", {}),
    ],
)
def test_it_leaves_out_robots_filters_and_what_may_be_private(text: str, more: dict[str, str]) -> None:
    look(text, **more)
    assert listed() == {}


def test_it_leaves_out_the_newsroom(erins: Client) -> None:
    erins.get("/search/", {"q": "дирижабль"}, headers={"User-Agent": "Mozilla/5.0"})
    assert listed() == {}


def test_it_tells_languages_apart() -> None:
    look("zeppelin")
    look("zeppelin", address="/en/search/")
    missed.count(timezone.now())
    assert set(MissedSearch.objects.values_list("language", flat=True)) == {"ru", "en"}


def test_it_lets_nobody_fill_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.search.missed.MOST_NEW", 3)
    for number in range(60):
        look(f"слово{number}", number)
    assert len(listed()) == 3
    look("слово99", 99)
    assert "слово99" not in listed()


def test_it_counts_few_searches_of_one_visitor() -> None:
    for number in range(60):
        look(f"слово{number}")
    assert len(listed()) <= missed.SLOTS


def test_it_writes_down_neither_address_nor_browser(spool: Path) -> None:
    look("дирижабль", 77, agent="Mozilla/5.0 (Rare)")
    (line,) = (spool / "current").read_text().split()
    assert json.loads(line).keys() == {"language", "text", "at", "visitor"}
    assert "203.0.113" not in line and "Rare" not in line


def test_it_writes_nothing_to_the_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        missed.note(RequestFactory().get("/", headers={"User-Agent": "x"}), Query("дирижабль"), "ru", NOW)


def test_it_answers_when_the_disk_takes_nothing(spool: Path, caplog: pytest.LogCaptureFixture) -> None:
    spool.write_text("a file, not a folder")
    look("дирижабль")
    assert "not noted" in caplog.text


@pytest.mark.parametrize("line", ["{}", "[]", "null", '{"language": 1}', "\ud800"])
def test_it_passes_over_lines_that_are_not_ours(spool: Path, line: str) -> None:
    look("дирижабль")
    at = '{"language": "ru", "text": "x", "at": 1e99, "visitor": "v"}'
    with (spool / "current").open("ab") as file:
        file.write(f"{line}\n{at}\n".encode(errors="surrogatepass"))
    assert listed() == {"дирижабль": 1}


@given(st.text(max_size=200))
def test_it_keeps_words_alone(text: str) -> None:
    kept = missed.normal(Query(text))
    assert len(kept) <= 80 and "@" not in kept
    assert missed.normal(Query(kept)) == kept


def test_it_forgets_what_nobody_missed_for_long() -> None:
    for text, days in (("старое", 91), ("новое", 89)):
        day = timezone.localdate(NOW) - timedelta(days=days)
        MissedSearch.objects.create(language="ru", text=text, number=1, first_seen=day, last_seen=day)
    missed.thin(NOW)
    assert list(MissedSearch.objects.values_list("text", flat=True)) == ["новое"]


def test_it_is_counted_by_the_counter() -> None:
    look("дирижабль")
    call_command("count", verbosity=0)
    assert MissedSearch.objects.get().text == "дирижабль"


# On the desk


def missing(text: str, number: int = 1, language: str = "ru") -> MissedSearch:
    day = timezone.localdate()
    return MissedSearch.objects.create(language=language, text=text, number=number, first_seen=day, last_seen=day)


def test_it_lists_what_was_missed_most_with_what_is_found_now(erins: Client) -> None:
    missing("трамвай", 2)
    missing("дирижабль", 7)
    make_article("Дирижабль над городом", category=make_category())
    page = erins.get(LIST).text
    assert page.index("дирижабль") < page.index("трамвай")
    assert '<a href="/search/?q=%D0%B4%D0%B8%D1%80%D0%B8%D0%B6%D0%B0%D0%B1%D0%BB%D1%8C">1</a>' in page
    assert ">—</a>" in page


def test_it_is_marked_as_done(erins: Client) -> None:
    row = missing("дирижабль")
    erins.post(LIST, {"action": "mark_done", "_selected_action": [row.pk]})
    assert "дирижабль" not in erins.get(LIST).text
    assert "дирижабль" in erins.get(f"{LIST}?done=1").text
    erins.post(f"{LIST}?done=1", {"action": "mark_to_do", "_selected_action": [row.pk]})
    assert "дирижабль" in erins.get(LIST).text


def test_it_is_added_and_changed_by_nobody(erins: Client) -> None:
    row = missing("дирижабль")
    assert erins.get(f"{LIST}add/").status_code == 403
    erins.post(reverse("admin:articles_missedsearch_change", args=[row.pk]), {"text": "другое", "number": 9})
    row.refresh_from_db()
    assert (row.text, row.number) == ("дирижабль", 1)


def test_it_is_for_those_who_may_see_it(client: Client, mona: User) -> None:
    assert client.get(LIST).status_code == 302
    client.force_login(mona)
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize("query", ["done=x", "language__exact=zz", "q=%22*", "o=99.-1", "p=99999999999999999999"])
def test_it_takes_any_address(erins: Client, query: str) -> None:
    missing("дирижабль")
    assert erins.get(f"{LIST}?{query}").status_code in {200, 302, 404}

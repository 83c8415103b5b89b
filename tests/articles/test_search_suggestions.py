"""Suggestions while a reader types, and how often an address may search."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect
from pytest_django import DjangoAssertNumQueries, Settings

from articles import publishing
from articles.models import Headline
from articles.search import suggesting
from tests.factories import make_article, make_author, make_category, make_content, make_draft
from tests.harness.browser import CheckAccessibility, OpenPage

pytestmark = pytest.mark.django_db

ADDRESS = "/search/suggestions/"


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """Lets no test see the names of another."""
    suggesting._names.cache_clear()
    yield
    suggesting._names.cache_clear()


def labels(client: Client, text: str, address: str = ADDRESS) -> list[str]:
    response = client.get(address, {"q": text})
    assert response.status_code == 200
    return [each["label"] for each in response.json()["suggestions"]]


# What is offered


@pytest.mark.parametrize("text", ["мо", "Мост", "мост закр", "закр мос", "МОСТ?", "мост, з"])
def test_it_finds_a_title_by_the_beginnings_of_its_words(client: Client, text: str) -> None:
    make_article("Мост закрыт")
    assert labels(client, text) == ["Мост закрыт"]


@pytest.mark.parametrize("text", ["", " ", "м", "ост", "крыт", "мост откр", "?!", "\0", "а б в"])
def test_it_offers_nothing_else(client: Client, text: str) -> None:
    make_article("Мост закрыт")
    assert labels(client, text) == []


def test_it_takes_yo_for_ye(client: Client) -> None:
    make_article("Ёлка на площади")
    assert labels(client, "елк") == labels(client, "ЁЛ") == ["Ёлка на площади"]


def test_it_offers_lists_before_stories_and_the_newest_first(client: Client) -> None:
    category = make_category("Мосты", slug="bridges")
    for days in (3, 1, 2):
        at = timezone.now() - timedelta(days=days)
        make_article(f"Мост {days}", at=at, category=category, tags=["мостовая"], authors=[make_author("Мостова")])
    found = client.get(ADDRESS, {"q": "мост"}).json()["suggestions"]
    assert [each["label"] for each in found][-3:] == ["Мост 1", "Мост 2", "Мост 3"]
    assert {(each["kind"], each["address"]) for each in found[:2]} == {
        ("Рубрика", "/category/bridges/"),
        ("Тег", "/tag/mostovaya/"),
    }


def test_it_reads_the_other_layout(client: Client) -> None:
    make_article("Привет, мост")
    assert labels(client, "ghbd") == labels(client, "привет vjc") == ["Привет, мост"]


def test_it_offers_eight_at_most(client: Client) -> None:
    for number in range(12):
        make_article(f"Мост {number}", tags=[f"мост {number}"])
    assert len(labels(client, "мост")) == 8


def test_it_offers_no_list_that_has_nothing_to_read(client: Client) -> None:
    make_category("Мосты")
    make_author("Мостова")
    make_article("Порт", tags=["мостовая"], at=timezone.now() + timedelta(days=1))
    assert labels(client, "мост") == []


def test_it_offers_what_is_public_by_now(client: Client) -> None:
    now = timezone.now()
    make_draft("Мост в черновике")
    make_article("Мост завтра", at=now + timedelta(hours=1))
    make_article("Мост вчера", at=now - timedelta(hours=2), until=now - timedelta(hours=1))
    gone = make_article("Мост открыт")
    assert labels(client, "мост") == ["Мост открыт"]
    publishing.withdraw(gone)
    assert labels(client, "мост") == []


def test_it_forgets_a_title_that_changed(client: Client) -> None:
    article = make_article("Мост открыт")
    publishing.publish(article, publishing.save(article, make_content("Порт открыт"), by=None), by=None)
    assert (labels(client, "мост"), labels(client, "порт")) == ([], ["Порт открыт"])
    assert Headline.objects.count() == 1


def test_it_keeps_to_the_language_of_the_address(client: Client) -> None:
    make_article("Jazz в парке")
    make_article("Jazz in the park", language="en")
    assert (labels(client, "jazz"), labels(client, "jazz", f"/en{ADDRESS}")) == (["Jazz в парке"], ["Jazz in the park"])


def test_it_needs_few_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(9):
        make_article(f"Мост {number}", tags=[f"мост {number}"])
    labels(client, "мост")
    with django_assert_num_queries(3):
        labels(client, "мост")


@pytest.mark.parametrize("text", ["мост " * 5_000, "ы" * 100_000, "<script>", "' OR 1=1 --", "мост*", '"', "%", "…ru"])
def test_it_takes_any_text(client: Client, text: str) -> None:
    make_article("Мост")
    assert client.get(ADDRESS, {"q": text}).status_code == 200


def test_it_survives_bytes_that_are_no_text_and_what_is_repeated(client: Client) -> None:
    make_article("Мост")
    assert client.get(f"{ADDRESS}?q=%ff%fe%00%ed%a0%80").json()["suggestions"] == []
    assert len(client.get(f"{ADDRESS}?q=порт&q=мост").json()["suggestions"]) == 1
    assert client.post(ADDRESS, {"q": "мост"}).status_code == 405


@given(title=st.text(max_size=60), text=st.text(max_size=60))
def test_it_offers_for_any_text(title: str, text: str) -> None:
    for typed in (title, text):
        assert suggesting.suggest(typed, "ru", now=timezone.now()) == []


def test_it_tells_the_number_in_words(client: Client) -> None:
    make_article("Мост")
    assert client.get(ADDRESS, {"q": "мост"}).json()["status"] == "1 подсказка"
    assert client.get(ADDRESS, {"q": "порт"}).json()["status"] == "Подсказок нет"


# Floods


@pytest.fixture
def two_a_minute(settings: Settings) -> None:
    settings.SEARCHES_A_MINUTE = 2


def test_it_answers_a_flood_with_a_page_that_keeps_the_query(client: Client, two_a_minute: None) -> None:
    make_article("Мост")
    answers = [client.get("/search/", {"q": "мост"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2].headers["Retry-After"]) <= 30
    assert 'value="мост"' in answers[2].text
    assert "слишком много запросов" in answers[2].text
    assert client.get("/search/", {"q": "мост"}, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_it_counts_suggestions_by_themselves(client: Client, two_a_minute: None) -> None:
    answers = [client.get(ADDRESS, {"q": "мост"}) for _ in range(9)]
    assert [answer.status_code for answer in answers] == [200] * 8 + [429]
    assert answers[8].json() == {"suggestions": []} and "Retry-After" in answers[8].headers
    assert client.get("/search/", {"q": "мост"}).status_code == 200


def test_it_writes_nothing_to_the_database(
    client: Client, two_a_minute: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        client.get(ADDRESS, {"q": "?"})


# In a browser


@pytest.fixture
def bridges(site: str) -> str:
    make_article("Мост закрыт", tags=["мосты"])
    make_article("Мост открыт")
    return f"{site}/search/"


def test_it_is_used_with_the_keyboard(bridges: str, page: BrowserPage, axe: CheckAccessibility) -> None:
    page.goto(bridges)
    field = page.locator("#query")
    field.press_sequentially("мост")
    expect(page.locator("[role=option]")).to_have_count(3)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="3 подсказки")).to_have_count(1)
    axe(page)
    field.press("ArrowUp")
    expect(page.locator("li[aria-selected=true]")).to_have_text("Мост закрыт")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    assert field.input_value() == "мост"
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**/news/**")


def test_it_submits_what_was_typed_when_nothing_is_chosen(bridges: str, page: BrowserPage) -> None:
    page.goto(bridges.removesuffix("search/"))
    field = page.get_by_role("banner").get_by_role("combobox")
    field.press_sequentially("мост")
    expect(page.locator("[role=option]")).to_have_count(3)
    field.press("Enter")
    page.wait_for_url("**/search/?q=*")


def test_it_asks_once_for_what_is_typed_at_once(bridges: str, page: BrowserPage) -> None:
    page.goto(bridges)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "suggestions" in request.url else None)
    page.locator("#query").press_sequentially("мост")
    expect(page.locator("[role=option]")).to_have_count(3)
    assert len(asked) <= 2


def test_it_searches_without_a_script(bridges: str, page_without_js: BrowserPage) -> None:
    page_without_js.goto(bridges)
    page_without_js.locator("main").get_by_role("searchbox").fill("мост")
    page_without_js.locator("main").get_by_role("button", name="Найти").click()
    expect(page_without_js.locator("main h2 a")).to_have_count(2)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_keeps_nobody_out(
    bridges: str, open_page: OpenPage, axe: CheckAccessibility, width: int, scheme: str
) -> None:
    page = open_page(width=width, color_scheme=scheme)
    for query in ("?q=мост&period=year&sort=date", "?q=дирижабль", "?q=мост&since=2026-01-01"):
        page.goto(bridges + query)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

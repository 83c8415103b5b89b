"""Visitor counters of other houses: who may enter them, what the policy allows, and that nothing comes before «yes»."""

import json
import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import Route, expect
from pytest_django.asserts import assertContains, assertNotContains

from portal.models import Counter, Page, SiteSettings
from tests.harness.browser import SHIFTS, CheckAccessibility, Complaints, moved, wait_until
from tests.portal.test_desk_site import one_row, settings

SCRIPT = "https://count.example/js/tag.js?id=7"


def make_counter(**fields: object) -> Counter:
    if not SiteSettings.objects.exists():
        SiteSettings().save()
    wanted = {"name": "Счётчик", "kind": "script", "script": SCRIPT, "hosts": "in.count.example"} | fields
    return Counter.objects.create(**wanted)


def policy(client: Client, address: str = "/") -> dict[str, list[str]]:
    header = client.get(address).headers["Content-Security-Policy"]
    return {name: sources for name, *sources in (part.split() for part in header.split("; "))}


@pytest.mark.django_db
def test_it_asks_nobody_and_allows_nothing_while_there_is_no_counter(client: Client) -> None:
    SiteSettings().save()
    assertNotContains(client.get("/"), "data-consent")
    assert policy(client)["script-src"] == ["'self'"]


@pytest.mark.django_db
def test_it_allows_exactly_what_was_entered(client: Client) -> None:
    before = policy(client)
    make_counter()
    hosts = ["https://count.example", "https://in.count.example"]
    assert policy(client) == before | {
        "script-src": ["'self'", "https://count.example/js/tag.js"],
        "connect-src": ["'self'", *hosts],
        "img-src": ["'self'", "data:", *hosts],
    }


@pytest.mark.django_db
def test_it_allows_nothing_any_more_when_the_last_one_is_gone(client: Client) -> None:
    counter = make_counter()
    before = policy(client)
    counter.delete()
    assert policy(client)["script-src"] == ["'self'"] != before["script-src"]


@pytest.mark.django_db
def test_it_keeps_the_desk_strict(erins: Client) -> None:
    make_counter()
    assert policy(erins, "/admin/")["script-src"] == ["'self'"]


def sent(**fields: object) -> dict[str, object]:
    row = {"order": 1, "name": "Счётчик", "kind": "script", "script": SCRIPT, "number": "", "hosts": ""} | fields
    return settings(**one_row("counters", **row))


def test_it_takes_a_counter_from_the_administrator(admin_client: Client) -> None:
    admin_client.post("/admin/portal/sitesettings/", sent(kind="metrica", number="123", hosts="a.example\nb.example"))
    assert SiteSettings.current().counter_sources["connect-src"] == [
        "https://count.example",
        "https://a.example",
        "https://b.example",
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("script", "http://count.example/a.js"),
        ("script", "javascript:alert(1)"),
        ("script", "https://count.example/a.js;script-src *"),
        ("script", "https://count.example/a.js 'unsafe-inline'"),
        ("script", "https://счёт.example/a.js"),
        ("script", "https://me@count.example/a.js"),
        ("script", "https://count.example/"),
        ("script", "https://count.example/js/?id=a.js"),
        ("hosts", "https://a.example"),
        ("hosts", "*.example"),
        ("hosts", "'unsafe-inline'"),
        ("hosts", "a.example;script-src"),
        ("number", "7); alert(1"),
        ("kind", "other"),
    ],
)
def test_it_refuses_what_would_allow_more(admin_client: Client, field: str, value: str) -> None:
    answer = admin_client.post("/admin/portal/sitesettings/", sent(**{field: value}))
    assert answer.context["inline_admin_formsets"][1].formset.errors[0][field]
    assert not Counter.objects.exists()


def test_it_wants_the_number_of_a_counter_that_has_one(admin_client: Client) -> None:
    answer = admin_client.post("/admin/portal/sitesettings/", sent(kind="matomo"))
    assert answer.context["inline_admin_formsets"][1].formset.errors[0]["number"]


def test_it_lets_no_editor_enter_a_script(erins: Client) -> None:
    someone = User.objects.create_user("someone", is_staff=True)
    someone.groups.add(Group.objects.get(name="Editor"))
    erins.force_login(someone)
    erins.post("/admin/portal/sitesettings/", sent())
    assert not Counter.objects.exists()


# In a browser


@pytest.fixture
def loaded(page: BrowserPage, complaints: Complaints) -> list[str]:
    """Returns the addresses beyond this machine that the page asked for; a counter answers there."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="window.counted = (window.counted ?? 0) + 1;", content_type="text/javascript")

    page.context.route(re.compile(r"^https://"), answer)
    return asked


@pytest.fixture
def banner(site: str) -> str:
    make_counter()
    return "[data-consent]"


def test_it_loads_nothing_before_a_reader_agrees(
    site: str, banner: str, page: BrowserPage, loaded: list[str], axe: CheckAccessibility
) -> None:
    page.goto(site, wait_until="networkidle")
    expect(page.locator(banner)).to_be_visible()
    axe(page)
    assert loaded == []


def test_it_loads_nothing_after_a_refusal_and_does_not_ask_again(
    site: str, banner: str, page: BrowserPage, loaded: list[str]
) -> None:
    page.goto(site)
    page.locator("[data-answer=no]").click()
    expect(page.locator(banner)).to_be_hidden()
    page.goto(f"{site}/news/", wait_until="networkidle")
    expect(page.locator(banner)).to_be_hidden()
    assert loaded == []


def test_it_loads_them_once_a_reader_agreed_and_on_the_next_page(
    site: str, banner: str, page: BrowserPage, loaded: list[str], complaints: Complaints
) -> None:
    page.goto(site)
    page.locator("[data-answer=yes]").click()
    wait_until(page, "window.counted === 1")
    page.goto(f"{site}/news/")
    wait_until(page, "window.counted === 1")
    expect(page.locator(banner)).to_be_hidden()
    assert loaded == [SCRIPT, SCRIPT]
    complaints.expect("request beyond this machine: https://count.example/js/tag.js")


def test_it_takes_the_consent_back(
    site: str, banner: str, page: BrowserPage, loaded: list[str], complaints: Complaints
) -> None:
    page.goto(site)
    page.locator("[data-answer=yes]").click()
    wait_until(page, "window.counted === 1")
    page.evaluate("document.cookie = '_ym_uid=1; path=/'")
    page.locator("[data-consent-again]").click()
    expect(page.locator(banner)).to_be_focused()
    with page.expect_navigation():
        page.locator("[data-answer=no]").click()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("[window.counted ?? 0, document.cookie]") == [0, ""]
    assert len(loaded) == 1
    complaints.expect("request beyond this machine")


def test_it_asks_again_when_the_list_changes(site: str, banner: str, page: BrowserPage, loaded: list[str]) -> None:
    page.goto(site)
    page.locator("[data-answer=no]").click()
    make_counter(name="Другой", script="https://other.example/count.js")
    page.goto(site)
    expect(page.locator(banner)).to_be_visible()
    kept = json.loads(page.evaluate("localStorage.getItem('counters')"))
    assert kept["answer"] == "no"
    assert kept["date"].startswith("20")


def test_it_gives_a_stored_page_the_policy_of_its_counters(site: str, page: BrowserPage) -> None:
    def allowed() -> bool:
        return "https://count.example" in page.request.get(site).headers["content-security-policy"]

    assert [allowed(), allowed()] == [False, False]
    counter = make_counter()
    assert [allowed(), allowed()] == [True, True]
    counter.delete()
    assert [allowed(), allowed()] == [False, False]


@pytest.mark.parametrize(
    ("kind", "left"),
    [
        ("metrica", "[window.ym.a[0][0], window.ym.a[0][1]]"),
        ("matomo", "[window._paq[1][1], window._paq[0][1]]"),
    ],
)
def test_it_prepares_what_a_counter_expects(
    site: str, page: BrowserPage, loaded: list[str], complaints: Complaints, kind: str, left: str
) -> None:
    make_counter(kind=kind, number="77")
    page.goto(site)
    page.locator("[data-answer=yes]").click()
    wait_until(page, "window.counted === 1")
    number, told = page.evaluate(left)
    assert str(number) == "77"
    assert told in ("init", "https://count.example/js/matomo.php")
    complaints.expect("request beyond this machine")


def test_it_moves_nothing_for_the_question_and_makes_both_answers_alike(
    site: str, banner: str, phone: BrowserPage
) -> None:
    phone.add_init_script(SHIFTS)
    phone.goto(site, wait_until="networkidle")
    expect(phone.locator(banner)).to_be_visible()
    assert moved(phone) < 0.01
    yes, no = (phone.locator(f"[data-answer={each}]") for each in ("yes", "no"))
    style = (
        "each => { const { backgroundColor, color, fontSize } = getComputedStyle(each);"
        " return [backgroundColor, color, fontSize, each.offsetHeight, each.offsetWidth] }"
    )
    assert yes.evaluate(style) == no.evaluate(style)


def test_it_asks_nothing_without_script(site: str, banner: str, page_without_js: BrowserPage) -> None:
    page_without_js.goto(site)
    expect(page_without_js.locator(banner)).to_be_hidden()
    expect(page_without_js.locator("[data-consent-again]")).to_be_hidden()


@pytest.mark.django_db
def test_it_leads_to_what_is_done_with_the_data(client: Client) -> None:
    make_counter()
    Page.objects.create(path="privacy", title="Политика", body="<p>Так.</p>", purpose="privacy")
    banner = client.get("/").content.decode().partition("data-consent>")[2].partition("</section>")[0]
    assert '<a href="/privacy/">Политика</a>' in banner
    assertContains(client.get("/"), "data-consent-again", count=1)

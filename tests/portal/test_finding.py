"""The command line of the desk: what a few letters find, and the keys that lead there."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

from tests.factories import make_article, make_category, make_draft
from tests.harness.browser import CheckAccessibility, OpenPage, signed_in

FIND = "/admin/find/"


def found(client: Client, text: str) -> list[str]:
    return [each["label"] for each in client.get(FIND, {"q": text, "as": "json"}).json()["found"]]


def test_it_finds_screens_stories_and_acts(erins: Client) -> None:
    story = make_article("Мост открыт", category=make_category())
    make_draft("Опечатки прошлых лет")
    assert found(erins, "опечат") == ["Опечатки", "Опечатки прошлых лет"]
    assert found(erins, f"{story.pk}")[-1] == "Мост открыт"
    assert "Написать материал" in found(erins, "")


def test_it_finds_settings_by_name_for_who_may_change_them(admin_client: Client, walts: Client, walt: User) -> None:
    addresses = [each["address"] for each in admin_client.get(FIND, {"q": "лозунг", "as": "json"}).json()["found"]]
    assert all("/sitesettings/#id_" in each for each in addresses)
    walts.force_login(walt)
    assert found(walts, "лозунг") == []


def test_it_shows_nobody_stories_who_may_not_read_them(monas: Client) -> None:
    make_draft("Мост открыт")
    assert found(monas, "мост") == []


@pytest.mark.parametrize("text", ["%", "9" * 300, '"', "x" * 5000])
def test_it_bears_whatever_is_typed(erins: Client, text: str) -> None:
    assert erins.get(FIND, {"q": text}).status_code == 200


def test_it_lets_in_only_the_newsroom(client: Client, rita: User) -> None:
    assert client.get(FIND).status_code == 302
    client.force_login(rita)
    assert client.get(FIND).status_code == 302


@pytest.fixture
def desk(site: str, page: BrowserPage) -> BrowserPage:
    User.objects.create_superuser("chief", password="chief-chief-chief")
    return signed_in(page, site, "chief")


def test_it_leads_through_the_desk_by_keys(site: str, desk: BrowserPage, axe: CheckAccessibility) -> None:
    for title in ("Первый", "Второй"):
        make_draft(title)
    desk.keyboard.press("g")
    desk.keyboard.press("a")
    desk.wait_for_url(f"{site}/admin/articles/article/")
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    expect(desk.locator(".is-at")).to_contain_text("Первый")
    desk.keyboard.press("x")
    expect(desk.locator(".is-at input")).to_be_checked()
    desk.keyboard.press("/")
    expect(desk.locator("#searchbar")).to_be_focused()
    desk.keyboard.type("gт?n")
    expect(desk.locator("#searchbar")).to_have_value("gт?n")
    axe(desk)


def test_it_lets_single_letters_be_switched_off(site: str, desk: BrowserPage, axe: CheckAccessibility) -> None:
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_visible()
    axe(desk)
    desk.locator("[data-keys-on]").uncheck()
    desk.keyboard.press("Escape")
    desk.keyboard.press("n")
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_hidden()
    assert desk.url == f"{site}/admin/"


def test_it_leads_to_a_story_by_the_command_line(site: str, desk: BrowserPage, axe: CheckAccessibility) -> None:
    story = make_draft("Мост через Серебрянку")
    desk.keyboard.press("Control+k")
    desk.keyboard.type("серебрянку")
    expect(desk.locator("#command-found [aria-selected=true]")).to_contain_text("Мост через Серебрянку")
    axe(desk)
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"{site}/admin/articles/article/{story.pk}/change/")


def test_it_saves_the_sheet_by_control_s(site: str, desk: BrowserPage) -> None:
    story: Any = make_draft("Мост")
    desk.goto(f"{site}/admin/articles/article/{story.pk}/change/")
    desk.fill("#id_title", "Мост открыт")
    desk.keyboard.press("Control+s")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert story.revisions.newest().title == "Мост открыт"


@pytest.mark.parametrize("width", [360, 1280])
def test_it_keeps_nobody_out(site: str, open_page: OpenPage, axe: CheckAccessibility, width: int) -> None:
    make_article("Мост через Серебрянку", category=make_category())
    make_draft("Парк у реки")
    page = open_page(width=width)
    User.objects.create_superuser("chief", password="chief-chief-chief")
    signed_in(page, site, "chief")
    for path in ("", "articles/article/", "find/?q=мост", "articles/article/bulk/"):
        page.goto(f"{site}/admin/{path}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

"""Rows with an order on the desk, in a browser: moved by buttons, cards on a phone."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as BrowserPage
from pytest_django import Settings

from portal.models import Menu, SiteSettings, SocialLink
from tests.harness.browser import CheckAccessibility, OpenPage, signed_in


@pytest.fixture
def menu(site: str, settings: Settings) -> Menu:
    """A menu of three items, the second of which stands below the first."""
    settings.ZEAL_ALLOWLIST = [{"model": "portal.*", "field": "get()"}]  # Django's rows ask for each object by itself
    menu = Menu.objects.create(place="main")
    first = menu.items.create(url="/a/", label="Первый раздел с очень длинным названием", order=1)
    menu.items.create(url="/b/", label="Вложенный", parent=first, order=1)
    menu.items.create(url="/c/", label="Последний", order=2)
    return menu


def open_form(page: BrowserPage, site: str, address: str) -> BrowserPage:
    """Signs an administrator in and opens a form of the desk."""
    User.objects.create_superuser("chief", password="chief-chief-chief")
    return signed_in(page, site, "chief", to=address)


def row_of(page: BrowserPage, name: str) -> Locator:
    return page.locator("tr.has_original", has=page.locator(".original p", has_text=name))


def save(page: BrowserPage) -> None:
    page.click("[name=_continue]")
    expect(page.locator(".messagelist .success")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_it_keeps_nobody_from_a_menu_or_the_settings(
    site: str, menu: Menu, open_page: OpenPage, axe: CheckAccessibility, width: int
) -> None:
    SiteSettings().save()
    SocialLink.objects.create(url="https://t.me/vestnik")
    page = open_form(open_page(width=width), site, f"/admin/portal/menu/{menu.pk}/change/")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{site}/admin/portal/sitesettings/")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_moves_an_item_up_and_keeps_the_empty_row_empty(site: str, menu: Menu, page: BrowserPage) -> None:
    open_form(page, site, f"/admin/portal/menu/{menu.pk}/change/")
    rows = page.locator("#items-group tr.has_original")
    expect(rows.nth(1)).to_contain_text("Вложенный")  # right after what it stands below
    for _step in range(2):
        row_of(page, "Последний").get_by_title("Выше").click()
    save(page)
    above = menu.items.filter(parent=None).order_by("order")
    assert [item.label for item in above] == ["Последний", "Первый раздел с очень длинным названием"]
    assert menu.items.count() == 3


def test_it_shows_no_name_over_a_field_on_a_phone(site: str, menu: Menu, phone: BrowserPage) -> None:
    open_form(phone, site, f"/admin/portal/menu/{menu.pk}/change/")
    row = phone.locator("#items-group tr.has_original").first
    name, label = row.locator(".original p").bounding_box(), row.locator(".field-label input").bounding_box()
    buttons = row.locator(".move").bounding_box()
    assert name and label and buttons
    assert name["y"] + name["height"] <= label["y"]
    assert name["x"] + name["width"] <= buttons["x"]


def test_it_takes_a_number_where_there_is_no_script(site: str, menu: Menu, page_without_js: BrowserPage) -> None:
    page = open_form(page_without_js, site, f"/admin/portal/menu/{menu.pk}/change/")
    row_of(page, "Последний").locator(".field-order input").fill("0")
    save(page)
    assert menu.items.filter(parent=None).order_by("order").first() == menu.items.get(label="Последний")

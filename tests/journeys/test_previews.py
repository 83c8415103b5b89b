"""A story is looked at before readers see it: by its writer, and by somebody outside the newsroom."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article, PreviewLink
from tests.factories import make_category, make_draft
from tests.harness.browser import CheckAccessibility, Complaints, OpenPage, signed_in

SHEET = "/admin/articles/article"


@pytest.fixture
def desk(page: Page, site: str, erin: User) -> Page:
    return signed_in(page, site)


def test_it_keeps_what_is_typed_and_shows_it_in_every_width(desk: Page, site: str, axe: CheckAccessibility) -> None:
    article = make_draft("Мост строят", category=make_category())
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    desk.fill("#id_title", "Мост достроили")
    with desk.context.expect_page() as opened:
        desk.click("[data-preview] >> nth=0")
    look = opened.value
    shown = look.frame_locator("iframe")
    expect(shown.locator("h1")).to_have_text("Мост достроили")
    place = look.locator("[data-look]")
    expect(place).to_have_attribute("style", re.compile("--part: 0"))
    assert place.evaluate("box => box.scrollWidth <= box.clientWidth")  # the whole desktop, made smaller
    look.click("[data-screen=phone]")
    expect(look.locator("iframe")).to_have_css("width", "390px")
    look.click("[data-theme-switch]")
    expect(shown.locator("html")).to_have_attribute("data-theme", "dark")
    look.click("[data-theme-switch]")
    axe(look)
    assert Article.objects.get().title == ""


def test_it_begins_with_the_page_of_a_phone_on_a_phone_and_keeps_its_place(
    open_page: OpenPage, site: str, erin: User
) -> None:
    desk = signed_in(open_page(width=360, height=740), site)
    address = f"{site}{SHEET}/{make_draft('Мост').pk}/look/#links"
    desk.goto(address)
    expect(desk.locator("[data-screen=phone]")).to_have_attribute("aria-current", "true")
    assert desk.url == address


def test_it_lets_an_outsider_read_until_the_link_ends(
    desk: Page, site: str, open_page: OpenPage, complaints: Complaints
) -> None:
    article = make_draft("Мост строят", category=make_category())
    desk.goto(f"{site}{SHEET}/{article.pk}/look/")
    desk.fill("#id_for_whom", "Юрист")
    desk.click(".look-form [type=submit]")
    address = desk.locator("#made-link").input_value()

    outsider = open_page()
    answer = outsider.goto(address)
    assert answer
    assert "no-store" in answer.headers["cache-control"]
    expect(outsider.locator("h1")).to_have_text("Мост строят")
    expect(outsider.locator(".preview-note")).to_contain_text("Не для публикации")

    PreviewLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    outsider.reload()
    expect(outsider.locator("h1")).to_have_text("Предпросмотр закрыт")

    PreviewLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    desk.reload()
    desk.click(".look-list [type=submit]")
    expect(desk.locator(".look-list .badge")).to_have_text("отозвана")
    outsider.reload()
    expect(outsider.locator("h1")).to_have_text("Предпросмотр закрыт")
    complaints.expect("410")

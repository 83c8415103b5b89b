"""The public site as people see it: in a browser, wide and narrow, light and dark, with and without script."""

import gzip
from typing import Any

import pytest
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import Response, expect

from articles.models import Article
from portal.models import FrontZone, Menu, MenuItem
from tests.factories import make_article, make_author, make_category, make_media, make_source
from tests.harness.browser import CheckAccessibility, Complaints, OpenPage

TABLE = f"<table><tr>{'<td>Широкая колонка</td>' * 20}</tr></table>"
CODE = f"<pre>{'код ' * 80}</pre>"
ODD = {
    "everything": {
        "lead": "длинноеслово" * 30,
        "body": f"<p>{'непрерывныйтекст' * 40}</p>{TABLE}{CODE}<ul><li><ul><li>Глубже</li></ul></li></ul>",
        "tags": [f"метка {number}" for number in range(30)],
    },
    "a long title": {"title": "Ы" * 200},
    "no title": {"title": "", "body": ""},
}


@pytest.fixture
def story(site: str) -> Article:
    """A story with every part, on a site with a menu and a front page."""
    category, hero = make_category("Город"), make_media()
    tram = make_category("Трамвай", parent=category)
    menu = Menu.objects.create(place="main")
    above = MenuItem.objects.create(menu=menu, category=category)
    MenuItem.objects.create(menu=menu, category=tram, parent=above)
    FrontZone.objects.all().delete()
    for order, kind in enumerate(("lead", "seconds", "stream", "categories")):
        FrontZone.objects.create(kind=kind, size=2 if kind == "seconds" else 1, order=order)
    for number in range(5):
        make_article(f"Новость {number}", category=category, hero=hero if number % 2 else None, lead="Коротко.")
    return make_article(
        "Мост сдали",
        category=category,
        lead="Раньше срока.",
        hero=hero,
        authors=[make_author(bio_ru="Пишет о городе.", photo=hero)],
        sources=[make_source("Агентство", url="https://agency.example/")],
        tags=["мосты"],
        body='<p>Плита и <a href="https://example.com/plan">план</a>.</p><h2>Сроки</h2><p>Декабрь.</p>',
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_keeps_nobody_out(
    site: str, story: Article, open_page: OpenPage, axe: CheckAccessibility, scheme: str, width: int
) -> None:
    page = open_page(width=width, color_scheme=scheme)
    for address in (
        "/",
        story.get_absolute_url(),
        "/news/",
        "/category/gorod/",
        "/author/mariya-lapteva/",
        "/tag/mosty/",
    ):
        page.goto(site + address)
        axe(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_keeps_nobody_out_where_a_page_cannot_be_shown(
    site: str, story: Article, open_page: OpenPage, axe: CheckAccessibility, complaints: Complaints, scheme: str
) -> None:
    page = open_page(width=360, color_scheme=scheme)
    page.goto(f"{site}/nothing/")
    axe(page)
    expect(page.locator(".stream")).to_contain_text("Мост сдали")
    complaints.expect("404")


@pytest.mark.parametrize("fields", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("width", [320, 1280])
def test_it_holds_its_width_whatever_a_story_holds(
    site: str, open_page: OpenPage, width: int, fields: dict[str, Any]
) -> None:
    article = make_article(**fields)
    page = open_page(width=width)
    for address in (article.get_absolute_url(), "/news/"):
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def weight(response: Response) -> int:
    """Returns what a response without its picture weighs as the production servers send it: compressed."""
    return 0 if "/media/" in response.url else len(gzip.compress(response.body()))


def test_it_weighs_little(site: str, story: Article, page: BrowserPage) -> None:
    sizes = []
    page.on("response", lambda response: sizes.append(weight(response)))
    page.goto(site + story.get_absolute_url(), wait_until="networkidle")
    assert 0 < sum(sizes) < 60 * 1024


def test_it_does_not_jump_while_it_loads(site: str, story: Article, phone: BrowserPage) -> None:
    phone.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.shift += e.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    phone.goto(site + story.get_absolute_url(), wait_until="networkidle")
    assert phone.evaluate("window.shift") < 0.01


def test_it_opens_menu_and_search_on_a_phone(site: str, story: Article, phone: BrowserPage) -> None:
    phone.goto(site)
    button = phone.locator("button.menu-button")
    expect(phone.locator("#site-search")).to_be_hidden()
    button.click()
    expect(phone.locator("#site-search")).to_be_visible()
    expect(phone.locator("#main-menu").get_by_text("Трамвай")).to_be_visible()
    phone.keyboard.press("Escape")
    expect(phone.locator("#site-search")).to_be_hidden()
    expect(button).to_be_focused()


def test_it_leads_to_the_menu_in_the_footer_without_script(site: str, story: Article, open_page: OpenPage) -> None:
    page = open_page(width=360, java_script_enabled=False)
    page.goto(site)
    page.locator("a.menu-button").click()
    assert page.url.endswith("#footer-menu")
    expect(page.locator("#footer-menu").get_by_text("Трамвай")).to_be_in_viewport()


def test_it_changes_the_line_of_the_ticker_until_it_is_paused(site: str, story: Article, page: BrowserPage) -> None:
    page.clock.install()
    page.goto(site)
    lines = page.locator(".ticker-lines li:visible")
    first = lines.inner_text()
    page.clock.run_for(7_000)
    assert lines.inner_text() != first
    page.locator("[data-ticker-pause]").click()
    expect(lines).to_have_count(5)


def test_it_keeps_the_ticker_still_where_no_motion_is_wanted(site: str, story: Article, open_page: OpenPage) -> None:
    page = open_page(reduced_motion="reduce")
    page.goto(site)
    expect(page.locator(".ticker-lines li:visible")).to_have_count(5)
    expect(page.locator("[data-ticker-pause]")).to_be_hidden()


def test_it_is_whole_without_script(site: str, story: Article, page_without_js: BrowserPage) -> None:
    page_without_js.goto(site + story.get_absolute_url())
    expect(page_without_js.locator("h1")).to_have_text("Мост сдали")
    expect(page_without_js.locator(".ticker-lines li:visible")).to_have_count(5)
    for control in ("[data-display]", "[data-copy]", "[data-ticker-pause]"):
        expect(page_without_js.locator(control).first).to_be_hidden()


def test_it_lets_the_keyboard_skip_to_the_story(site: str, story: Article, page: BrowserPage) -> None:
    page.goto(site + story.get_absolute_url())
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_it_opens_what_is_below_a_section_and_sends_it_away(site: str, story: Article, page: BrowserPage) -> None:
    page.goto(site)
    below = page.locator(".main-menu .has-below ul")
    page.locator(".main-menu .has-below").hover()
    expect(below).to_be_visible()
    page.keyboard.press("Escape")
    expect(below).to_be_hidden()


def test_it_opens_what_is_below_a_section_by_a_button_for_fingers_and_keys(
    site: str, story: Article, page: BrowserPage
) -> None:
    page.goto(site)
    below, button = page.locator(".main-menu .has-below ul"), page.locator("[data-below]")
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(below.locator("a")).to_be_focused()
    page.keyboard.press("Escape")
    expect(below).to_be_hidden()
    expect(button).to_be_focused()


def test_it_opens_what_is_below_a_section_without_script(
    site: str, story: Article, page_without_js: BrowserPage
) -> None:
    page_without_js.goto(site)
    page_without_js.locator(".main-menu .has-below > a").focus()
    expect(page_without_js.locator(".main-menu .has-below ul")).to_be_visible()
    expect(page_without_js.locator("[data-below]")).to_be_hidden()


def test_it_notes_on_paper_where_it_stands_and_where_its_links_lead(
    site: str, story: Article, page: BrowserPage
) -> None:
    page.goto(site + story.get_absolute_url())
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".print-only")).to_contain_text(story.get_absolute_url())
    expect(page.locator(".printed-notes li").first).to_have_text("https://example.com/plan")
    expect(page.locator(".main-menu")).to_be_hidden()

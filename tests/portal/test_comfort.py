"""How a reader wants to read: theme, size of letters, pictures, the version for the visually impaired."""

import re

import pytest
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

from articles.models import Article
from tests.factories import make_article, make_category, make_media
from tests.harness.browser import CheckAccessibility, OpenPage


@pytest.fixture
def story(site: str) -> Article:
    lead = "Раньше срока, и дешевле, чем думали."
    return make_article("Мост сдали", category=make_category("Город"), lead=lead, hero=make_media(), tags=["мосты"])


def choose(page: BrowserPage, *choices: str) -> None:
    """Opens «Вид» and ticks what has these values."""
    page.locator(".display summary").click()
    for choice in choices:
        page.locator(f".display-panel input[value='{choice}']").check()


def size_of(page: BrowserPage, selector: str) -> float:
    return float(page.locator(selector).first.evaluate("each => parseFloat(getComputedStyle(each).fontSize)"))


def test_it_remembers_that_a_reader_wants_it_dark(site: str, story: Article, page: BrowserPage) -> None:
    page.goto(site)
    choose(page, "dark")
    page.goto(site + story.get_absolute_url())
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 19, 22)"


def test_it_follows_the_system_until_something_is_chosen_and_again_after(
    site: str, story: Article, open_page: OpenPage
) -> None:
    page = open_page(color_scheme="dark")
    page.goto(site)
    expect(page.locator("html")).not_to_have_attribute("data-theme", re.compile(".*"))
    choose(page, "light", "4")
    page.locator(".display-panel [type=reset]").click()
    page.reload()
    expect(page.locator("html")).not_to_have_attribute("data-theme", re.compile(".*"))
    expect(page.locator("html")).not_to_have_attribute("data-size", re.compile(".*"))


def test_it_makes_every_letter_larger(site: str, story: Article, page: BrowserPage) -> None:
    page.goto(site + story.get_absolute_url())
    before = [size_of(page, selector) for selector in (".prose p", "h1", ".today")]
    choose(page, "4")
    page.reload()
    assert [size_of(page, selector) for selector in (".prose p", "h1", ".today")] == [1.5 * each for each in before]


@pytest.mark.parametrize("comfort", ['{"size": "4"}', '{"version": "large"}', '{"version": "large", "size": "4"}'])
def test_it_never_scrolls_sideways_for_large_letters(
    site: str, story: Article, open_page: OpenPage, comfort: str
) -> None:
    page = open_page(width=320)
    page.add_init_script(f"localStorage.setItem('comfort', '{comfort}')")
    for address in ("/", story.get_absolute_url(), "/news/", "/search/?q=мост"):
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_has_a_version_for_the_visually_impaired(
    site: str, story: Article, page: BrowserPage, axe: CheckAccessibility, theme: str
) -> None:
    page.add_init_script(f'localStorage.setItem(\'comfort\', \'{{"version": "large", "theme": "{theme}"}}\')')
    page.goto(site + story.get_absolute_url())
    small = "[...document.querySelectorAll('body *')].filter(each => parseFloat(getComputedStyle(each).fontSize) < 24)"
    assert page.evaluate(f"{small}.map(each => each.outerHTML)") == []
    colours = {page.evaluate(f"getComputedStyle(document.querySelector('{each}')).color") for each in ("h1", ".today")}
    assert colours == {"rgb(0, 0, 0)" if theme == "light" else "rgb(255, 255, 255)"}
    assert page.locator(".prose").bounding_box()["x"] == page.locator("aside.side").bounding_box()["x"]  # type: ignore[index]
    axe(page)


def test_it_sets_no_words_over_a_picture_in_that_version(site: str, story: Article, open_page: OpenPage) -> None:
    for width in (320, 1280):
        page = open_page(width=width)
        page.add_init_script("localStorage.setItem('comfort', '{\"version\": \"large\"}')")
        page.goto(f"{site}/news/")
        picture, words = (page.locator(f"main .card {each}").first.bounding_box() for each in ("img", ".card-text"))
        assert picture and words and picture["y"] + picture["height"] <= words["y"] + 1


def test_it_leaves_out_the_pictures(site: str, story: Article, page: BrowserPage) -> None:
    page.goto(site + story.get_absolute_url())
    expect(page.locator(".hero img")).to_be_visible()
    choose(page, "none")
    expect(page.locator(".hero img")).to_be_hidden()


def test_it_is_worked_by_the_keyboard_and_gives_the_focus_back(
    site: str, story: Article, page: BrowserPage, axe: CheckAccessibility
) -> None:
    page.goto(site)
    summary, panel = page.locator(".display summary"), page.locator(".display-panel")
    summary.press("Enter")
    axe(page)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(summary).to_be_focused()


def test_it_closes_when_the_reader_goes_elsewhere(site: str, story: Article, page: BrowserPage) -> None:
    page.goto(site)
    page.locator(".display summary").click()
    page.locator(".today").click()
    expect(page.locator(".display-panel")).to_be_hidden()


@pytest.mark.parametrize("kept", ["{", "null", "[]", '"dark"', '{"theme": "red", "size": 9}', "\\u0000"])
def test_it_takes_no_harm_from_what_it_finds(site: str, story: Article, page: BrowserPage, kept: str) -> None:
    page.add_init_script(f"localStorage.setItem('comfort', {kept!r})")
    page.goto(site)
    expect(page.locator("html")).not_to_have_attribute("data-theme", re.compile(".*"))
    choose(page, "dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_it_keeps_its_panel_away_without_script(site: str, story: Article, page_without_js: BrowserPage) -> None:
    page_without_js.goto(site)
    expect(page_without_js.locator(".display")).to_be_hidden()

"""What stands around an article, in a browser: the first screen, sharing, and a mistake that a reader saw."""

from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from articles.models import Article, Typo
from portal.models import Menu, MenuItem
from tests.ads.bookings import make_creative, make_flight
from tests.factories import make_article, make_author, make_category, make_media
from tests.harness.browser import CheckAccessibility, Complaints, OpenPage

TITLE = "Мост через Серебрянку сдадут на два месяца раньше срока"
FIRST_WORDS = "Подрядчик закончил укладку плит на главном пролёте."


def make_story(**fields: Any) -> Article:
    """Returns a story with every part that stands above its text, on a site with a menu, a ticker and ads."""
    category, hero = make_category("Город"), make_media()
    MenuItem.objects.create(menu=Menu.objects.create(place="main"), category=category)
    make_flight(make_creative(), make_creative(width=320, height=100), slots=("article-top",))
    author = make_author("Мария Лаптева", photo=hero, bio_ru="Пишет о городе.")
    return make_article(
        TITLE, category=category, kicker="Новый мост", hero=hero, authors=[author], tags=["мосты", "река"], **fields
    )


@time_machine.travel("2026-09-27 09:00+03:00")  # a Sunday in September: no day has a longer name
@pytest.mark.parametrize(("width", "height"), [(1024, 768), (360, 640)])
@pytest.mark.parametrize("way", ["with a lead", "without a lead"])
def test_it_shows_the_title_and_the_first_words_on_the_first_screen(
    site: str, open_page: OpenPage, width: int, height: int, way: str
) -> None:
    body = f"<p>{FIRST_WORDS} Ещё о сроках.</p>" + "<p>Дальше.</p>" * 5
    story = make_story(body=body) if way == "without a lead" else make_story(lead=FIRST_WORDS, body="<p>Дальше.</p>")
    page = open_page(width=width, height=height)
    page.goto(site + story.get_absolute_url(), wait_until="networkidle")
    expect(page.locator(".ad img, .ad iframe").first).to_be_attached()
    expect(page.locator("h1")).to_be_in_viewport(ratio=1)
    line_ends = page.evaluate(
        """words => {
            const places = [...document.querySelectorAll(".lead, .prose p")];
            const place = places.find(each => each.textContent.includes(words));
            const range = document.createRange();
            range.setStart(place.firstChild, 0);
            range.setEnd(place.firstChild, 20);
            return range.getBoundingClientRect().bottom;
        }""",
        FIRST_WORDS,
    )
    assert line_ends <= height


def select_first_words(page: Page) -> None:
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.prose p'))")


def test_it_takes_selected_words_as_a_typo(site: str, page: Page, axe: CheckAccessibility) -> None:
    story = make_article(body="<p>Мост дастроен.</p>")
    page.goto(site + story.get_absolute_url())
    page.keyboard.press("Control+Enter")  # nothing is selected yet
    expect(page.locator("dialog")).to_have_count(0)
    select_first_words(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("dialog [name=fragment]")).to_have_value("Мост дастроен.")
    axe(page)
    page.keyboard.type("достроен")
    page.locator("dialog [type=submit]").click()
    expect(page.locator("dialog [data-typo-sent]")).to_be_focused()
    typo = Typo.objects.get()
    assert (typo.article, typo.fragment, typo.note) == (story, "Мост дастроен.", "достроен")
    page.locator("dialog [data-typo-close]").click()
    expect(page.locator("dialog")).to_be_hidden()
    assert page.url == site + story.get_absolute_url()


def test_it_keeps_what_was_typed_when_a_typo_is_refused_or_the_site_is_away(
    site: str, page: Page, complaints: Complaints
) -> None:
    story = make_article()
    page.goto(site + story.get_absolute_url())
    page.locator("[data-typo]").click()
    note = page.locator("dialog [name=note]")
    note.fill("достроен")
    page.locator("dialog [type=submit]").click()
    expect(page.locator("dialog .field-error")).to_be_visible()
    expect(note).to_have_value("достроен")
    page.context.set_offline(True)
    page.locator("dialog [name=fragment]").fill("дастроен")
    page.locator("dialog [type=submit]").click()
    expect(page.locator("dialog [data-typo-errors]")).to_be_visible()
    expect(note).to_have_value("достроен")
    page.context.set_offline(False)
    page.locator("dialog [type=submit]").click()
    expect(page.locator("dialog [data-typo-sent]")).to_be_visible()
    assert Typo.objects.count() == 1
    complaints.expect("400")
    complaints.expect("ERR_INTERNET_DISCONNECTED")


def test_it_takes_a_typo_without_script(site: str, page_without_js: Page) -> None:
    page = page_without_js
    page.goto(site + make_article().get_absolute_url())
    expect(page.locator(".typo-keys")).to_be_hidden()
    page.locator("[data-typo]").click()
    page.locator("[name=fragment]").fill("дастроен")
    page.locator(".typo-form [type=submit]").click()
    expect(page.locator("[data-typo-sent]")).to_be_visible()
    assert Typo.objects.get().fragment == "дастроен"


def test_it_shares_through_the_apps_of_a_phone(site: str, phone: Page) -> None:
    story = make_article("Мост сдали")
    phone.add_init_script("navigator.share = data => { window.shared = data; return Promise.resolve(); };")
    phone.goto(site + story.get_absolute_url())
    phone.locator("[data-share]").click()
    assert phone.evaluate("window.shared") == {"url": site + story.get_absolute_url(), "title": "Мост сдали"}


def test_it_offers_only_links_without_script(site: str, page_without_js: Page) -> None:
    page_without_js.goto(site + make_article().get_absolute_url())
    expect(page_without_js.locator(".share button:visible")).to_have_count(0)
    expect(page_without_js.locator(".share a:visible")).to_have_count(6)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_keeps_nobody_from_corrections_and_typos(
    site: str, open_page: OpenPage, axe: CheckAccessibility, scheme: str, width: int
) -> None:
    story = make_story(lead=FIRST_WORDS)
    story.corrections.create(text="длинноеслово" * 30)
    page = open_page(width=width, color_scheme=scheme)
    for address in ("/corrections/", f"/typo/{story.pk}/", f"/typo/{story.pk}/sent/", story.get_absolute_url()):
        page.goto(site + address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

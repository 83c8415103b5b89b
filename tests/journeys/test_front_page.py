"""An editor arranges the front page in a browser, with JavaScript and without; and what readers see of it."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article
from portal.models import FrontZone, TickerItem
from tests.factories import make_article, make_category, make_media
from tests.harness.browser import CheckAccessibility, Complaints, OpenPage, signed_in

SCREEN = "/admin/portal/frontzone/"
LEAD = ".of-kind-lead .front-seat"


@pytest.fixture
def stories(site: str, erin: User) -> list[Article]:
    """A front page with a lead, two seconds and the main categories, and six stories, the newest first."""
    FrontZone.objects.all().delete()
    for order, (kind, size) in enumerate({"lead": 1, "seconds": 2, "stream": 2, "categories": 2}.items()):
        FrontZone.objects.create(language="ru", kind=kind, size=size, order=order)
    city, hero, now = make_category("Город"), make_media(), timezone.now()
    return [
        make_article(f"Новость {number}", category=city, hero=hero, at=now - timedelta(hours=number))
        for number in range(6)
    ]


def lead_of(reader: Page, site: str) -> str:
    reader.goto(site)
    return reader.locator(".lead-story .card-title").inner_text()


def pin(desk: Page, story: Article, place: str, until: str = "none") -> None:
    desk.check(f"[name=article][value='{story.pk}']")
    desk.select_option("#pin-place", label=place)
    desk.check(f"[name=ends][value={until}]")
    desk.click("[name=act][value=pin]")
    expect(desk.locator(".messagelist .success")).to_contain_text("Закреплено")


@pytest.mark.parametrize("with_script", [True, False])
def test_it_pins_previews_and_undoes(open_page: OpenPage, site: str, stories: list[Article], with_script: bool) -> None:
    desk = signed_in(open_page(java_script_enabled=with_script), site, to=SCREEN)
    reader = open_page(java_script_enabled=False)
    pin(desk, stories[4], "Главный материал, место 1", until="hour")
    expect(desk.locator(f"{LEAD}.is-pinned")).to_contain_text("Новость 4")
    assert lead_of(reader, site) == "Новость 4"

    desk.fill("#id_at", f"{timezone.localtime() + timedelta(hours=2):%Y-%m-%dT%H:%M}")
    desk.click(".front-preview button")
    expect(desk.locator(".preview-note")).to_be_visible()
    expect(desk.locator(".lead-story .card-title")).to_have_text("Новость 0")
    desk.click(".preview-note a")

    desk.click("#log button >> nth=0")
    expect(desk.locator(".messagelist .success")).to_contain_text("Отменено: Закреплено «Новость 4»")
    assert lead_of(reader, site) == "Новость 0"


def test_it_drags_a_story_to_its_place_and_moves_it_by_the_keyboard(
    open_page: OpenPage, site: str, stories: list[Article]
) -> None:
    desk = signed_in(open_page(), site, to=SCREEN)
    desk.drag_and_drop(f"[data-story='{stories[3].pk}']", LEAD)
    expect(desk.locator(f"{LEAD}.is-pinned")).to_contain_text("Новость 3")
    desk.locator(f"{LEAD} button", has_text="В следующую зону").focus()
    desk.keyboard.press("Enter")
    expect(desk.locator(".of-kind-seconds .front-seat.is-pinned")).to_contain_text("Новость 3")
    expect(desk.locator(f"{LEAD}")).to_contain_text("Новость 0")


def test_it_finds_a_story_while_one_types(open_page: OpenPage, site: str, stories: list[Article]) -> None:
    make_article("Трамвай вернулся", at=timezone.now() - timedelta(days=30))
    desk = signed_in(open_page(), site, to=SCREEN)
    desk.locator("#story-q").press_sequentially("трамвай")
    expect(desk.locator(".front-stories li")).to_have_count(1)
    desk.locator(".of-kind-seconds a[data-choose]", has_text="Выбрать материал").first.click()
    expect(desk.locator("#pin-place option:checked")).to_have_text("Рядом с главным, место 1")
    expect(desk.locator("#story-q")).to_be_focused()


def test_it_says_that_a_search_has_no_answer_and_keeps_the_stories(
    open_page: OpenPage, site: str, stories: list[Article]
) -> None:
    desk = signed_in(open_page(), site, to=SCREEN)
    desk.context.clear_cookies(name="sessionid")
    desk.locator("#story-q").press_sequentially("новость")
    expect(desk.locator("[data-stories-failed]")).to_have_text("Сервер не ответил. Попробуйте ещё раз.")
    expect(desk.locator(".front-stories li").first).to_contain_text("Новость")


def test_it_keeps_what_was_wanted_when_two_editors_arrange(
    open_page: OpenPage, site: str, stories: list[Article], complaints: Complaints
) -> None:
    mine, theirs = (signed_in(open_page(), site, to=SCREEN) for _editor in range(2))
    pin(theirs, stories[5], "Главный материал, место 1")
    mine.check(f"[name=article][value='{stories[2].pk}']")
    mine.click("[name=act][value=pin]")
    expect(mine.locator(".conflict")).to_contain_text("Закреплено «Новость 5»")
    complaints.expect("409")
    mine.click(".conflict button")
    expect(mine.locator(f"{LEAD}.is-pinned")).to_contain_text("Новость 2")


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"width": 360, "height": 740}])
def test_it_can_be_used_by_everyone(
    open_page: OpenPage, site: str, stories: list[Article], axe: CheckAccessibility, look: dict[str, str]
) -> None:
    TickerItem.objects.create(text="Гроза")
    desk = signed_in(open_page(**look), site, to=SCREEN)
    pin(desk, stories[4], "Рядом с главным, место 2")
    for address in ("", "ru/ticker/", "ru/log/"):
        desk.goto(f"{site}{SCREEN}{address}")
        axe(desk)
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_it_steps_through_the_ticker_by_the_arrow_keys(page: Page, site: str, stories: list[Article]) -> None:
    page.goto(site)
    line = page.locator(".ticker-lines .current a")
    expect(line).to_have_text("Новость 0")
    line.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".ticker-lines a:focus")).to_have_text("Новость 1")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".ticker-lines a:focus")).to_have_text(re.compile("Новость 4"))

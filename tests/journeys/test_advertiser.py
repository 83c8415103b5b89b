"""An ad is booked, seen and clicked by a reader, and counted on the desk; nothing moves on the page meanwhile."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from playwright.sync_api import Page, Request, expect
from pytest_django import Settings

from ads.models import DailyCount, Flight
from ads.slots import SLOTS, all_sizes
from articles.models import Article
from tests.ads.bookings import make_campaign, make_creative, make_flight, make_house_flight
from tests.factories import make_article, make_media
from tests.harness.browser import SHIFTS, CheckAccessibility

READER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> None:
    settings.SPOOL_DIR = tmp_path / "spool"


@pytest.fixture
def article(site: str) -> Article:
    text = "<p>Строители уложили последнюю плиту.</p>" * 12
    return make_article(body=text, hero=make_media())


@pytest.fixture
def flight(site: str) -> Flight:
    """Booked for every place, in every size, on this very site."""
    campaign = make_campaign()
    creatives = [make_creative(campaign, *size, target="/news/") for size in all_sizes()]
    return make_flight(*creatives, slots=tuple(SLOTS))


@pytest.fixture
def reader(open_page: Callable[..., Page]) -> Page:
    return open_page(user_agent=READER)


def ada(site: str, page: Page) -> Page:
    """Signs in somebody who may see what ads bring."""
    user = User.objects.create_user("ada", password="ada-ada-ada-ada", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="ads"))
    page.goto(f"{site}/admin/login/?next=/admin/")
    page.fill("[name=username]", "ada")
    page.fill("[name=password]", "ada-ada-ada-ada")
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/admin/")
    return page


def see(page: Page, slot: str) -> None:
    """Looks at the ad in a place until the server has been told."""

    def tells(request: Request) -> bool:
        return request.url.endswith("/_r/seen") and slot in (request.post_data or "")

    with page.expect_event("requestfinished", tells):
        page.locator(f"[data-ad={slot}]").evaluate("box => box.scrollIntoView({block: 'center'})")


def read_through(page: Page) -> None:
    """Scrolls down past every box and waits for every picture in them."""
    for box in page.locator("[data-ad]").all():
        box.evaluate("box => box.scrollIntoView({block: 'center'})")
        expect(box.locator("img")).to_be_visible()
        box.locator("img").evaluate("image => image.decode()")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_it_counts_on_the_desk_what_a_reader_saw_and_clicked(
    site: str, article: Article, flight: Flight, reader: Page, page: Page
) -> None:
    reader.goto(site + article.get_absolute_url())
    see(reader, "in-text")
    reader.locator("[data-ad=in-text] a").click()
    reader.wait_for_url("**/news/?erid=2VtzqAbC")
    call_command("count", verbosity=0)
    assert DailyCount.objects.get(slot="in-text").clicks == 1
    ada(site, page).goto(f"{site}/admin/ads/flight/{flight.pk}/report/")
    expect(page.locator("tfoot td").nth(1)).to_have_text("1")
    assert int(page.locator("tfoot td").nth(0).inner_text()) >= 1


def test_it_does_not_count_what_nobody_scrolled_to(site: str, article: Article, flight: Flight, reader: Page) -> None:
    reader.goto(site + article.get_absolute_url())
    see(reader, "article-top")
    call_command("count", verbosity=0)
    slots = set(DailyCount.objects.values_list("slot", flat=True))
    assert "article-top" in slots
    assert "article-bottom" not in slots


def test_it_says_who_advertises_beside_the_ad(site: str, article: Article, flight: Flight, reader: Page) -> None:
    reader.goto(site + article.get_absolute_url())
    expect(reader.locator("[data-ad=article-top] .ad-caption")).to_contain_text("ООО «Тёплый дом»")
    expect(reader.locator("[data-ad=article-top] .ad-erid")).to_have_text("erid: 2VtzqAbC")
    link = reader.locator("[data-ad=article-top] a")
    assert link.get_attribute("rel") == "sponsored nofollow noopener"


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("place", ["article", "front"])
def test_it_moves_nothing_when_ads_arrive(
    site: str, article: Article, flight: Flight, open_page: Callable[..., Page], width: int, place: str
) -> None:
    page = open_page(width=width)
    page.add_init_script(SHIFTS)
    page.goto(site + (article.get_absolute_url() if place == "article" else "/"))
    read_through(page)
    assert page.evaluate("window.shifts") == []


def test_it_keeps_every_box_as_it_is_while_the_server_is_away(
    site: str, article: Article, flight: Flight, reader: Page, complaints: Any
) -> None:
    reader.route(re.compile("/_r/decide"), lambda route: route.abort())
    reader.goto(site + article.get_absolute_url())
    box = reader.locator("[data-ad=article-top]")
    expect(box).to_have_css("visibility", "hidden")
    assert box.bounding_box() == {**(box.bounding_box() or {}), "height": 126}
    complaints.expect("ERR_FAILED")


def test_it_shows_our_own_ad_when_the_server_is_away(
    site: str, article: Article, reader: Page, complaints: Any
) -> None:
    make_house_flight()
    reader.route(re.compile("/_r/decide"), lambda route: route.abort())
    reader.goto(site + article.get_absolute_url())
    expect(reader.locator("[data-ad=article-top] img")).to_be_visible()
    complaints.expect("ERR_FAILED")


def test_it_shows_our_own_ad_without_javascript(site: str, article: Article, page_without_js: Page) -> None:
    make_house_flight(slots=("article-top",))
    make_flight(slots=("article-bottom",))
    page_without_js.goto(site + article.get_absolute_url())
    expect(page_without_js.locator("[data-ad=article-top] img").filter(visible=True)).to_have_count(1)
    expect(page_without_js.locator("[data-ad=article-bottom]")).to_be_hidden()


def test_it_keeps_a_page_stored_when_a_flight_changes(
    site: str, article: Article, flight: Flight, reader: Page
) -> None:
    address = site + article.get_absolute_url()
    reader.goto(address)
    flight.status = Flight.Status.PAUSED
    flight.save()
    response = reader.goto(address)
    assert response
    assert response.headers["x-cache"] == "hit"
    expect(reader.locator("[data-ad]")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_used_by_everybody(
    site: str, article: Article, flight: Flight, open_page: Callable[..., Page], axe: CheckAccessibility, scheme: str
) -> None:
    page = open_page(color_scheme=scheme)
    page.goto(site + article.get_absolute_url())
    read_through(page)
    axe(page)


def test_it_fits_the_narrowest_phone(
    site: str, article: Article, flight: Flight, open_page: Callable[..., Page], axe: CheckAccessibility
) -> None:
    page = open_page(width=320, height=640)
    page.goto(site + article.get_absolute_url())
    read_through(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    axe(page)


def test_it_counts_nothing_of_the_newsroom(site: str, article: Article, flight: Flight, reader: Page) -> None:
    ada(site, reader).goto(site + article.get_absolute_url())
    see(reader, "article-bottom")
    call_command("count", verbosity=0)
    assert not DailyCount.objects.exists()

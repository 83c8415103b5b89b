"""A story that is scheduled and a change that is planned come on time: no worker runs, no counter, nobody is there."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from articles import planned, publishing
from articles.models import Announcement
from portal.models import FrontZone
from tests.factories import make_article, make_category, make_content

NOON = datetime.fromisoformat("2026-11-20T09:00:00+00:00")
AT = NOON + timedelta(hours=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=True) as traveller:
        yield traveller


def test_it_is_there_on_time_though_nothing_runs(clock: time_machine.Traveller, site: str, page: Page) -> None:
    city = make_category()
    FrontZone.objects.all().delete()
    FrontZone.objects.create(language="ru", kind=FrontZone.Kind.CATEGORY, category=city, size=5, order=1)
    make_article("Мост строят", category=city, at=NOON - timedelta(days=1))
    coming = make_article("Мост открыт", category=city, at=AT)
    places = [f"{site}/", f"{site}/news/", f"{site}/category/gorod/"]
    for address in places:
        page.goto(address)
        expect(page.get_by_role("link", name="Мост открыт")).to_have_count(0)
    assert "Мост открыт" not in page.request.get(f"{site}/feed/").text()
    assert page.request.get(site + coming.get_absolute_url()).status == 404
    clock.move_to(AT)
    for address in places:
        page.goto(address)
        expect(page.locator("main").get_by_role("link", name="Мост открыт").first).to_be_visible()
    assert "Мост открыт" in page.request.get(f"{site}/feed/").text()
    page.goto(site + coming.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("Мост открыт")


def test_it_changes_on_time_though_nothing_runs(clock: time_machine.Traveller, site: str, page: Page) -> None:
    story = make_article("Мост открыт", category=make_category(), at=NOON - timedelta(days=1))
    change = publishing.save(story, make_content("Мост закрыт", category=story.category), by=None)
    planned.plan_change(story, change, by=None, at=AT)
    page.goto(site + story.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("Мост открыт")
    clock.move_to(AT)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Мост закрыт")
    assert Announcement.objects.count() == 0  # and whoever is to hear of it has heard

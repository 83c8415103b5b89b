"""A reader comes for the news: from the front page to a story and on, with and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from portal.models import FrontZone
from tests.factories import make_article, make_author, make_category, make_media, make_source

OpenPage = Callable[..., Page]


@pytest.fixture
def story(site: str) -> Article:
    """The lead story of a small newsroom, with other stories around it."""
    city, hero = make_category("Город"), make_media()
    FrontZone.objects.all().delete()
    for order, kind in enumerate(("lead", "seconds", "stream", "categories")):
        FrontZone.objects.create(kind=kind, size=2 if kind == "seconds" else 1, order=order)
    for number in range(25):
        make_article(f"Новость {number}", category=city, body="<p>Коротко.</p>", tags=["мосты"])
    return make_article(
        "Мост сдали раньше срока",
        category=city,
        hero=hero,
        lead="Движение откроют в субботу.",
        authors=[make_author(bio_ru="Пишет о городе.")],
        sources=[make_source("Агентство")],
        tags=["мосты"],
        body="<p>Строители уложили последнюю плиту.</p>" * 5,
    )


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def reader(request: pytest.FixtureRequest, site: str, open_page: OpenPage) -> Page:
    page = open_page(java_script_enabled=request.param)
    page.goto(site)
    return page


def test_it_leads_from_the_front_page_through_a_story_to_the_next(reader: Page, story: Article) -> None:
    reader.reload()
    reader.locator(".lead-story a").filter(has_text=story.title).click()
    expect(reader.locator("h1")).to_have_text(story.title)
    expect(reader.locator(".prose").first).to_contain_text("последнюю плиту")
    reader.locator(".related .card-title a").first.click()
    expect(reader.locator("h1")).to_contain_text("Новость")


def test_it_leads_from_a_section_to_its_older_news(reader: Page, site: str, story: Article) -> None:
    reader.goto(site + story.get_absolute_url())
    reader.locator(".story-head .kicker a").click()
    expect(reader.locator("h1")).to_have_text("Город")
    newest = reader.locator(".card-title").all_inner_texts()
    reader.locator("a[rel=next]").click()
    reader.wait_for_url(re.compile("before="))
    assert not set(reader.locator(".card-title").all_inner_texts()) & set(newest)


def test_it_leads_from_a_tag_and_an_author_to_their_stories(reader: Page, site: str, story: Article) -> None:
    for link, heading in (("a[rel=tag]", "#мосты"), ("a[rel=author]", "Мария Лаптева")):
        reader.goto(site + story.get_absolute_url())
        reader.locator(link).first.click()
        expect(reader.locator("h1")).to_have_text(heading)
        expect(reader.get_by_role("link", name=story.title).first).to_be_visible()


def test_it_finds_a_story_by_another_form_of_its_word(reader: Page, site: str, story: Article) -> None:
    reader.goto(f"{site}/search/")
    reader.locator("main [name=q]").fill("мосту")
    reader.locator("main [name=q]").press("Enter")
    expect(reader.locator("main").get_by_role("link", name=story.title)).to_be_visible()


def test_it_says_kindly_that_a_page_is_not_there(reader: Page, site: str, complaints: list[str]) -> None:
    answer = reader.goto(f"{site}/news/999999/net/")
    assert answer and answer.status == 404
    expect(reader.locator("main").get_by_role("link").first).to_be_visible()
    complaints[:] = [each for each in complaints if "status of 404" not in each]

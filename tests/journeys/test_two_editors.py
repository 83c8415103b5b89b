"""Two editors on one article in two browsers: they see each other, take over, and lose nothing that either typed."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.factories import make_category, make_draft, make_media
from tests.harness.browser import CheckAccessibility, Complaints, OpenPage, signed_in
from tests.sheets import newest

SHEET = "/admin/articles/article"


@pytest.fixture
def story(erin: User, paula: User) -> Article:
    return make_draft("Мост", lead="Скоро", body="<p>один</p><p>два</p>", category=make_category())


def opened(page: Page, site: str, story: Article) -> Page:
    page.goto(f"{site}{SHEET}/{story.pk}/change/")
    expect(page.locator(".ProseMirror")).to_be_visible()
    return page


def beat(page: Page) -> None:
    """Lets a sheet tell of itself now, as it does every few seconds."""
    with page.expect_response("**/presence/"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_it_lets_one_write_and_another_take_over(
    open_page: OpenPage, site: str, story: Article, axe: CheckAccessibility, complaints: Complaints
) -> None:
    erin = opened(signed_in(open_page(), site, "erin"), site, story)
    paula = opened(signed_in(open_page(), site, "paula"), site, story)
    expect(paula.locator(".presence")).to_contain_text("erin здесь с")
    erin.route("**/autosave/", lambda route: route.abort())  # what she types reaches the site in no other way
    with erin.expect_response("**/presence/"):
        erin.fill("#id_lead", "Уже открыт")
    beat(paula)
    expect(paula.locator(".presence-hold")).to_contain_text("erin правит с")
    expect(paula.locator("#id_title")).not_to_be_editable()
    axe(paula)
    paula.click(".presence-hold button")
    expect(paula.locator(".messagelist .success")).to_be_visible()
    expect(paula.locator("#id_title")).to_be_editable()
    erin.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(erin.locator(".presence-hold")).to_contain_text("paula правит с")
    expect(erin.locator("#id_title")).not_to_be_editable()
    expect(erin.locator("[data-presence-away]")).to_be_visible()
    erin.click("[data-presence-away] a")
    expect(erin.locator(".changes").first).to_contain_text("Уже открыт")
    kept: Any = story.kept_texts.get()
    assert kept.content.lead == "Уже открыт"
    complaints[:] = [each for each in complaints if "autosave" not in each]


def test_it_keeps_what_was_typed_when_the_connection_is_back(
    open_page: OpenPage, site: str, story: Article, complaints: Complaints
) -> None:
    erin = opened(signed_in(open_page(), site, "erin"), site, story)
    paula = opened(signed_in(open_page(), site, "paula"), site, story)
    erin.route("**/autosave/", lambda route: route.abort())
    erin.route("**/keep/", lambda route: route.abort(), times=1)
    with erin.expect_response("**/presence/"):
        erin.fill("#id_lead", "Уже открыт")
    beat(paula)
    paula.click(".presence-hold button")
    expect(paula.locator(".messagelist .success")).to_be_visible()
    with erin.expect_event("requestfailed", lambda request: request.url.endswith("/keep/")):
        beat(erin)
    beat(erin)
    expect(erin.locator("[data-presence-away]")).to_be_visible()
    assert story.kept_texts.get().content.lead == "Уже открыт"
    complaints[:] = [each for each in complaints if "/autosave/" not in each and "/keep/" not in each]


def test_it_asks_about_what_both_changed(
    open_page: OpenPage, site: str, story: Article, axe: CheckAccessibility, complaints: Complaints
) -> None:
    erin = signed_in(open_page(java_script_enabled=False), site, "erin")
    erin.goto(f"{site}{SHEET}/{story.pk}/change/")
    paula = opened(signed_in(open_page(), site, "paula"), site, story)
    paula.fill("#id_title", "Мост построен")
    paula.fill("#id_lead", "Вчера")
    paula.click(".sheet-bar [value=save]")
    expect(paula.locator(".messagelist .success")).to_be_visible()
    erin.fill("#id_title", "Мост открыт")
    erin.fill("#id_body", "<p>ОДИН</p><p>два</p>")
    erin.click(".sheet-bar [value=save]")
    expect(erin.locator(".clash")).to_have_count(1)
    expect(erin.locator("#id_lead")).to_have_value("Вчера")
    complaints.expect("409")
    erin.check("input[value=theirs]")
    erin.click(".sheet-bar [value=save]")
    expect(erin.locator(".messagelist .success")).to_be_visible()
    content = newest(story).content
    assert (content.title, content.lead, content.body) == ("Мост построен", "Вчера", "<p>ОДИН</p><p>два</p>")


def test_it_checks_while_one_writes_and_lets_pass_with_a_reason(
    open_page: OpenPage, site: str, story: Article, axe: CheckAccessibility
) -> None:
    media = make_media(alt="")
    picture = f'<figure><img src="{media.url}" alt="" width="8" height="4" data-media="{media.pk}"></figure>'
    draft = make_draft("Порт", body=f"<p>один</p>{picture}", category=make_category("Порт"))
    erin = opened(signed_in(open_page(), site, "erin"), site, draft)
    expect(erin.locator(".finding-blocking")).to_have_count(1)
    erin.fill("#id_title", "")
    expect(erin.locator(".finding-blocking")).to_have_count(2)
    expect(erin.locator(".bar-checks")).to_contain_text("2 мешают")
    axe(erin)
    erin.click(".finding-blocking a[href='#id_title']")
    expect(erin.locator("#id_title")).to_be_focused()
    erin.keyboard.type("Порт открыт")
    expect(erin.locator(".finding-blocking")).to_have_count(1)
    erin.click(".sheet-bar [value=publish]")
    expect(erin.locator(".errornote")).to_contain_text("Не опубликовано")
    erin.fill("#id_override_reason", "Описание пишет фотограф")
    erin.click(".checks-override button")
    expect(erin.locator(".messagelist .success")).to_be_visible()
    assert Article.objects.published().get() == draft
    assert draft.check_overrides.get().reason == "Описание пишет фотограф"

"""Nothing typed is lost: in tabs that are killed, without a connection, after a session, by two in one browser."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Dialog, Page, expect

from articles import publishing
from articles.models import Article, Revision
from tests.factories import make_content, make_draft
from tests.harness.browser import CheckAccessibility, Complaints, OpenPage, signed_in, wait_until

SHEET = "/admin/articles/article"
OFFER = ".draft-offer"


@pytest.fixture
def desk(page: Page, site: str, erin: User) -> Page:
    return signed_in(page, site, "erin")


def ask(page: Page) -> None:
    """Lets the sheet save at once what it would save a little later."""
    page.evaluate("window.dispatchEvent(new Event('online'))")


def kill_before_it_saves(page: Page) -> None:
    """Lets nothing of this tab reach the site, not even what a browser sends of a page that it closes."""
    page.add_init_script("window.fetch = () => Promise.reject(new TypeError());")


def kept_here(page: Page, words: str) -> None:
    """Waits until the browser has ``words``, which it writes down a moment after the last key."""
    wait_until(page, "(words) => Object.values(localStorage).some((each) => each.includes(words))", arg=words)


def test_it_saves_by_itself_and_knows_its_address(desk: Page, site: str) -> None:
    desk.goto(f"{site}{SHEET}/add/")
    desk.fill("#id_title", "Мост открыт")
    desk.locator(".ProseMirror").press_sequentially("Первые машины.")
    expect(desk.locator("[data-autosave]")).to_contain_text("Сохранено автоматически в", timeout=30_000)
    article = Article.objects.get()
    assert desk.url == f"{site}{SHEET}/{article.pk}/change/"
    expect(desk.locator(".states")).to_have_text("черновик")
    desk.reload()
    expect(desk.locator("#id_title")).to_have_value("Мост открыт")
    expect(desk.locator(".ProseMirror")).to_contain_text("Первые машины.")
    expect(desk.locator(OFFER)).to_have_count(0)
    desk.click(".sheet-bar [value=save]")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert [revision.kind for revision in article.revisions.all()] == [Revision.Kind.SAVE]


def test_it_sends_nothing_after_the_save_that_was_pressed(desk: Page, site: str) -> None:
    article = make_draft("Мост строят")
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    desk.fill("#id_title", "Мост построен")
    with desk.expect_navigation():
        desk.click(".sheet-bar [value=save]")
    desk.goto(f"{site}/admin/")
    assert [revision.kind for revision in article.revisions.all()] == [Revision.Kind.SAVE, Revision.Kind.SAVE]


def test_it_offers_what_a_killed_tab_did_not_save(desk: Page, site: str, axe: CheckAccessibility) -> None:
    article = make_draft("Мост строят")
    kill_before_it_saves(desk)
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    desk.fill("#id_title", "Мост достроили")
    desk.locator(".ProseMirror").press_sequentially("Ура. ")
    kept_here(desk, "Ура. ")
    desk.close()
    again = desk.context.new_page()
    again.goto(f"{site}{SHEET}/{article.pk}/change/")
    offer = again.locator(OFFER)
    expect(offer).to_contain_text("В этом браузере остался несохранённый текст")
    offer.locator("summary").click()
    expect(offer.locator("ins").first).to_have_text("достроили")
    axe(again)
    offer.locator("[data-draft-take]").click()
    expect(again.locator("#id_title")).to_have_value("Мост достроили")
    expect(again.locator(".ProseMirror")).to_contain_text("Ура.")
    again.click(".sheet-bar [value=save]")
    expect(again.locator(".messagelist .success")).to_be_visible()
    again.reload()
    wait_until(again, "!Object.keys(localStorage).some((key) => key.startsWith('desk-draft:'))")
    expect(again.locator(OFFER)).to_have_count(0)


def test_it_offers_a_new_story_that_was_never_sent(desk: Page, site: str) -> None:
    kill_before_it_saves(desk)
    desk.goto(f"{site}{SHEET}/add/")
    desk.fill("#id_title", "Срочно в номер")
    kept_here(desk, "Срочно в номер")
    desk.close()
    again = desk.context.new_page()
    again.goto(f"{site}{SHEET}/add/")
    again.locator(f"{OFFER} [data-draft-drop]").click()
    again.reload()
    expect(again.locator(OFFER)).to_have_count(0)


def test_it_tells_by_the_clock_of_the_newsroom_when_that_was(open_page: OpenPage, site: str, erin: User) -> None:
    abroad = signed_in(open_page(timezone_id="Asia/Vladivostok"), site, "erin")
    kill_before_it_saves(abroad)
    abroad.goto(f"{site}{SHEET}/add/")
    abroad.fill("#id_title", "Срочно в номер")
    kept_here(abroad, "Срочно в номер")
    kept = abroad.evaluate("JSON.parse(Object.values(localStorage).find((each) => each.includes('Срочно'))).at")
    abroad.close()
    again = abroad.context.new_page()
    again.goto(f"{site}{SHEET}/add/")
    hour = datetime.fromtimestamp(kept / 1000, timezone.get_default_timezone())
    expect(again.locator(f"{OFFER} h2")).to_contain_text(f"{hour:%H:%M}")


def test_it_shows_a_text_to_nobody_else_in_the_same_browser(desk: Page, site: str, walt: User) -> None:
    article = publishing.start(make_content("Мост строят"), by=walt)
    kill_before_it_saves(desk)
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    desk.fill("#id_title", "Тайное")
    kept_here(desk, "Тайное")
    desk.close()
    other = desk.context.new_page()
    desk.context.clear_cookies()
    signed_in(other, site, "walt")
    other.goto(f"{site}{SHEET}/{article.pk}/change/", wait_until="networkidle")
    expect(other.locator("#id_title")).to_have_value("Мост строят")
    expect(other.locator(OFFER)).to_have_count(0)


def test_it_says_that_somebody_else_saved_and_loses_nothing(
    desk: Page, site: str, walt: User, complaints: Complaints
) -> None:
    article = make_draft("Мост строят")
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    publishing.save(article, make_content("Текст Вальтера"), by=walt)
    desk.fill("#id_title", "Текст Эрин")
    ask(desk)
    expect(desk.locator("[data-autosave]")).to_contain_text("walt")
    newest = article.revisions.newest()
    assert newest is not None
    assert newest.title == "Текст Вальтера"
    desk.click(".sheet-bar [value=save]")
    expect(desk.locator(".conflict")).to_be_visible()
    expect(desk.locator("#id_title")).to_have_value("Текст Эрин")
    complaints.expect("409")


def test_it_goes_on_after_signing_in_again(desk: Page, site: str) -> None:
    article = make_draft("Мост строят")
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    desk.context.clear_cookies(name="sessionid")
    desk.fill("#id_title", "Мост построен")
    ask(desk)
    expect(desk.locator("[data-autosave]")).to_contain_text("Ваш сеанс завершён")
    desk.click(".sheet-bar [value=save]")
    expect(desk.locator("#id_title")).to_have_value("Мост построен")
    with desk.context.expect_page() as opened:
        desk.click("[data-autosave] a")
    signed_in(opened.value, site, "erin")
    ask(desk)
    expect(desk.locator("[data-autosave]")).to_contain_text("Сохранено автоматически в")
    desk.click(".sheet-bar [value=save]")
    expect(desk.locator(".messagelist .success")).to_be_visible()


def test_its_tools_go_on_after_signing_in_again(desk: Page, site: str) -> None:
    article = make_draft("Мост", lead='Мост "Новый"')
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    desk.context.clear_cookies()
    signed_in(desk.context.new_page(), site, "erin")
    desk.click("[data-command=typography]")
    expect(desk.locator("[data-typography-fields] ins").first).to_have_text("«")


def test_it_does_not_send_a_form_into_a_dead_connection(desk: Page, site: str, complaints: Complaints) -> None:
    article = make_draft("Мост строят")
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    desk.context.set_offline(True)
    desk.fill("#id_title", "Мост построен")
    ask(desk)
    expect(desk.locator("[data-autosave]")).to_contain_text("Нет связи")
    desk.click(".sheet-bar [value=save]")
    expect(desk.locator("#id_title")).to_have_value("Мост построен")
    desk.context.set_offline(False)
    desk.click(".sheet-bar [value=save]")
    expect(desk.locator(".messagelist .success")).to_be_visible()
    complaints.clear()


def test_it_asks_before_it_leaves_only_while_something_is_not_kept(desk: Page, site: str) -> None:
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    desk.on("dialog", leave)
    article = make_draft("Мост строят")
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    desk.fill("#id_title", "Мост построен")
    ask(desk)
    expect(desk.locator("[data-autosave]")).to_contain_text("Сохранено")
    desk.goto(f"{site}/admin/")
    assert asked == []


def test_it_works_without_javascript(open_page: OpenPage, site: str, erin: User) -> None:
    article = make_draft("Мост строят")
    desk = signed_in(open_page(java_script_enabled=False), site, "erin")
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    desk.fill("#id_title", "Мост построен")
    desk.click(".sheet-bar [value=save]")
    expect(desk.locator(".messagelist .success")).to_be_visible()

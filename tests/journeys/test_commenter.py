"""A reader writes a comment, a moderator approves it, and other readers see it: with and without JavaScript."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import Article
from comments.models import PortalComment, Status
from tests.factories import make_article, make_comment
from tests.harness.browser import CheckAccessibility, Complaints

FORM, SENT, ERRORS = "[data-comment-form]", "[data-comment-sent]", "[data-comment-errors]"
QUEUE = "/admin/comments/portalcomment/"


@pytest.fixture
def article(site: str) -> Article:
    article = make_article(body="<p>Строители уложили последнюю плиту.</p>" * 40)
    make_comment(to=make_comment(article, "Первая мысль"), text="Ответ на неё", name="Пётр")
    return article


@pytest.fixture
def desk(site: str, mona: User, open_page: Callable[..., Page]) -> Page:
    """A browser in which Mona is signed in, at the queue."""
    return at_the_queue(site, open_page())


@pytest.fixture
def desk_without_js(site: str, mona: User, open_page: Callable[..., Page]) -> Page:
    return at_the_queue(site, open_page(java_script_enabled=False))


def at_the_queue(site: str, page: Page) -> Page:
    page.goto(f"{site}/admin/login/?next={QUEUE}")
    page.fill("[name=username]", "mona")
    page.fill("[name=password]", "mona-mona-mona")
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(f"**{QUEUE}")
    return page


def open_form(page: Page) -> None:
    """Reads on until the form is there, by itself where the page has to fetch it."""
    page.locator("[data-comment-place], [data-comment-form]").first.scroll_into_view_if_needed()
    expect(page.locator(FORM)).to_be_visible()


def write(page: Page, text: str = "Когда откроют пешеходную часть?") -> None:
    page.fill(f"{FORM} [name=text]", text)
    page.fill(f"{FORM} [name=name]", "Ольга")
    page.fill(f"{FORM} [name=email]", "olga@example.com")


def press_send(page: Page) -> None:
    page.locator(f"{FORM} [type=submit]").click()


def texts(page: Page) -> list[str]:
    return page.locator(".comment-text").all_inner_texts()


def test_it_takes_a_comment_from_form_to_page(site: str, article: Article, page: Page, desk: Page) -> None:
    page.goto(site + article.get_absolute_url())
    open_form(page)
    write(page)
    press_send(page)
    expect(page.locator(SENT)).to_be_focused()
    assert texts(page) == ["Первая мысль", "Ответ на неё"]
    desk.goto(site + QUEUE)
    desk.locator("[data-key=a]").click()
    page.reload()
    assert texts(page) == ["Первая мысль", "Ответ на неё", "Когда откроют пешеходную часть?"]


def test_it_works_without_javascript(site: str, article: Article, page_without_js: Page, desk_without_js: Page) -> None:
    page = page_without_js
    page.goto(site + article.get_absolute_url())
    page.locator("[data-reply]").first.click()
    write(page, "Согласна")
    press_send(page)
    expect(page.locator(SENT)).to_be_visible()
    desk_without_js.goto(site + QUEUE)
    desk_without_js.locator("[data-key=a]").click()
    page.goto(site + article.get_absolute_url())
    assert texts(page) == ["Первая мысль", "Ответ на неё", "Согласна"]


def test_it_replies_with_the_keyboard_alone(site: str, article: Article, page: Page) -> None:
    page.goto(site + article.get_absolute_url())
    page.locator("[data-reply]").nth(1).press("Enter")
    expect(page.locator(f"li {FORM} [name=text]")).to_be_focused()
    for words in ("Согласна", "Ольга", "olga@example.com"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(SENT)).to_be_focused()
    waiting = PortalComment.objects.waiting().get()
    assert waiting.reply_to and waiting.reply_to.comment == "Ответ на неё"


def test_it_shows_what_is_wrong_in_place(site: str, article: Article, page: Page, complaints: Complaints) -> None:
    page.goto(site + article.get_absolute_url())
    open_form(page)
    write(page)
    page.fill(f"{FORM} [name=email]", "нет")
    press_send(page)
    expect(page.locator(ERRORS)).to_be_focused()
    expect(page.locator(f"{FORM} [name=text]")).to_have_value("Когда откроют пешеходную часть?")
    expect(page.locator(f"{FORM} [name=email]")).to_have_attribute("aria-describedby", "comment-email_error")
    complaints.expect("status of 400")


def test_it_keeps_the_text_when_the_server_is_away(
    site: str, article: Article, page: Page, complaints: Complaints
) -> None:
    page.goto(site + article.get_absolute_url())
    open_form(page)
    write(page)
    page.context.set_offline(True)
    press_send(page)
    expect(page.locator(ERRORS)).to_be_visible()
    page.context.set_offline(False)
    press_send(page)
    expect(page.locator(SENT)).to_be_visible()
    complaints.expect("ERR_INTERNET_DISCONNECTED")


def test_it_keeps_a_text_through_a_reload_and_a_change_of_place(site: str, article: Article, page: Page) -> None:
    page.goto(site + article.get_absolute_url())
    open_form(page)
    write(page)
    page.reload()
    page.locator("[data-reply]").first.click()
    expect(page.locator(f"{FORM} [name=text]")).to_have_value("Когда откроют пешеходную часть?")


def test_it_leaves_no_trace_of_a_reader_in_the_page(site: str, article: Article, page: Page) -> None:
    page.goto(site + article.get_absolute_url())
    open_form(page)
    stored = page.context.request.get(site + article.get_absolute_url())
    assert (stored.headers["x-cache"], "set-cookie" in stored.headers) == ("hit", False)
    assert "csrf" not in stored.text() and "ticket" not in stored.text()


def test_it_moderates_with_the_keyboard_alone(site: str, article: Article, desk: Page) -> None:
    for text in ("Первый", "Второй", "Третий"):
        make_comment(article, text, status=Status.PENDING)
    desk.goto(site + QUEUE)
    desk.locator("[data-card]").first.focus()
    desk.keyboard.press("j")
    desk.keyboard.press("r")
    expect(desk.locator("[data-card]")).to_have_count(2)
    expect(desk.locator("[data-card]").first).to_be_focused()
    desk.keyboard.press("a")
    expect(desk.locator("[data-card]")).to_have_count(1)
    assert [each.status for each in PortalComment.objects.order_by("pk")[2:]] == ["approved", "rejected", "pending"]


def test_it_moderates_in_the_russian_layout_unless_letters_are_off(site: str, article: Article, desk: Page) -> None:
    comment = make_comment(article, status=Status.PENDING)
    press = "card => card.dispatchEvent(new KeyboardEvent('keydown', {key: 'ф', code: 'KeyA', bubbles: true}))"
    desk.goto(site + QUEUE)
    filled = "card => card.dispatchEvent(new Event('keydown', {bubbles: true}))"  # as browsers do that fill in a field
    desk.locator("[data-card]").evaluate(filled)
    desk.evaluate("localStorage.setItem('desk-keys', 'off')")
    desk.locator("[data-card]").evaluate(press)
    desk.evaluate("localStorage.setItem('desk-keys', 'on')")
    expect(desk.locator("[data-card]")).to_have_count(1)
    desk.locator("[data-card]").evaluate(press)
    expect(desk.locator("[data-card]")).to_have_count(0)
    comment.refresh_from_db()
    assert comment.status == Status.APPROVED


def test_it_takes_a_comment_where_the_browser_keeps_nothing(site: str, article: Article, page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('no') }})")
    page.goto(site + article.get_absolute_url())
    open_form(page)
    write(page)
    press_send(page)
    expect(page.locator(SENT)).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_it_is_accessible(
    site: str, article: Article, open_page: Callable[..., Page], axe: CheckAccessibility, width: int
) -> None:
    page = open_page(width=width)
    for address in (article.get_absolute_url(), f"/comments/{article.pk}/new/?reply={make_comment(article).pk}"):
        page.goto(site + address)
        open_form(page)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_has_an_accessible_queue(site: str, article: Article, desk: Page, axe: CheckAccessibility) -> None:
    comment = make_comment(article, status=Status.PENDING, reasons=["links"])
    for address in (QUEUE, f"{QUEUE}{comment.pk}/change/"):
        desk.goto(site + address)
        axe(desk)

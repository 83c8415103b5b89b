"""The editor without a mouse, and the tools that answer in a window."""

import re

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.factories import make_article, make_category, make_draft
from tests.harness.browser import CheckAccessibility, OpenPage, enter_text, move_caret, signed_in
from tests.journeys.test_editor import SHEET, desk, text

__all__ = ["desk"]
FULL = (
    '<h2>Раздел</h2><p>Мост<sup class="footnote">Через реку.</sup> и <a href="/news/1/">ссылка</a></p>'
    '<ul><li><p>раз</p></li></ul><blockquote class="pull"><p>врезка</p></blockquote><p><a href="https://vk.com/video-1_2">'
    "Видео</a></p><table><caption>Цены</caption><tbody><tr><th>Класс</th></tr><tr><td>1</td></tr></tbody></table><hr>"
    '<aside class="note"><p>Справка</p></aside>'
)


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Goes on by the Tab key until ``selector`` has the focus."""
    for _step in range(120):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"The Tab key never came to {selector}")


def test_it_publishes_without_a_mouse(page: Page, site: str, erin: User) -> None:
    category, other = make_category(), make_article("Мост через Серебрянку")
    page.goto(f"{site}/admin/")
    page.keyboard.type("erin")
    tab_to(page, "#id_password")
    page.keyboard.type("erin-erin-erin")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Сегодня")
    tab_to(page, 'a[href$="/article/add/"]')
    page.keyboard.press("Enter")
    page.wait_for_selector(".ProseMirror")
    tab_to(page, "#id_title")
    page.keyboard.type("Парк открыт")
    tab_to(page, ".ProseMirror")
    page.keyboard.type("Ворота открыли рядом с мостом")
    for _letter in "мостом":
        page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("[data-part=chosen]")).to_contain_text("знаков: 6")
    page.keyboard.press("Control+k")
    page.keyboard.type("мост")
    expect(page.locator("#link-found [role=option]")).to_have_count(1)
    for key in ("ArrowDown", "Enter", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".ProseMirror a")).to_have_text("мостом")
    tab_to(page, "#id_category")
    page.keyboard.press("ArrowDown")
    tab_to(page, ".sheet-bar [value=publish]")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible(timeout=20_000)
    article = Article.objects.published().get(title="Парк открыт")
    assert (article.category, other.get_absolute_url() in article.body) == (category, True)


def test_it_leads_to_the_tools_by_keys(desk: Page, site: str) -> None:
    desk.goto(f"{site}{SHEET}/add/")
    field = desk.locator(".ProseMirror")
    field.press("Alt+F10")
    expect(desk.locator("[data-command=undo]")).to_be_focused()
    for _step in range(5):
        desk.keyboard.press("ArrowRight")
    expect(desk.locator("[data-command=bold]")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(field).to_be_focused()
    desk.keyboard.type("жирно")
    assert text(desk) == "<p><strong>жирно</strong></p>"
    desk.keyboard.press("Alt+F10")
    desk.keyboard.press("Escape")
    expect(field).to_be_focused()


def test_it_says_that_the_command_line_has_no_answer(desk: Page, site: str) -> None:
    desk.goto(f"{site}/admin/")
    desk.context.clear_cookies(name="sessionid")
    desk.keyboard.press("Control+k")
    expect(desk.locator("#command [data-failed]")).to_have_text("Сервер не ответил. Попробуйте ещё раз.")


def test_it_builds_a_table_by_keys(desk: Page, site: str) -> None:
    desk.goto(f"{site}{SHEET}/add/")
    field = desk.locator(".ProseMirror")
    field.press_sequentially("/табл")
    expect(desk.locator("[data-insert-menu] [aria-selected=true]")).to_have_text("Таблица")
    desk.keyboard.press("Enter")
    expect(field.locator("tr")).to_have_count(3)
    desk.keyboard.press("Alt+Shift+ArrowDown")
    desk.keyboard.press("Alt+Shift+ArrowRight")
    expect(field.locator("tr")).to_have_count(4)
    expect(field.locator("tr:first-child > *")).to_have_count(4)
    desk.keyboard.press("Alt+Shift+Backspace")
    desk.keyboard.press("Alt+Shift+Delete")
    expect(field.locator("tr")).to_have_count(3)
    expect(field.locator("tr:first-child > *")).to_have_count(3)


def test_it_shows_the_whole_list_of_what_can_be_put_in(desk: Page, site: str) -> None:
    article = make_draft(body="<p>Раз</p>" * 40)
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    enter_text(desk)
    move_caret(desk, "Control+End")
    desk.keyboard.press("Enter")
    desk.keyboard.type("/")
    expect(desk.locator("[data-insert-menu]")).to_be_visible()
    list_ends, bar_begins = desk.evaluate(
        "['[data-insert-menu]', '.sheet-bar'].map(name => document.querySelector(name).getBoundingClientRect())"
        ".map((box, index) => index ? box.top : box.bottom)"
    )
    assert list_ends <= bar_begins


def test_it_sets_type_and_takes_all_of_it_back_at_once(desk: Page, site: str) -> None:
    article = make_draft('"Мост" - открыт', body='<p>Он - <strong>"там"</strong></p>')
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    desk.locator(".ProseMirror").press("Control+Alt+y")
    expect(desk.locator(".proposal")).to_have_count(2)
    expect(desk.locator(".proposal ins").first).to_contain_text("«")
    desk.keyboard.press("Enter")
    expect(desk.locator("#id_title")).to_have_value("«Мост»\u00a0— открыт")
    assert text(desk) == "<p>Он&nbsp;— <strong>«там»</strong></p>"
    desk.keyboard.press("Control+z")
    expect(desk.locator("#id_title")).to_have_value('"Мост" - открыт')
    assert text(desk) == '<p>Он - <strong>"там"</strong></p>'


def test_it_counts_and_fills_the_screen(desk: Page, site: str) -> None:
    article = make_draft(body="<p>Раз два три</p><p>четыре</p>")
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    expect(desk.locator("[data-part=all]")).to_contain_text("Слов: 4 · знаков: 17, без пробелов 15")
    desk.locator(".ProseMirror").press("Control+Shift+F")
    expect(desk.locator(".editor")).to_have_class(re.compile("whole"))
    desk.keyboard.press("Control+a")
    expect(desk.locator("[data-part=chosen]")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator(".editor")).not_to_have_class(re.compile("whole"))


def test_it_keeps_links_that_are_changed_and_taken_off(desk: Page, site: str) -> None:
    article = make_draft(body='<p><a href="https://a.example/">слово</a></p>')
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    enter_text(desk)
    move_caret(desk, "Control+Home", "ArrowRight")
    desk.keyboard.press("Control+k")
    expect(desk.locator("[data-link-field]")).to_have_value("https://a.example/")
    desk.keyboard.type("b.example")
    desk.keyboard.press("Enter")
    expect(desk.locator(".ProseMirror a")).to_have_attribute("href", "https://b.example")
    desk.keyboard.press("Control+k")
    desk.click("[data-link-remove]")
    expect(desk.locator(".ProseMirror a")).to_have_count(0)


def test_it_can_be_used_by_everyone_in_all_its_parts(
    open_page: OpenPage, site: str, erin: User, axe: CheckAccessibility
) -> None:
    article = make_draft(body=FULL)
    for width, theme in [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")]:
        desk = signed_in(open_page(width=width, color_scheme=theme), site)
        for address in ("add/", f"{article.pk}/change/"):
            desk.goto(f"{site}{SHEET}/{address}")
            desk.wait_for_selector(".ProseMirror")
            axe(desk)
            assert desk.evaluate("document.documentElement.scrollWidth") <= width
        for key in ("Control+k", "Control+/", "Control+Alt+y", "Control+Alt+v"):
            desk.locator(".ProseMirror").press(key)
            expect(desk.locator("dialog[open]")).to_have_count(1)
            axe(desk)
            desk.keyboard.press("Escape")

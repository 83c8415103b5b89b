"""What the editor makes of the clipboards of other programs, by real paste events."""

import re
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.journeys.test_editor import SHEET, desk, text
from tests.sheets import ADD, newest, typed

__all__ = ["desk"]
PROGRAMS = ["word", "google", "telegram", "libreoffice", "web"]
PASTE = """([type, data]) => {
    const clipboard = new DataTransfer();
    clipboard.setData(type, data);
    document.querySelector(".ProseMirror").dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true }));
}"""


def clipboard(name: str) -> str:
    return (Path(__file__).parent.parent / "data" / "paste" / f"{name}.html").read_text()


def same(html: str) -> str:
    """Returns ``html`` without what no reader sees: line breaks between blocks, what links tell crawlers."""
    html = re.sub(r">\s*\n\s*<", "><", html.strip().replace("&nbsp;", "\u00a0"))
    return re.sub(r' rel="[^"]*"| data-media="[^"]*"| data-type="decimal"| colspan="1"| rowspan="1"|<p></p>$', "", html)


def paste(page: Page, kind: str, data: str) -> None:
    page.locator(".ProseMirror").focus()
    page.evaluate(PASTE, [kind, data])


@pytest.mark.parametrize("program", PROGRAMS)
def test_it_cleans_what_other_programs_put_on_the_clipboard(desk: Page, site: str, program: str) -> None:
    desk.goto(f"{site}{SHEET}/add/")
    paste(desk, "text/html", clipboard(program))
    expect(desk.locator(".ProseMirror")).not_to_have_text("")
    assert same(text(desk)) == same(clipboard(f"{program}.expected"))


def test_it_says_how_many_pictures_of_other_sites_were_left_behind(desk: Page, site: str) -> None:
    desk.goto(f"{site}{SHEET}/add/")
    paste(desk, "text/html", clipboard("web"))
    expect(desk.locator("[data-notice]")).to_contain_text("2")
    paste(desk, "text/plain", "дальше")
    expect(desk.locator("[data-notice]")).to_be_hidden()


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("Раз\n\nДва\nТри", "<p>Раз</p><p>Два<br>Три</p>"),
        ("Раз\r\nДва", "<p>Раз</p><p>Два</p>"),
        ("Список:\n• хлеб\n• соль", "<p>Список:</p><ul><li><p>хлеб</p></li><li><p>соль</p></li></ul>"),
    ],
)
def test_it_makes_paragraphs_of_plain_text(desk: Page, site: str, written: str, made: str) -> None:
    desk.goto(f"{site}{SHEET}/add/")
    paste(desk, "text/plain", written)
    assert same(text(desk)) == made


@pytest.mark.parametrize(
    ("program", "kept"),
    [
        (
            "word",
            ["<h2>Мост открыт</h2>", "<strong>Первые</strong>", "<em>в&nbsp;шесть</em>", "<ul><li>дорога</li></ul>"],
        ),
        ("google", ["<strong>жирный</strong>", "<em>курсив</em>", 'href="https://port.example/doc?id=5"']),
        ("telegram", ["<strong>Мост открыт</strong> 🌉", 'href="https://port.example/news"']),
        ("libreoffice", ["<strong>открыт</strong>", "<s>закрыт</s>", "<li><p>раз</p></li>"]),
        ("web", ["<h2>Новость</h2>", "<blockquote><p>Цитата</p></blockquote>", "https://news.example/a?id=3#top"]),
    ],
)
def test_it_cleans_on_the_server_too(erins: Client, program: str, kept: list[str]) -> None:
    erins.post(ADD, typed(body=clipboard(program)))
    body = newest(Article.objects.get()).content.body
    assert [piece for piece in kept if piece not in body] == []
    for foreign in ("mso", "<o:", "style=", "utm_", "javascript:", "alert", "<span", "<font", "google.com/url"):
        assert foreign not in body


def test_it_makes_paragraphs_of_bare_words(erins: Client) -> None:
    erins.post(ADD, typed(body="Раз.\n\nДва & <b>три</b>."))
    assert newest(Article.objects.get()).content.body == "<p>Раз.</p><p>Два &amp; <strong>три</strong>.</p>"

"""Pictures that are dropped or pasted into a text, and what is asked of them."""

import base64
import re

from playwright.sync_api import Page, expect

from articles.models import Media
from tests.factories import make_draft, make_media, make_picture
from tests.harness.browser import Complaints
from tests.journeys.test_editor import SHEET, desk, text

__all__ = ["desk"]
DROP = """([files, words]) => {
    const data = new DataTransfer();
    for (const [name, content] of files) {
        const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: "image/jpeg" }));
    }
    const target = [...document.querySelectorAll(".ProseMirror > p")].find((p) => p.textContent === words);
    const { left, bottom } = target.getBoundingClientRect();
    const at = { clientX: left + 20, clientY: bottom - 2, bubbles: true, cancelable: true };
    target.dispatchEvent(new DragEvent("drop", { dataTransfer: data, ...at }));
}"""


def drop(page: Page, below: str, *names: str, content: bytes | None = None) -> None:
    """Drops pictures on the lower half of the paragraph that says ``below``."""
    page.locator(".ProseMirror p", has_text=below).scroll_into_view_if_needed()
    colours = ["#2a6f6b", "#a8121c", "#1d4f91"]
    contents = [content or make_picture(colour=colour) for colour, _name in zip(colours, names, strict=False)]
    files = [[name, base64.b64encode(each).decode()] for name, each in zip(names, contents, strict=True)]
    page.evaluate(DROP, [files, below])


def figure_of(media: Media) -> str:
    return f'<figure><img src="{media.file.url}" alt="Мост" width="800" height="450" data-media="{media.pk}"></figure>'


def test_it_puts_dropped_pictures_where_they_were_dropped(desk: Page, site: str) -> None:
    article = make_draft(body="<p>Раз</p><p>Два</p><p>Три</p>")
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    drop(desk, "Два", "a.jpg", "b.jpg")
    expect(desk.locator(".describe")).to_have_count(2)
    expect(desk.locator("[data-field=alt]").first).to_be_focused()
    desk.keyboard.type("Мост утром")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Илья Соснин")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-field=alt]").nth(1)).to_be_focused()
    expect(desk.locator("[data-field=credit]").nth(1)).to_have_value("Илья Соснин")
    desk.keyboard.type("Мост вечером")
    desk.click("dialog[open] [type=submit]")
    expect(desk.locator(".ProseMirror figure")).to_have_count(2)
    assert re.findall(r"<p>(\w+)</p>|alt=\"([^\"]+)\"", text(desk)) == [
        ("Раз", ""), ("Два", ""), ("", "Мост утром"), ("", "Мост вечером"), ("Три", ""),
    ]  # fmt: skip
    assert set(Media.objects.values_list("alt", "credit")) == {
        ("Мост утром", "Илья Соснин"),
        ("Мост вечером", "Илья Соснин"),
    }


def test_it_goes_on_below_a_picture_that_ends_the_text(desk: Page, site: str) -> None:
    article = make_draft(body="<p>Раз</p>")
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    drop(desk, "Раз", "a.jpg")
    desk.fill("[data-field=alt]", "Мост утром")
    desk.fill("[data-field=credit]", "Илья Соснин")
    desk.keyboard.press("Enter")
    expect(desk.locator(".ProseMirror figure")).to_have_count(1)
    desk.keyboard.type("ниже")
    desk.click(".ProseMirror figcaption")
    desk.keyboard.type("Подпись")
    desk.keyboard.press("Enter")
    desk.keyboard.type("между")
    assert re.findall(r"<p>(\w+)</p>|<figcaption>(\w+)", text(desk)) == [
        ("Раз", ""), ("", "Подпись"), ("между", ""), ("ниже", ""),
    ]  # fmt: skip


def test_it_leaves_a_picture_without_words_in_the_library(desk: Page, site: str) -> None:
    article = make_draft(body="<p>Раз</p>")
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    drop(desk, "Раз", "a.jpg")
    expect(desk.locator("dialog[data-dialog=describe]")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator(".arrival")).to_have_count(0)
    assert text(desk) == "<p>Раз</p>"
    assert Media.objects.count() == 1


def test_it_describes_a_picture_of_the_text_anew(desk: Page, site: str) -> None:
    media = make_media("a.jpg")
    article = make_draft(body=f"<p>Раз</p>{figure_of(media)}")
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    desk.locator(".ProseMirror figure img").click()
    desk.click("[data-command=describe]")
    desk.fill("[data-field=alt]", "Мост зимой")
    expect(desk.locator("[data-field=caption]")).to_be_hidden()
    desk.get_by_role("button", name="Сохранить", exact=True).and_(desk.locator("dialog button")).click()
    expect(desk.locator(".ProseMirror figure img")).to_have_attribute("alt", "Мост зимой")
    assert Media.objects.get().alt == "Мост зимой"


def test_it_deletes_the_picture_that_was_clicked(desk: Page, site: str) -> None:
    article = make_draft(body=f"<p>Раз</p>{figure_of(make_media('a.jpg'))}")
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    desk.locator(".ProseMirror figure img").click()
    desk.keyboard.press("Delete")
    expect(desk.locator("#id_body")).to_have_value("<p>Раз</p>")


def test_it_says_in_place_why_a_picture_was_refused(desk: Page, site: str, complaints: Complaints) -> None:
    article = make_draft(body="<p>Раз</p>")
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    drop(desk, "Раз", "broken.jpg", content=b"x")
    expect(desk.locator(".arrival.refused")).to_contain_text("broken.jpg:")
    complaints.expect("400")
    desk.click(".arrival button")
    expect(desk.locator(".arrival")).to_have_count(0)
    assert text(desk) == "<p>Раз</p>"


def test_it_asks_for_the_words_of_a_picture_from_the_library(desk: Page, site: str) -> None:
    media = make_media(alt="Мост", credit="")
    desk.goto(f"{site}{SHEET}/add/")
    desk.locator(".ProseMirror").press("Control+Alt+p")
    desk.click(f"#picker [data-media='{media.pk}']")
    expect(desk.locator("[data-field=credit]")).to_be_focused()
    desk.keyboard.type("Илья Соснин")
    desk.keyboard.press("Enter")
    expect(desk.locator(".ProseMirror figure img")).to_have_attribute("alt", "Мост")
    media.refresh_from_db()
    assert media.credit == "Илья Соснин"


def test_it_takes_a_double_click_for_one_picture(desk: Page, site: str) -> None:
    media, asked = make_media(), []
    desk.on("request", lambda request: asked.append(request.url) if "/media/words/" in request.url else None)
    desk.goto(f"{site}{SHEET}/add/")
    desk.locator(".ProseMirror").press("Control+Alt+p")
    desk.dblclick(f"#picker [data-media='{media.pk}']")
    expect(desk.locator(".ProseMirror figure")).to_have_count(1)
    assert len(asked) == 1  # each that is asked for is put in


def test_it_says_that_the_library_does_not_answer_when_the_session_has_ended(desk: Page, site: str) -> None:
    desk.goto(f"{site}{SHEET}/add/")
    desk.context.clear_cookies(name="sessionid")
    desk.locator(".ProseMirror").press("Control+Alt+p")
    expect(desk.locator("[data-picker-list]")).to_have_text("Медиатека не ответила. Попробуйте ещё раз.")


def test_it_changes_the_words_of_a_picture_in_the_text(desk: Page, site: str) -> None:
    media = make_media()
    body = f'<figure><img src="{media.url}" alt="Мост" data-media="{media.pk}"><figcaption>Да</figcaption></figure>'
    article = make_draft(body=body)
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    desk.click(".ProseMirror figcaption")
    desk.keyboard.press("Control+Alt+a")
    desk.fill("[data-field=alt]", "Мост через Серебрянку")
    desk.click("dialog[open] [type=submit]")
    expect(desk.locator(".ProseMirror figure img")).to_have_attribute("alt", "Мост через Серебрянку")

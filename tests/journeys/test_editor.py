"""An editor's day in a browser: write, publish, change, withdraw; and what readers see of it."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from articles import publishing
from articles.models import Article, Media
from tests.factories import make_article, make_author, make_category, make_content, make_draft, make_media, make_picture
from tests.harness.browser import (
    CheckAccessibility,
    Complaints,
    OpenPage,
    enter_text,
    move_caret,
    signed_in,
    wait_until,
)

SHEET = "/admin/articles/article"


@pytest.fixture
def desk(page: Page, site: str, erin: User) -> Page:
    """A browser in which Erin has just signed in."""
    return signed_in(page, site)


def text(page: Page) -> str:
    """Returns the text as the form would send it."""
    return str(page.evaluate("document.getElementById('id_body').value"))


def act(page: Page, name: str) -> None:
    page.click(f".sheet-bar [value={name}]")
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_it_takes_a_story_from_the_first_word_to_its_end(
    desk: Page, page_without_js: Page, site: str, complaints: Complaints
) -> None:
    category, media = make_category(), make_media(caption="Новый мост")
    desk.goto(f"{site}{SHEET}/add/")
    desk.fill("#id_title", "Мост открыт")
    desk.fill("#id_lead", "Движение пустили утром.")
    desk.locator(".ProseMirror").press_sequentially("Первые машины проехали в шесть.")
    desk.click("[data-command=figure]")
    desk.click(f"#picker [data-media='{media.pk}']")
    expect(desk.locator(".ProseMirror figcaption")).to_contain_text("Новый мост")
    desk.select_option("#id_category", str(category.pk))
    desk.click("[data-pick=hero]")
    desk.click(f"#picker [data-media='{media.pk}']")
    act(desk, "publish")

    article = Article.objects.get()
    assert list(article.body_media.all()) == [media]
    page_without_js.goto(site + article.get_absolute_url())
    expect(page_without_js.locator("h1")).to_have_text("Мост открыт")
    expect(page_without_js.get_by_text("Первые машины проехали в шесть.")).to_be_visible()
    expect(page_without_js.locator(".story img").first).to_be_visible()

    desk.fill("#id_title", "Мост открыт и уже стоит в пробке")
    act(desk, "save")
    page_without_js.reload()
    expect(page_without_js.locator("h1")).to_have_text("Мост открыт")
    act(desk, "publish")
    page_without_js.reload()
    expect(page_without_js.locator("h1")).to_have_text("Мост открыт и уже стоит в пробке")

    desk.click(".sheet-more summary")
    desk.get_by_role("link", name="Снять с публикации…").click()
    desk.click("main button.primary")
    answer = page_without_js.goto(site + article.get_absolute_url())
    assert answer
    assert answer.status == 410
    complaints.expect("410")


def test_it_writes_and_publishes_without_javascript(open_page: OpenPage, site: str, erin: User) -> None:
    make_author("Яков Белов")
    category = make_category()
    desk = signed_in(open_page(java_script_enabled=False), site)
    desk.goto(f"{site}{SHEET}/add/")
    desk.fill("#id_title", "Мост открыт")
    desk.fill("#id_body", "<p>Первые машины проехали в шесть.</p>")
    desk.fill("#id_authors-0-name", "Яков Белов")
    desk.select_option("#id_category", str(category.pk))
    act(desk, "publish")
    assert Article.objects.published().get().bylines.count() == 1


def test_it_makes_clean_html_of_every_tool(desk: Page, site: str) -> None:
    desk.goto(f"{site}{SHEET}/add/")
    field = desk.locator(".ProseMirror")
    for command, word in [("heading2", "Раздел"), ("bulletList", "пункт"), ("pullQuote", "врезка")]:
        desk.click(f"[data-command={command}]")
        field.press_sequentially(word)
        field.press("Enter")
        field.press("Enter")
    desk.click("[data-command=bold]")
    field.press_sequentially("жирно")
    assert re.sub(r"<p></p>", "", text(desk)).startswith(
        "<h2>Раздел</h2><ul><li><p>пункт</p></li></ul>"
        '<blockquote class="pull"><p>врезка</p></blockquote><p><strong>жирно</strong></p>'
    )


def test_it_sets_a_link(desk: Page, site: str) -> None:
    desk.goto(f"{site}{SHEET}/add/")
    desk.locator(".ProseMirror").press_sequentially("документ")
    move_caret(desk, "Control+a")
    desk.click("[data-command=link]")
    desk.fill("[data-link-field]", "port.example/doc")
    desk.keyboard.press("Enter")
    expect(desk.locator(".ProseMirror a")).to_have_attribute("href", "https://port.example/doc")
    assert 'href="https://port.example/doc"' in text(desk)


def test_it_makes_what_readers_see(desk: Page, site: str) -> None:
    pictures = [make_media("a.jpg", caption="Берег"), make_media("b.png", caption="")]
    sound = make_media("bell.mp3", caption="Колокол")
    make_category()
    desk.goto(f"{site}{SHEET}/add/")
    desk.fill("#id_title", "Мост открыт")
    desk.locator(".ProseMirror").press_sequentially("Мост 412 м")
    move_caret(desk, *["Shift+ArrowLeft"] * len("412 м"))
    wait_until(desk, "getSelection().toString() === '412 м'")
    desk.click("[data-command=footnote]")
    expect(desk.locator(".ProseMirror sup.footnote")).to_have_text("412 м")
    enter_text(desk)
    move_caret(desk, "Control+End")
    wait_until(desk, "getSelection().isCollapsed")
    desk.keyboard.press("Enter")
    desk.click("[data-command=gallery]")
    for picture in pictures:
        desk.click(f"#picker [data-media='{picture.pk}']")
    desk.click("[data-picker-done]")
    desk.click("[data-command=file]")
    desk.click(f"#picker [data-media='{sound.pk}']")
    desk.click("[data-command=embed]")
    desk.fill("[data-ask-field]", "youtu.be/aqz-KE-bpKQ")
    desk.click("dialog[open] [data-ask-set]")
    expect(desk.locator(".ProseMirror p.embedded")).to_have_count(1)
    act(desk, "save")

    article = Article.objects.get()
    desk.goto(f"{site}{SHEET}/{article.pk}/preview/")
    for part in (".footnotes li", "[data-gallery] a", ".player audio", "[data-embed=youtube]"):
        expect(desk.locator(part).first).to_be_visible()
    expect(desk.locator("[data-gallery] li")).to_have_count(2)
    expect(desk.locator(".player")).to_contain_text("Колокол")


def test_it_takes_a_pasted_address_for_a_video(desk: Page, site: str) -> None:
    desk.goto(f"{site}{SHEET}/add/")
    desk.locator(".ProseMirror").focus()
    desk.evaluate(
        "data => { const paste = new DataTransfer(); paste.setData('text/plain', data); document.activeElement"
        ".dispatchEvent(new ClipboardEvent('paste', { clipboardData: paste, bubbles: true, cancelable: true })); }",
        "https://vk.com/video-1_2",
    )
    expect(desk.locator(".ProseMirror p.embedded")).to_have_count(1)


def test_it_says_whose_videos_it_cannot_show(desk: Page, site: str) -> None:
    desk.goto(f"{site}{SHEET}/add/")
    desk.click("[data-command=embed]")
    desk.fill("[data-ask-field]", "https://port.example/video/1")
    desk.keyboard.press("Enter")
    expect(desk.locator("#ask-refused")).to_contain_text("не встраиваются")
    expect(desk.locator("[data-ask-field]")).to_be_focused()
    desk.keyboard.press("Escape")
    assert text(desk) == ""
    desk.click("[data-command=embed]")
    expect(desk.locator("#ask-refused")).to_be_hidden()


def test_it_gives_a_table_a_caption_and_keeps_it(desk: Page, site: str) -> None:
    article = make_draft(body="<table><caption>Цены</caption><tbody><tr><td>1</td></tr></tbody></table>")
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    expect(desk.locator(".ProseMirror caption")).to_have_text("Цены")
    desk.click(".ProseMirror td")
    desk.click("[data-command=caption]")
    desk.fill("[data-ask-field]", "Цены проезда")
    desk.keyboard.press("Enter")
    expect(desk.locator(".ProseMirror caption")).to_have_text("Цены проезда")
    assert "<table><caption>Цены проезда</caption><tbody><tr>" in text(desk)


def test_it_keeps_a_footnote_whole(desk: Page, site: str) -> None:
    note = '<sup class="footnote">См. <a href="https://port.example/">план</a> и <strong>смету</strong></sup>'
    article = make_draft(body=f"<p>Мост{note}.</p>")
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    enter_text(desk)
    move_caret(desk, "Control+Home")
    desk.keyboard.type("!")
    expect(desk.locator("#id_body")).to_have_value(re.compile("!"))
    assert text(desk).count("<sup") == 1
    assert ">план</a> и <strong>смету</strong></sup>" in text(desk)


def test_it_keeps_what_it_cannot_edit(desk: Page, site: str) -> None:
    kept = (
        '<aside class="note"><p>Справка</p></aside><details><summary>Ещё</summary><p>Текст</p></details>'
        '<figure class="gallery"><img src="data:," alt="a"><img src="data:," alt="b"></figure><h2 id="why">Почему</h2>'
        '<p>H<sub>2</sub>O и <abbr title="Организация">ООН</abbr>, <a href="/x/" title="y">ссылка</a></p>'
    )
    article = make_draft(body=kept)
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    desk.locator(".ProseMirror > p").last.click()
    expect(desk.locator(".ProseMirror-selectednode")).to_have_count(0)  # as the note is until then
    desk.keyboard.type("!")
    expect(desk.locator("#id_body")).to_have_value(re.compile("!"))
    written = text(desk)
    for piece in ('class="note"', "<details><summary>Ещё</summary>", 'class="gallery"', 'id="why"', "<sub>2</sub>"):
        assert piece in written
    assert '<abbr title="Организация">ООН</abbr>' in written


def test_it_takes_in_a_picture_within_the_picker(desk: Page, site: str, tmp_path: Path) -> None:
    file = tmp_path / "port.jpg"
    file.write_bytes(make_picture())
    desk.goto(f"{site}{SHEET}/add/")
    desk.click("[data-command=figure]")
    desk.set_input_files("[data-picker-upload] input[type=file]", file)
    desk.click("[data-picker-list] [data-media]")
    desk.fill("[data-field=alt]", "Порт утром")
    desk.fill("[data-field=credit]", "Илья Соснин")
    desk.keyboard.press("Enter")
    expect(desk.locator(".ProseMirror figure img")).to_be_visible()
    assert f'data-media="{Media.objects.get().pk}"' in text(desk)


def test_it_suggests_names_while_one_types(desk: Page, site: str) -> None:
    make_author("Яков Белов")
    desk.goto(f"{site}{SHEET}/add/")
    desk.locator("#id_authors-0-name").press_sequentially("бел")
    desk.get_by_role("option", name="Яков Белов").click()
    expect(desk.locator("#id_authors-0-name")).to_have_value("Яков Белов")
    desk.click("[data-add-row=authors]")
    expect(desk.locator("#id_authors-1-name")).to_be_focused()


def test_it_goes_up_from_the_field_to_the_last_name(desk: Page, site: str) -> None:
    for name in ("Анна Белова", "Яков Белов", "Юлия Беляева"):
        make_author(name)
    desk.goto(f"{site}{SHEET}/add/")
    desk.locator("#id_authors-0-name").press_sequentially("бел")
    expect(desk.locator(".suggestions [role=option]")).to_have_count(3)
    desk.keyboard.press("ArrowUp")
    expect(desk.locator(".suggestions [role=option]").last).to_have_attribute("aria-selected", "true")


def test_it_keeps_both_texts_when_two_people_save(desk: Page, site: str, complaints: Complaints) -> None:
    article = make_draft("Общий заголовок")
    desk.goto(f"{site}{SHEET}/{article.pk}/change/")
    publishing.save(article, make_content("Чужой заголовок"), by=None)
    desk.fill("#id_title", "Мой заголовок")
    desk.click(".sheet-bar [value=save]")
    expect(desk.locator(".conflict")).to_contain_text("Чужой")
    complaints.expect("409")
    act(desk, "save")
    assert [each.title for each in article.revisions.order_by("-number")[:2]] == ["Мой заголовок", "Чужой заголовок"]


def test_it_asks_before_unsaved_work_is_left(desk: Page, site: str) -> None:
    desk.goto(f"{site}{SHEET}/add/")
    desk.fill("#id_title", "Мост")
    with desk.expect_event("dialog") as asked:
        desk.once("dialog", lambda dialog: dialog.accept())
        desk.goto(f"{site}/admin/")
    assert asked.value.type == "beforeunload"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_can_be_used_by_everyone(
    open_page: OpenPage, site: str, erin: User, axe: CheckAccessibility, theme: str
) -> None:
    article = make_article(category=make_category(), authors=[make_author()], hero=make_media())
    desk = signed_in(open_page(color_scheme=theme), site)
    for address in [
        "", "articles/article/", "articles/article/add/", f"articles/article/{article.pk}/change/",
        f"articles/article/{article.pk}/history/", f"articles/article/{article.pk}/revision/1/",
        "articles/media/", f"articles/media/{article.hero_id}/change/", "articles/category/", "portal/sitesettings/",
    ]:  # fmt: skip
        desk.goto(f"{site}/admin/{address}")
        axe(desk)


def test_it_keeps_the_content_policy_on_every_kind_of_page(desk: Page, site: str) -> None:
    make_article(category=make_category(), authors=[make_author()])
    for address in ["portal/frontzone/", "portal/menu/add/", "portal/page/add/", "portal/frontzone/ru/ticker/"]:
        desk.goto(f"{site}/admin/{address}")
        desk.wait_for_load_state("networkidle")
    desk.goto(f"{site}/admin/articles/correction/add/")
    desk.locator(".field-article .select2-selection").click()
    expect(desk.locator(".select2-results__option").first).to_contain_text("Мост")
    desk.locator("#calendarlink0").click()
    expect(desk.locator("#calendarbox0")).to_be_visible()


def test_it_fits_a_phone(open_page: OpenPage, site: str, erin: User) -> None:
    article = make_article(category=make_category(), authors=[make_author()], hero=make_media())
    desk = signed_in(open_page(width=360, height=740), site)
    for address in [
        "", "articles/article/", f"articles/article/{article.pk}/change/", "articles/media/",
        f"articles/media/{article.hero_id}/change/", "articles/category/", "portal/page/add/",
    ]:  # fmt: skip
        desk.goto(f"{site}/admin/{address}")
        assert desk.evaluate("document.documentElement.scrollWidth") <= 360, address
    desk.locator(".desk-menu-button summary").click()
    expect(desk.locator(".desk-menu-panel .desk-menu")).to_be_visible()


def test_it_fits_the_list_of_articles_between_a_phone_and_a_desktop(open_page: OpenPage, site: str, erin: User) -> None:
    title = "Трамваи на линии 12 вернулись на маршрут после ремонта стрелки"
    story = make_article(title, category=make_category("Благоустройство"), authors=[make_author("Мария Лаптева")])
    publishing.save(story, make_content(f"{title} у депо", category=story.category), by=erin)
    desk = signed_in(open_page(width=360, height=740), site)
    desk.goto(f"{site}/admin/articles/article/")
    desk.click(".list-look summary")
    assert desk.locator(".list-look form").evaluate("each => each.getBoundingClientRect().x") >= 0
    for width in (820, 1024, 1200, 1280):
        desk.set_viewport_size({"width": width, "height": 900})
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, width

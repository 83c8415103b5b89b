"""Four people and one story: written, returned, reviewed, published, corrected and withdrawn."""

import pytest
from django.contrib.auth.models import Permission, User
from playwright.sync_api import Page, expect

from articles import publishing
from articles.models import Article, Category, Note, Remit
from tests.factories import make_category, make_draft
from tests.harness.browser import CheckAccessibility, OpenPage, signed_in

ARTICLE = "/admin/articles/article"


@pytest.fixture
def court(transactional_db: None, sam: User) -> Category:
    """A category in Sam's charge, in which two people publish."""
    category = make_category("Суд", four_eyes=True)
    Remit.objects.create(user=sam, category=category)
    sam.user_permissions.add(Permission.objects.get(codename="add_correction"))
    return category


def act(page: Page, name: str) -> None:
    page.click(f".sheet-bar > [value={name}]")
    expect(page.locator(".messagelist .success")).to_be_visible()


def give_back(page: Page, reason: str) -> None:
    page.click(".sheet-reason > summary")
    page.fill("#id_reason", reason)
    page.click(".sheet-reason-panel [value=return]")
    expect(page.locator(".messagelist .success")).to_be_visible()


def hand_in(reporter: Page, site: str, court: Category) -> Article:
    reporter.goto(f"{site}{ARTICLE}/add/")
    reporter.fill("#id_title", "Приговор по делу о мосте")
    reporter.select_option("#id_category", str(court.pk))
    act(reporter, "review")
    return Article.objects.get()


def return_with_a_question(editor: Page, site: str) -> None:
    editor.goto(f"{site}/admin/")
    editor.get_by_role("link", name="Приговор по делу о мосте").first.click()
    give_back(editor, "Нет второго источника.")
    editor.click(".note-new > summary")
    editor.fill("#id_note_text", "@walt, кто судья?")
    editor.click(".note-new [value=add]")
    expect(editor.locator(".note-text")).to_have_text("@walt, кто судья?")


def answer_and_hand_in_again(reporter: Page, site: str) -> None:
    reporter.goto(f"{site}/admin/")
    expect(reporter.get_by_role("heading", name="Вернули мне")).to_be_visible()
    reporter.get_by_role("link", name="@walt, кто судья?").click()
    expect(reporter.locator(".returned")).to_contain_text("Нет второго источника.")
    reporter.fill("#id_lead", "Суд огласил решение.")
    reporter.click(".thread [value^=settle]")
    expect(reporter.locator(".thread-done")).to_be_visible()
    expect(reporter.locator("#id_lead")).to_have_value("Суд огласил решение.")
    act(reporter, "review")
    expect(reporter.locator(".returned")).to_have_count(0)


def change_with_a_second_person(section: Page, editor: Page, sheet: str) -> None:
    section.goto(sheet)
    section.fill("#id_title", "Приговор по делу о мосте отменён")
    act(section, "publish")
    expect(section.locator(".messagelist .warning")).to_contain_text("второй человек")
    editor.goto(sheet)
    act(editor, "approve")
    section.goto(sheet)
    act(section, "publish")
    assert Article.objects.get().title == "Приговор по делу о мосте отменён"


def correct(section: Page, article: Article) -> None:
    section.get_by_role("link", name="Добавить исправление").click()
    section.fill("#id_text", "Имя судьи было названо неверно.")
    section.click("input[name=_save]")
    assert article.corrections.get().text == "Имя судьи было названо неверно."


def test_it_takes_a_story_through_four_hands(
    open_page: OpenPage,
    site: str,
    walt: User,
    edith: User,
    paula: User,
    sam: User,
    court: Category,
    axe: CheckAccessibility,
) -> None:
    reporter, editor = signed_in(open_page(), site, "walt"), signed_in(open_page(), site, "edith")
    article = hand_in(reporter, site, court)
    sheet = f"{site}{ARTICLE}/{article.pk}/change/"
    return_with_a_question(editor, site)
    axe(editor)
    answer_and_hand_in_again(reporter, site)
    editor.goto(sheet)
    act(editor, "ready")
    reporter.goto(sheet)
    expect(reporter.locator(".read-only")).to_be_visible()
    axe(reporter)

    publisher, section = signed_in(open_page(), site, "paula"), signed_in(open_page(), site, "sam")
    publisher.goto(sheet)
    act(publisher, "publish")
    assert Article.objects.published().get() == article
    change_with_a_second_person(section, editor, sheet)
    correct(section, article)
    publisher.goto(f"{site}{ARTICLE}/{article.pk}/withdraw/")
    publisher.click("main button.primary")
    expect(publisher.locator(".messagelist .success")).to_be_visible()
    assert [move.act for move in article.moves.order_by("pk")] == [
        "review", "return", "review", "ready", "publish", "approve", "publish", "withdraw",
    ]  # fmt: skip


def test_it_returns_a_story_and_notes_why_without_a_script(
    open_page: OpenPage, site: str, walt: User, edith: User
) -> None:
    plain = {"java_script_enabled": False}
    reporter, editor = signed_in(open_page(**plain), site, "walt"), signed_in(open_page(**plain), site, "edith")
    reporter.goto(f"{site}{ARTICLE}/add/")
    reporter.fill("#id_title", "Мост открыт")
    act(reporter, "review")
    article = Article.objects.get()
    editor.goto(f"{site}{ARTICLE}/{article.pk}/change/")
    editor.fill("#id_lead", "Правка редактора")
    editor.click(".note-new > summary")
    editor.fill("#id_note_text", "@walt, откуда цифра?")
    editor.click(".note-new [value=add]")
    expect(editor.locator("#id_lead")).to_have_value("Правка редактора")
    assert Note.objects.get().text == "@walt, откуда цифра?"
    editor.click(".sheet-reason > summary")
    editor.click(".sheet-reason-panel [value=return]")
    expect(editor.locator(".sheet-reason .field-error")).to_be_visible()
    editor.fill("#id_reason", "Проверьте цифры.")
    editor.click(".sheet-reason-panel [value=return]")
    reporter.goto(f"{site}{ARTICLE}/{article.pk}/change/")
    expect(reporter.locator(".returned")).to_contain_text("Проверьте цифры.")
    expect(reporter.locator("#id_lead")).to_have_value("Правка редактора")


def test_it_opens_a_story_in_the_bin_without_a_complaint(page: Page, site: str, erin: User) -> None:
    article = make_draft("Мост строят")
    publishing.move_to_bin(article)
    signed_in(page, site, "erin").goto(f"{site}{ARTICLE}/{article.pk}/change/")
    expect(page.locator("#notes-heading")).to_be_visible()
    expect(page.locator(".note-new")).to_have_count(0)

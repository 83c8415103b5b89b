"""Notes of the newsroom: beside the text, from one to another, and never before readers."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles import notes, publishing
from articles.models import Article, Note, State
from tests.factories import make_article, make_draft
from tests.people import make_person
from tests.sheets import seen, sheet, typed

PART = {"Accept": "text/x-part"}
NOW = timezone.now()


@pytest.fixture
def draft(walt: User) -> Article:
    return make_draft("Мост открыт", by=walt)


def address(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/notes/"


def say(article: Article, by: User, text: str = "Проверьте дату.", **about: Any) -> Note:
    return notes.add(article, text, by=by, now=about.pop("now", NOW), **about)


def test_it_adds_a_note_beside_the_text(ediths: Client, edith: User, draft: Article) -> None:
    sent = {"note": "add", "note_text": "Откуда цифра?", "note_field": "body", "note_quote": "две  тысячи"}
    part = ediths.post(address(draft), sent, headers=PART).text
    note = Note.objects.get()
    assert (note.text, note.field, note.quote, note.by) == ("Откуда цифра?", "body", "две тысячи", edith)
    assert "Откуда цифра?" in part
    assert "<html" not in part


def test_it_keeps_the_typed_text_without_a_script(ediths: Client, draft: Article) -> None:
    sent = typed(lead="Ещё не сохранено", **seen(ediths, draft)) | {"note": "add", "note_text": "Откуда цифра?"}
    answer = ediths.post(address(draft), sent)
    assert "Ещё не сохранено" in answer.text
    assert "Откуда цифра?" in answer.text
    assert (draft.revisions.count(), Note.objects.count()) == (1, 1)


def test_it_leads_back_who_may_only_read(walts: Client, walt: User) -> None:
    article = make_article()
    answer = walts.post(address(article), {"note": "add", "note_text": "Опечатка в лиде."})
    assert answer["Location"] == f"{sheet(article)}#notes"
    assert "Опечатка в лиде." in walts.get(sheet(article)).text


@pytest.mark.parametrize("text", ["", "  ", "\0"])
def test_it_wants_words(ediths: Client, draft: Article, text: str) -> None:
    answer = ediths.post(address(draft), {"note": "add", "note_text": text, "note_quote": "мост"}, headers=PART)
    assert answer.status_code == 422
    assert "мост" in answer.text
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("@walt, проверь", {"walt"}), ("Спросите @WALT.", {"walt"}), ("@walt @edith", {"walt"}),
        ("walt@walt.ru", set()),
        ("@rita @mona @nobody", set()), ("a@walt", set()), ("(@walt)", {"walt"}), ("@", set()), ("@" * 500, set()),
    ],
)  # fmt: skip
def test_it_asks_whom_it_names(
    edith: User, walt: User, rita: User, mona: User, draft: Article, text: str, asked: set[str]
) -> None:
    note = say(draft, edith, text)
    assert {person.username for person in note.mentions.all()} == asked


def test_it_asks_the_one_who_was_chosen(ediths: Client, walt: User, draft: Article) -> None:
    ediths.post(address(draft), {"note": "add", "note_text": "Взгляни", "note_to": walt.pk}, headers=PART)
    assert list(Note.objects.get().mentions.all()) == [walt]


def test_it_stands_on_today_of_who_is_asked_until_it_is_done(
    client: Client, edith: User, walt: User, draft: Article
) -> None:
    note = say(draft, edith, "@walt, откуда цифра?")
    client.force_login(walt)
    assert "откуда цифра?" in client.get("/admin/").text
    client.post(address(draft), {"note": f"settle:{note.pk}"}, headers=PART)
    assert "откуда цифра?" not in client.get("/admin/").text
    note.refresh_from_db()
    assert note.resolved_by == walt


def test_it_opens_a_settled_thread_with_an_answer(ediths: Client, edith: User, walt: User, draft: Article) -> None:
    note = say(draft, walt)
    notes.settle(note, by=walt, now=NOW)
    ediths.post(address(draft), {"note": f"add:{note.pk}", f"answer-{note.pk}": "Ещё нет, @walt"}, headers=PART)
    note.refresh_from_db()
    assert note.resolved_at is None
    assert [answer.text for answer in note.answers.all()] == ["Ещё нет, @walt"]
    assert list(notes.asking(walt)) == [note]


def test_it_is_taken_back_only_by_its_author_while_fresh_and_unanswered(
    edith: User, walt: User, draft: Article
) -> None:
    fresh, old, answered = say(draft, edith), say(draft, edith, now=NOW - timedelta(hours=1)), say(draft, edith)
    say(draft, walt, "Да", answers_to=answered)
    for note, by in ((fresh, walt), (old, edith), (answered, edith)):
        with pytest.raises(notes.Refused):
            notes.delete(note, by=by, now=NOW)
    notes.delete(fresh, by=edith, now=NOW)
    assert Note.objects.filter(answers_to=None).count() == 2


@pytest.mark.parametrize(
    ("note", "status"),
    [
        ("settle:999", 404),
        ("settle:x", 404),
        ("delete:" + "9" * 30, 404),
        ("explode:{}", 400),
        ("", 404),
        ("add:77", 404),
    ],
)
def test_it_answers_what_makes_no_sense(ediths: Client, walt: User, draft: Article, note: str, status: int) -> None:
    known = say(draft, walt)
    assert ediths.post(address(draft), {"note": note.format(known.pk)}, headers=PART).status_code == status


def test_it_touches_no_note_of_another_story(ediths: Client, walt: User, draft: Article) -> None:
    other = say(make_draft(), walt)
    assert ediths.post(address(draft), {"note": f"settle:{other.pk}"}, headers=PART).status_code == 404


def test_it_lets_nobody_take_back_the_note_of_another(ediths: Client, walt: User, draft: Article) -> None:
    note = say(draft, walt, now=timezone.now())
    assert ediths.post(address(draft), {"note": f"delete:{note.pk}"}, headers=PART).status_code == 403


def test_it_is_closed_to_who_does_not_write(client: Client, mona: User, draft: Article) -> None:
    client.force_login(mona)
    assert client.post(address(draft), {"note": "add", "note_text": "Привет"}).status_code == 403
    assert client.get(address(draft)).status_code == 405


def test_it_takes_no_notes_in_the_bin(ediths: Client, draft: Article) -> None:
    publishing.move_to_bin(draft)
    assert ediths.post(address(draft), {"note": "add", "note_text": "Поздно"}, headers=PART).status_code == 403


def test_it_shows_notes_in_the_bin_without_buttons(ediths: Client, edith: User, draft: Article) -> None:
    say(draft, edith, "Откуда цифра?")
    publishing.move_to_bin(draft)
    page = ediths.get(sheet(draft)).text
    assert "Откуда цифра?" in page
    assert address(draft) not in page.replace(f'data-notes="{address(draft)}"', "")


def test_it_gives_a_refused_note_back_with_the_text_and_the_reason(ediths: Client, draft: Article) -> None:
    fields = typed(lead="Ещё не сохранено", **seen(ediths, draft)) | {"note": "add", "note_text": "Откуда цифра?"}
    publishing.move_to_bin(draft)
    answer = ediths.post(address(draft), fields)
    assert answer.status_code == 403
    for words in ("заметки там можно только читать", "Откуда цифра?</textarea>", "Ещё не сохранено</textarea>"):
        assert words in answer.text


def test_it_gives_an_answer_back_whose_note_was_taken_back(ediths: Client, walt: User, draft: Article) -> None:
    note = say(draft, walt)
    sent = {"note": f"add:{note.pk}", f"answer-{note.pk}": "Две тысячи"}
    note.delete()
    answer = ediths.post(address(draft), sent)
    assert (answer.status_code, "Две тысячи</textarea>" in answer.text) == (404, True)
    part = ediths.post(address(draft), sent, headers=PART)
    assert (part.status_code, part["Content-Type"].split(";")[0]) == (404, "text/plain")


def test_it_keeps_the_typed_times_of_who_publishes_beside_a_refused_answer(erins: Client, draft: Article) -> None:
    fields = typed(publish_at="2098-05-04T10:30", **seen(erins, draft)) | {"note": "add:1", "answer-1": "Да"}
    field = erins.post(address(draft), fields).context["form"]["publish_at"]
    assert (field.value(), field.field.disabled) == ("2098-05-04T10:30", False)


def test_it_keeps_the_typed_text_of_who_lost_the_story_meanwhile(walts: Client, draft: Article) -> None:
    fields = typed(lead="Ещё не сохранено", **seen(walts, draft)) | {"note": "add", "note_text": "Откуда цифра?"}
    publishing.move_to(draft, State.READY, by=None)
    page = walts.post(address(draft), fields).text
    assert Note.objects.get().text == "Откуда цифра?"
    assert "Ещё не сохранено</textarea>" in page
    assert 'value="save"' not in page


def test_it_is_seen_by_no_reader(client: Client, erins: Client, edith: User) -> None:
    article = make_article()
    say(article, edith, "Тайная пометка", quote="Тайная цитата")
    preview = erins.get(f"/admin/articles/article/{article.pk}/preview/").text
    pages = [client.get(each).text for each in (article.get_absolute_url(), "/", "/feed/", "/search/?q=Тайная")]
    assert not [page for page in (preview, *pages) if "Тайная пометка" in page or "Тайная цитата" in page]


def test_it_is_text_and_no_markup(ediths: Client, walt: User, draft: Article) -> None:
    say(draft, walt, "<script>alert(1)</script>", quote="<b>")
    page = ediths.get(sheet(draft)).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_it_asks_no_more_of_the_database_however_many_notes_there_are(
    ediths: Client, edith: User, walt: User, draft: Article, django_assert_max_num_queries: Any
) -> None:
    people = [make_person(f"p{number}") for number in range(4)]
    for number in range(6):
        thread = say(draft, walt, f"№ {number}", to=people)
        say(draft, edith, "да", answers_to=thread, to=people)
    with django_assert_max_num_queries(45):
        ediths.get(sheet(draft))

"""The way of an article: draft, in review, ready, published, withdrawn; who moves it, and what the log says."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone, translation

from articles import presence, publishing, workflow
from articles.models import Article, Move, Revision, State
from tests.factories import make_article, make_category, make_content, make_draft
from tests.sheets import newest, press, seen, sheet, typed


@pytest.fixture
def sent(walt: User) -> Article:
    """A story of Walt's that waits for an editor."""
    draft = make_draft("Мост открыт", by=walt)
    return workflow.move(draft, "review", by=walt)


def buttons(user: User, article: Article | None) -> list[str]:
    return [act.name for act in workflow.acts(user, article, timezone.now())]


def test_it_stands_as_a_table_in_the_documentation() -> None:
    with translation.override("en"):
        table = workflow.described()
    assert table in Path(settings.BASE_DIR, "docs", "editing.md").read_text()


@pytest.mark.parametrize(
    ("name", "state", "expected"),
    [
        ("walt", State.DRAFT, ["review", "save"]), ("walt", State.REVIEW, ["save", "take_back"]),
        ("walt", State.READY, []), ("walt", State.PUBLISHED, []),
        ("edith", State.DRAFT, ["review", "save"]), ("edith", State.REVIEW, ["ready", "save", "return"]),
        ("edith", State.READY, ["save", "return"]), ("edith", State.PUBLISHED, ["save"]),
        ("paula", State.REVIEW, ["publish", "save", "ready", "return"]),
        ("paula", State.READY, ["publish", "save", "return"]), ("paula", State.WITHDRAWN, ["publish", "save"]),
    ],
)  # fmt: skip
def test_it_offers_each_what_is_theirs_to_do(
    walt: User, name: str, state: State, expected: list[str], request: Any
) -> None:
    article = make_draft(by=walt)
    if state in publishing.UNSEEN:
        publishing.move_to(article, state)
    else:
        article = publishing.publish(article, newest(article), by=None)
    if state == State.WITHDRAWN:
        article = publishing.withdraw(article)
    assert buttons(request.getfixturevalue(name), article) == expected


def test_it_passes_a_story_on_and_says_so_in_the_log(walts: Client, walt: User) -> None:
    draft = make_draft(by=walt)
    press(walts, draft, "review")
    move = draft.moves.get()
    assert (move.act, move.from_state, move.to_state, move.by) == ("review", "draft", "review", walt)
    assert move.number == newest(draft).number


def test_it_returns_a_story_with_a_reason_that_its_author_reads(
    client: Client, edith: User, walt: User, sent: Article
) -> None:
    client.force_login(edith)
    press(client, sent, "return", reason="Нет второго источника.")
    client.force_login(walt)
    page = client.get(sheet(sent)).text
    assert Article.objects.get().state == State.DRAFT
    assert "Нет второго источника." in page
    press(client, sent, "review")
    assert 'class="returned"' not in client.get(sheet(sent)).text


@pytest.mark.parametrize("reason", ["", "   ", "\0"])
def test_it_returns_nothing_without_a_reason_and_keeps_what_was_typed(
    ediths: Client, sent: Article, reason: str
) -> None:
    answer = press(ediths, sent, "return", lead="Правка редактора", reason=reason)
    assert answer.context["form"].errors["reason"]
    assert "Правка редактора" in answer.text
    assert (Article.objects.get().state, sent.revisions.count()) == (State.REVIEW, 1)


def test_it_lets_an_author_take_back_without_a_reason(walts: Client, sent: Article) -> None:
    press(walts, sent, "take_back")
    assert Article.objects.get().state == State.DRAFT
    assert workflow.told(Article.objects.get(), newest(sent))["returned"] is None


def test_it_lets_nobody_take_back_the_story_of_another(ediths: Client, sent: Article) -> None:
    assert press(ediths, sent, "take_back").status_code == 403
    assert Article.objects.get().state == State.REVIEW


def test_it_does_not_do_what_was_pressed_on_an_old_page(ediths: Client, sent: Article, walt: User) -> None:
    before = seen(ediths, sent)
    workflow.move(sent, "take_back", by=walt)
    answer = ediths.post(sheet(sent), typed("ready", lead="Правка", **before))
    assert (answer.status_code, Article.objects.get().state) == (409, State.DRAFT)
    assert "Правка" in answer.text


@pytest.mark.parametrize("act", ["save", "publish", "withdraw", "nonsense"])
def test_it_moves_only_by_what_passes_a_story_on(edith: User, sent: Article, act: str) -> None:
    with pytest.raises(workflow.NotNow):
        workflow.move(sent, act, by=edith)


@pytest.mark.parametrize("act", ["withdraw", "draft", "RETURN", "", "save,publish"])
def test_it_answers_400_for_what_is_no_button(ediths: Client, sent: Article, act: str) -> None:
    assert ediths.post(sheet(sent), typed(act, based_on=1)).status_code == 400


def test_it_logs_publication_and_withdrawal(erins: Client, erin: User) -> None:
    article = make_draft(category=make_category())
    press(erins, article, "publish", category=newest(article).content.category)
    erins.post(f"/admin/articles/article/{article.pk}/withdraw/")
    log = list(article.moves.values_list("act", "from_state", "to_state", "by").order_by("pk"))
    assert log == [
        ("publish", "draft", "published", erin.pk),
        ("withdraw", "published", "withdrawn", erin.pk),
    ]


def test_it_rewrites_no_line_of_the_log(sent: Article) -> None:
    move = sent.moves.get()
    move.reason = "иначе"
    with pytest.raises(ValueError, match="not rewritten"):
        move.save()
    assert Move.objects.get().reason == ""


def test_it_shows_how_it_went_on_the_sheet(ediths: Client, sent: Article) -> None:
    assert "отправлено на проверку" in ediths.get(sheet(sent)).text.lower()


def test_it_settles_an_autosave_that_is_passed_on(walt: User, edith: User) -> None:
    draft = make_draft(by=walt)
    publishing.save(draft, make_content("Дописано"), by=walt, kind=Revision.Kind.AUTOSAVE)
    workflow.move(draft, "review", by=walt)
    publishing.save(draft, make_content("И ещё"), by=walt, kind=Revision.Kind.AUTOSAVE)
    assert [each.title for each in draft.revisions.order_by("number")][1:] == ["Дописано", "И ещё"]


def test_it_frees_the_text_that_is_passed_on(walt: User, edith: User) -> None:
    draft, now = make_draft(by=walt), timezone.now()
    presence.claim(draft.pk, walt, now)
    workflow.move(draft, "review", by=walt)
    assert presence.held_by_another(draft, edith, now) is None


def test_it_says_why_a_story_is_closed(walts: Client, walt: User, edith: User, sent: Article) -> None:
    workflow.move(sent, "ready", by=edith)
    assert "дальше с ним работают редакторы" in walts.get(sheet(sent)).text
    assert "изменить его нельзя" in walts.get(sheet(make_article())).text

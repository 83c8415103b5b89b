"""Four eyes: where a category asks for it, nobody publishes what only they have written and nobody approved."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles import four_eyes, publishing, workflow
from articles.models import Article, Category, Remit, Revision, State
from tests.factories import make_article, make_category, make_content, make_draft
from tests.sheets import newest, press, sheet

SOON = "2098-05-04T10:30"


@pytest.fixture
def court(db: None) -> Category:
    """A category in which two people publish."""
    return make_category("Суд", four_eyes=True)


@pytest.fixture
def paulas(paula: User, client: Client) -> Client:
    client.force_login(paula)
    return client


def told(browser: Client, article: Article) -> str:
    return " ".join(str(message) for message in browser.get(sheet(article)).context["messages"])


def test_it_does_not_publish_what_only_the_publisher_has_written(
    paulas: Client, paula: User, edith: User, court: Category
) -> None:
    draft = make_draft(by=paula, category=court)
    answer = press(paulas, draft, "publish", category=court.pk, title="Приговор")
    assert Article.objects.get().state == State.DRAFT
    assert newest(draft).title == "Приговор"
    page = paulas.get(answer["Location"]).text
    assert "«Суд»" in page
    assert "Сначала отправьте его на проверку" in page  # as long as it is a draft, nobody can approve it
    assert "edith" in page


def test_it_publishes_what_another_has_written(paulas: Client, walt: User, court: Category) -> None:
    draft = make_draft("Приговор", by=walt, category=court)
    press(paulas, draft, "publish", category=court.pk, title="Приговор", body=newest(draft).content.body)
    assert Article.objects.published().get() == draft


def test_it_publishes_what_another_has_marked_as_ready(
    paulas: Client, paula: User, edith: User, court: Category
) -> None:
    draft = make_draft("Приговор", by=paula, category=court)
    workflow.move(draft, "review", by=paula)
    workflow.move(draft, "ready", by=edith)
    press(paulas, draft, "publish", category=court.pk, title="Приговор", body=newest(draft).content.body)
    assert Article.objects.published().get() == draft


def test_it_asks_again_when_the_text_was_changed_after_that(
    paulas: Client, paula: User, edith: User, court: Category
) -> None:
    draft = make_draft("Приговор", by=paula, category=court)
    workflow.move(draft, "review", by=paula)
    workflow.move(draft, "ready", by=edith)
    press(paulas, draft, "publish", category=court.pk, title="Приговор без слов")
    assert Article.objects.get().state == State.READY
    workflow.move(draft, "approve", by=edith)
    press(paulas, draft, "publish", category=court.pk, title="Приговор без слов")
    assert Article.objects.get().title == "Приговор без слов"


def test_it_lets_nobody_approve_what_they_wrote_themselves(paula: User, court: Category) -> None:
    draft = make_draft("Приговор", by=paula, category=court)
    publishing.move_to(draft, State.READY, by=paula)
    workflow.move(draft, "approve", by=paula)
    with pytest.raises(four_eyes.TwoNeeded):
        four_eyes.demand(draft, newest(draft), by=paula)


def test_it_keeps_an_autosave_from_slipping_in_behind_an_approval(paula: User, edith: User, court: Category) -> None:
    draft = make_draft("Приговор", category=court, by=paula)
    publishing.move_to(draft, State.READY, by=paula)
    publishing.save(draft, make_content("Проверено", category=court), by=paula, kind=Revision.Kind.AUTOSAVE)
    workflow.move(draft, "approve", by=edith)
    publishing.save(draft, make_content("Не проверено", category=court), by=paula, kind=Revision.Kind.AUTOSAVE)
    with pytest.raises(four_eyes.TwoNeeded):
        four_eyes.demand(draft, newest(draft), by=paula)


@pytest.mark.parametrize("more", [{}, {"publish_at": SOON}])
def test_it_holds_for_a_change_of_a_live_story_and_for_a_schedule(
    paulas: Client, paula: User, court: Category, more: dict[str, str]
) -> None:
    article = make_article("Приговор", category=court)
    if more:
        article = publishing.withdraw(article)
    press(paulas, article, "publish", category=court.pk, title="Приговор отменён", more=more)
    article.refresh_from_db()
    assert article.title == "Приговор"
    assert not more or article.state == State.WITHDRAWN


def test_it_takes_one_to_publish_again_what_two_have_seen_before(
    paulas: Client, paula: User, walt: User, court: Category
) -> None:
    draft = make_draft("Приговор", by=walt, category=court)
    publishing.publish(draft, newest(draft), by=paula)
    article = publishing.withdraw(draft)
    press(paulas, article, "publish", category=court.pk, title="Приговор", body=newest(draft).content.body)
    assert Article.objects.published().get() == article


def test_it_holds_for_a_restored_text(paulas: Client, paula: User, walt: User, court: Category) -> None:
    article = make_draft("Моя версия", by=paula, category=court)
    publishing.save(article, make_content("Версия Уолта", category=court), by=walt)
    first = article.revisions.get(number=1)
    paulas.post(f"/admin/articles/article/{article.pk}/revision/1/")
    sent = {"category": court.pk, "title": "Моя версия", "body": first.content.body}
    press(paulas, article, "publish", **sent)
    assert Article.objects.get().state == State.DRAFT


def test_it_holds_below_the_category_and_where_readers_know_the_story_from(paula: User, court: Category) -> None:
    below, other = make_category("Апелляция", parent=court), make_category("Спорт")
    draft = make_draft(by=paula, category=below)
    leaving = make_article(category=court)
    publishing.save(leaving, make_content("Иначе", category=other), by=paula)
    for article in (draft, leaving):
        with pytest.raises(four_eyes.TwoNeeded):
            four_eyes.demand(article, newest(article), by=paula)


def test_it_asks_for_nobody_elsewhere(paula: User, court: Category) -> None:
    draft = make_draft(by=paula, category=make_category("Судоходство", slug=f"{court.slug}-boats"))
    assert four_eyes.category(draft, newest(draft).content) is None
    four_eyes.demand(draft, newest(draft), by=paula)


def test_it_lets_an_administrator_publish_alone_and_writes_that_down(
    admin_client: Client, admin_user: User, court: Category
) -> None:
    draft = make_draft("Приговор", by=admin_user, category=court)
    press(admin_client, draft, "publish", category=court.pk, title="Приговор")
    assert Article.objects.published().get() == draft
    assert draft.moves.get(alone=True).by == admin_user
    assert "без второго человека" in admin_client.get(sheet(draft)).text


def test_it_offers_approval_only_to_the_second_person(paula: User, edith: User, walt: User, court: Category) -> None:
    article = make_article("Приговор", category=court)
    publishing.save(article, make_content("Приговор отменён", category=court), by=paula)
    assert four_eyes.awaits(article, edith)
    assert not four_eyes.awaits(article, paula)
    workflow.move(article, "approve", by=edith)
    assert not four_eyes.awaits(article, edith)


def test_it_says_that_a_text_was_approved(ediths: Client, paula: User, court: Category) -> None:
    draft = make_draft("Приговор", by=paula, category=court)
    publishing.move_to(draft, State.READY, by=paula)
    press(ediths, draft, "approve", category=court.pk, title="Приговор", body=newest(draft).content.body)
    assert "Текст одобрен" in told(ediths, draft)


def test_it_names_only_those_who_could_help(paula: User, sam: User, walt: User, edith: User, court: Category) -> None:
    Remit.objects.create(user=sam, category=make_category("Спорт"))
    draft = make_draft(by=paula, category=court)
    with pytest.raises(four_eyes.TwoNeeded) as refusal:
        four_eyes.demand(draft, newest(draft), by=paula)
    assert "edith" in str(refusal.value)
    assert not {"sam", "walt", "paula"} & set(str(refusal.value).replace(".", "").split())


def test_it_is_a_switch_of_the_category(admin_client: Client, court: Category) -> None:
    page: Any = admin_client.get(f"/admin/articles/category/{court.pk}/change/").text
    assert 'name="four_eyes"' in page

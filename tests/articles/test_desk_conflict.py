"""Two editors, one article: nothing that either typed is lost, whoever saves first."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles import keeping, publishing
from articles.models import Article, KeptText, State
from tests.factories import make_article, make_category, make_content, make_draft
from tests.sheets import newest, seen, sheet, typed

BODY = "<p>один</p><p>два</p><p>три</p>"


@pytest.fixture
def story(erin: User) -> Article:
    return make_draft("Мост", lead="Скоро", body=BODY, tags=["мост"])


def mine(**fields: Any) -> dict[str, Any]:
    """Returns a sheet of the story, opened at its first revision, with ``fields`` changed."""
    more = {"based_on": 1, "title": "Мост", "lead": "Скоро", "body": BODY, "tags": "мост"} | fields.pop("more", {})
    return typed(more=more | fields)


def saved_by(user: User | None, article: Article, **fields: Any) -> None:
    content = make_content(**{"title": "Мост", "lead": "Скоро", "body": BODY, "tags": ["мост"]} | fields)
    publishing.save(article, content, by=user)


def test_it_saves_at_once_what_does_not_conflict(erins: Client, walt: User, story: Article) -> None:
    saved_by(walt, story, lead="Уже скоро", body="<p>один</p><p>два</p><p>ТРИ</p>", tags=["мост", "река"])
    answer = erins.post(sheet(story), mine(title="Мост открыт", body="<p>ОДИН</p><p>два</p><p>три</p>"), follow=True)
    content = newest(story).content
    assert (content.title, content.lead, content.tags) == ("Мост открыт", "Уже скоро", ["мост", "река"])
    assert content.body == "<p>ОДИН</p><p>два</p><p>ТРИ</p>"
    told = " ".join(str(message) for message in answer.context["messages"])
    assert "walt" in told
    assert f"/revision/{newest(story).number}/" in told


def test_it_asks_about_what_conflicts_and_has_brought_the_rest_together(
    erins: Client, walt: User, story: Article
) -> None:
    saved_by(walt, story, title="Мост построен", lead="Уже скоро")
    answer = erins.post(sheet(story), mine(title="Мост открыт"))
    form = answer.context["form"]
    assert answer.status_code == 409
    assert [question.key for question in answer.context["questions"]] == ["clash-title"]
    assert (form["title"].value(), form["lead"].value(), form["based_on"].value()) == ("Мост открыт", "Уже скоро", 2)
    assert newest(story).title == "Мост построен"


@pytest.mark.parametrize(
    ("choice", "title"),
    [("mine", "Мост открыт"), ("theirs", "Мост построен"), ("both", "Мост открыт Мост построен"), ("", "Мост открыт")],
)
def test_it_saves_what_was_chosen(erins: Client, walt: User, story: Article, choice: str, title: str) -> None:
    saved_by(walt, story, title="Мост построен")
    erins.post(sheet(story), mine(title="Мост открыт"))
    kept = story.kept_texts.get()
    erins.post(sheet(story), mine(based_on=2, title="Мост открыт", kept=kept.pk, more={"clash-title": choice}))
    assert newest(story).title == title
    kept.refresh_from_db()
    assert kept.settled_at is not None


def test_it_takes_a_choice_for_each_paragraph(erins: Client, walt: User, story: Article) -> None:
    saved_by(walt, story, body="<p>1</p><p>два</p><p>3</p>")
    own = "<p>ОДИН</p><p>два</p><p>ТРИ</p>"
    erins.post(sheet(story), mine(body=own))
    choices = {"clash-body-1": "theirs", "clash-body-2": "both"}
    erins.post(sheet(story), mine(based_on=2, body=own, kept=story.kept_texts.get().pk, more=choices))
    assert newest(story).content.body == "<p>1</p><p>два</p><p>ТРИ</p><p>3</p>"


def test_it_counts_what_was_typed_since_before_a_choice(erins: Client, walt: User, story: Article) -> None:
    saved_by(walt, story, title="Мост построен")
    erins.post(sheet(story), mine(title="Мост открыт"))
    more = {"clash-title": "theirs", "kept": story.kept_texts.get().pk}
    erins.post(sheet(story), mine(based_on=2, title="Мост достроен", lead="Завтра", more=more))
    assert (newest(story).title, newest(story).content.lead) == ("Мост достроен", "Завтра")


def test_it_asks_again_when_a_third_save_came_while_one_chose(erins: Client, walt: User, story: Article) -> None:
    saved_by(walt, story, title="Мост построен")
    erins.post(sheet(story), mine(title="Мост открыт"))
    saved_by(walt, story, title="Мост сдан")
    more = {"clash-title": "mine", "kept": story.kept_texts.get().pk}
    answer = erins.post(sheet(story), mine(based_on=2, title="Мост открыт", more=more))
    assert (answer.status_code, answer.context["form"]["based_on"].value()) == (409, 3)
    assert keeping.waiting(story, User.objects.get(username="erin")).get().title == "Мост открыт"


def test_it_publishes_nothing_that_its_editor_has_not_seen(erins: Client, walt: User) -> None:
    story = make_draft("Мост", body=BODY, category=make_category())
    before = seen(erins, story) | {"category": newest(story).content.category}
    publishing.save(story, make_content("Мост", body=BODY + "<p>Слух.</p>", category=make_category("Мир")), by=walt)
    erins.post(sheet(story), typed("publish", title="Мост открыт", body=BODY, **before))
    story.refresh_from_db()
    assert story.state == State.DRAFT
    assert newest(story).content.body.endswith("<p>Слух.</p>")


def test_it_publishes_though_another_saved_the_same(erins: Client, walt: User) -> None:
    story = make_article("Мост", body=BODY, category=make_category())
    before = seen(erins, story) | {"category": newest(story).content.category}
    publishing.save(story, make_content("Мост открыт", body=BODY, category=story.category), by=walt)
    erins.post(sheet(story), typed("publish", title="Мост открыт", body=BODY, **before))
    assert Article.objects.get().title == "Мост открыт"


def test_it_keeps_the_whole_text_beside_the_history(erins: Client, erin: User, walt: User, story: Article) -> None:
    saved_by(walt, story, title="Мост построен")
    erins.post(sheet(story), mine(title="Мост открыт", body="<p>Моё.</p>"))
    kept = story.kept_texts.get()
    page = f"/admin/articles/article/{story.pk}/kept/{kept.pk}/"
    assert (kept.by, kept.why, kept.content.body) == (erin, KeptText.Why.CONFLICT, "<p>Моё.</p>")
    assert "Моё." in erins.get(page).text
    assert "data-editor-box" in erins.get(page).text, "a text is read as a text, not as HTML"
    assert page in erins.get(sheet(story)).text
    assert newest(story).number == 2


def test_it_brings_a_kept_text_back_later(erins: Client, walt: User, story: Article) -> None:
    saved_by(walt, story, title="Мост построен", lead="Уже")
    erins.post(sheet(story), mine(title="Мост открыт"))
    kept = story.kept_texts.get()
    answer = erins.post(f"/admin/articles/article/{story.pk}/kept/{kept.pk}/", {"act": "bring"})
    assert [question.key for question in answer.context["questions"]] == ["clash-title"]
    assert answer.context["form"]["lead"].value() == "Уже"


def test_it_puts_a_kept_text_away_and_never_deletes_it(erins: Client, walt: User, story: Article) -> None:
    saved_by(walt, story, title="Мост построен")
    erins.post(sheet(story), mine(title="Мост открыт"))
    kept = story.kept_texts.get()
    page = f"/admin/articles/article/{story.pk}/kept/{kept.pk}/"
    erins.post(page, {"act": "drop"})
    assert page not in erins.get(sheet(story)).text
    assert "Мост открыт" in erins.get(page).text
    assert erins.post(page, {"act": "bring"}).status_code == 403


def test_it_lets_nobody_put_away_what_another_typed(erins: Client, walt: User, story: Article) -> None:
    kept = keeping.keep(story, make_content(), by=walt, based_on=1, why="conflict", now=story.created_at)
    page = f"/admin/articles/article/{story.pk}/kept/{kept.pk}/"
    assert 'value="drop"' not in erins.get(page).text
    assert erins.post(page, {"act": "drop"}).status_code == 403
    assert list(keeping.waiting(story, walt)) == [kept]


def test_it_keeps_the_same_text_once(erins: Client, walt: User, story: Article) -> None:
    saved_by(walt, story, title="Мост построен")
    for _press in range(3):
        erins.post(sheet(story), mine(title="Мост открыт"))
    assert story.kept_texts.count() == 1


@pytest.mark.parametrize("key", ["x", "-1", "9" * 40, "", "77", "\0"])
def test_it_takes_a_kept_text_that_does_not_exist_for_none(erins: Client, story: Article, key: str) -> None:
    assert erins.post(sheet(story), mine(title="Мост открыт", kept=key)).status_code == 302
    assert newest(story).title == "Мост открыт"


def test_it_shows_a_kept_text_only_with_its_article(erins: Client, walt: User, story: Article) -> None:
    kept = keeping.keep(story, make_content(), by=walt, based_on=1, why="conflict", now=story.created_at)
    assert erins.get(f"/admin/articles/article/{make_draft().pk}/kept/{kept.pk}/").status_code == 404
    assert erins.get(f"/admin/articles/article/{story.pk}/kept/999/").status_code == 404


def test_it_lets_nobody_bring_in_a_text_who_may_not_write(monas: Client, walt: User, story: Article) -> None:
    kept = keeping.keep(story, make_content(), by=walt, based_on=1, why="conflict", now=story.created_at)
    assert monas.get(f"/admin/articles/article/{story.pk}/kept/{kept.pk}/").status_code == 403

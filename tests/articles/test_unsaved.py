"""What was typed on a sheet comes back to be copied, though whoever typed it may not save it any more."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from articles.models import Article, Note
from portal.people.switching import switch_off
from tests.factories import make_draft
from tests.sheets import ADD, newest, sheet, typed

TEXT: dict[str, Any] = {
    "title": "Мост «на века» <b>",
    "lead": "Едем в мае",
    "body": "<p>Два</p>",
    "authors": ["Анна Лис"],
}
SECRET = "Тайное название"


@pytest.fixture
def story(edith: User) -> Article:
    return make_draft(SECRET, by=edith, lead="Тайный лид")


def boxes(page: Any) -> list[str]:
    return [unescape(text) for text in re.findall(r"<textarea[^>]* readonly>([^<]*)</textarea>", page.text)]


def becomes_moderator(user: User) -> None:
    user.user_permissions.set(Permission.objects.filter(codename="can_moderate"))


def test_it_gives_the_text_back_to_who_may_write_no_more(ediths: Client, edith: User, story: Article) -> None:
    becomes_moderator(edith)
    answer = ediths.post(sheet(story), typed(based_on=1, **TEXT))
    assert (answer.status_code, newest(story).title) == (403, SECRET)
    assert boxes(answer) == ["Мост «на века» <b>", "Едем в мае", "<p>Два</p>", "Анна Лис"]
    assert "У вас больше нет на это права" in answer.text
    assert not any(words in answer.text for words in (SECRET, "Тайный лид"))


@pytest.mark.parametrize("where", ["typeset", "notes"])
def test_it_gives_it_back_from_every_button_of_the_sheet(
    ediths: Client, edith: User, story: Article, where: str
) -> None:
    becomes_moderator(edith)
    sent = typed(based_on=1, title="Мост") | {"note": "add", "note_text": "Откуда цифра?"}
    answer = ediths.post(f"/admin/articles/article/{story.pk}/{where}/", sent)
    assert (answer.status_code, boxes(answer)) == (403, ["Мост", "Откуда цифра?"])
    assert SECRET not in answer.text
    assert not Note.objects.exists()


def test_it_gives_a_new_story_back_to_who_may_begin_none(ediths: Client, edith: User) -> None:
    becomes_moderator(edith)
    answer = ediths.post(ADD, typed(**TEXT))
    assert (answer.status_code, boxes(answer)[1], Article.objects.count()) == (403, "Едем в мае", 0)


def test_it_gives_the_text_of_a_deleted_story_back(ediths: Client) -> None:
    answer = ediths.post("/admin/articles/article/999/change/", typed(based_on=1, **TEXT))
    assert (answer.status_code, boxes(answer)[1]) == (404, "Едем в мае")


def test_it_gives_the_text_back_where_the_session_has_ended(ediths: Client, story: Article) -> None:
    ediths.logout()
    answer = ediths.post(sheet(story), typed(based_on=1, **TEXT))
    assert (answer.status_code, boxes(answer)[0]) == (403, "Мост «на века» <b>")
    assert f'href="/admin/login/?next={sheet(story).replace("/", "%2F")}"' in answer.text
    assert "Ваш сеанс завершился" in answer.text
    assert (SECRET in answer.text, newest(story).title) == (False, SECRET)
    assert "no-store" in answer.headers["Cache-Control"]


def test_it_gives_the_text_back_to_who_was_switched_off(
    ediths: Client, edith: User, admin_user: User, story: Article
) -> None:
    switch_off(edith, by=admin_user, now=story.created_at)
    answer = ediths.post(sheet(story), typed(based_on=1, **TEXT))
    assert (answer.status_code, boxes(answer)[0], SECRET in answer.text) == (403, "Мост «на века» <b>", False)


def test_it_gives_the_text_back_to_who_left_the_desk(ediths: Client, edith: User, story: Article) -> None:
    User.objects.update(is_staff=False)
    answer = ediths.post(sheet(story), typed(based_on=1, **TEXT))
    assert (answer.status_code, boxes(answer)[0]) == (403, "Мост «на века» <b>")
    assert "нет доступа к редакции" in answer.text


@pytest.mark.parametrize(("came_from", "shown"), [("same-origin", True), ("cross-site", False)])
def test_it_gives_the_text_back_where_another_session_has_begun(
    edith: User, story: Article, came_from: str, shown: bool
) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": came_from})
    browser.force_login(edith)
    answer = browser.post(sheet(story), typed(based_on=1, **TEXT))
    assert (answer.status_code, "Едем в мае" in answer.text, SECRET in answer.text) == (403, shown, False)


def test_it_asks_for_the_sign_in_where_nothing_was_typed(client: Client, story: Article) -> None:
    assert client.post(sheet(story), {"act": "save"}).status_code == 302
    assert client.post(f"/admin/articles/article/{story.pk}/autosave/", typed(based_on=1)).status_code == 302

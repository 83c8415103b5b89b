"""«Today»: what was returned to me, what I have passed on, and what I can bring on by my rights."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles import publishing, workflow
from articles.models import Remit, State
from tests.factories import make_category, make_draft
from tests.people import make_person


def shelves(client: Client, user: User) -> dict[str, list[str]]:
    client.force_login(user)
    answer: Any = client.get("/admin/", headers={"Accept-Language": "ru"})
    found = answer.context["shelves"]
    return {shelf.title: [line.title for line in shelf.lines] for shelf in found if hasattr(shelf, "lines")}


def waiting(title: str, state: State, **fields: Any) -> None:
    publishing.move_to(make_draft(title, **fields), state)


def test_it_shows_what_was_returned_apart_from_the_drafts(client: Client, walt: User, edith: User) -> None:
    make_draft("Ещё пишу", by=walt)
    sent = make_draft("Вернули", by=walt)
    workflow.move(sent, "review", by=walt)
    workflow.move(sent, "return", by=edith, reason="Нет источника.")
    found = shelves(client, walt)
    assert (found["Вернули мне"], found["Мои черновики"]) == (["Вернули"], ["Ещё пишу"])
    workflow.move(sent, "review", by=walt)
    found = shelves(client, walt)
    assert "Вернули мне" not in found
    assert found["Сданы мной"] == ["Вернули"]


@pytest.mark.parametrize(
    ("rights", "expected"),
    [
        (("edit_every_article",), {"Проверить"}),
        (("edit_every_article", "publish_article"), {"Проверить", "Выпустить"}),
        (("publish_article",), {"Проверить", "Выпустить"}),
    ],
)
def test_it_shows_what_waits_for_me_and_not_for_others(
    db: None, client: Client, rights: tuple[str, ...], expected: set[str]
) -> None:
    me = make_person("ann", *rights)
    town = make_category("Город")
    Remit.objects.create(user=me, category=town)
    waiting("Проверить", State.REVIEW, category=town)
    waiting("Выпустить", State.READY, category=town)
    waiting("Мой собственный", State.REVIEW, category=town, by=me)
    if "edit_every_article" not in rights:
        waiting("Чужая рубрика", State.REVIEW, category=make_category("Спорт"))
    assert set(shelves(client, me)["Ждут меня"]) == expected


def test_it_is_counted_the_same_in_the_menu(client: Client, walt: User, edith: User) -> None:
    waiting("Проверить", State.REVIEW)
    waiting("Готов", State.READY)
    counts = []
    for user in (walt, edith):
        client.force_login(user)
        menu: Any = client.get("/admin/").context["desk_menu"]
        counts.append(next(item.waiting for group in menu for item in group.items if "/article/" in item.address))
    assert counts == [0, 1]

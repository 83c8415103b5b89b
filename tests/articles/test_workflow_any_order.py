"""Whoever presses whatever in whatever order: state and log agree, and nothing goes out without the right to it."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.content import Content
from articles.models import Article, Category, Move, Remit, State
from tests.factories import make_category, make_draft
from tests.people import make_person
from tests.sheets import press

ROLES: dict[str, tuple[str, ...]] = {
    "walt": (),
    "edith": ("edit_every_article",),
    "sam": ("publish_article",),
    "paula": ("edit_every_article", "publish_article"),
    "pavel": ("edit_every_article", "publish_article"),
}
ACTS = ["save", "review", "take_back", "ready", "return", "approve", "publish", "withdraw"]
Deed = tuple[str, str, int, int]
DEED = st.tuples(st.sampled_from([*ROLES]), st.sampled_from(ACTS), st.integers(0, 1), st.integers(0, 1))


def do(browser: Client, article: Article, deed: Deed, categories: list[Category]) -> None:
    _name, act, title, category = deed
    if act == "withdraw":
        answer = browser.post(f"/admin/articles/article/{article.pk}/withdraw/")
    else:
        sent = {"title": f"Версия {title}", "category": categories[category].pk, "reason": "Проверьте имена."}
        answer = press(browser, article, act, **sent)
    assert answer.status_code in {200, 302, 400, 403, 409}


def check_log(article: Article, people: dict[str, User], court: Category) -> None:
    log = list(article.moves.order_by("pk"))
    state: str = State.DRAFT
    for move in log:
        assert move.from_state == state
        state = move.to_state
        assert move.act != Move.Act.RETURN or (move.reason and move.by_id != article.created_by_id)
        assert move.act != Move.Act.READY or move.by_id != people["walt"].pk
        if move.act in {Move.Act.PUBLISH, Move.Act.WITHDRAW}:
            assert move.by_id not in {people["walt"].pk, people["edith"].pk}
        if move.act == Move.Act.PUBLISH:
            check_publication(article, move, people, court)
    assert Article.objects.get(pk=article.pk).state == state


def check_publication(article: Article, move: Move, people: dict[str, User], court: Category) -> None:
    assert move.number is not None
    content = article.revisions.get(number=move.number).content
    assert move.by_id != people["sam"].pk or content.category == court.pk
    if content.category == court.pk:
        earlier = article.revisions.filter(number__lte=move.number)
        same = [each for each in earlier if words(each.content) == words(content)]
        vouched = article.moves.signatures().filter(pk__lt=move.pk, number__in=[each.number for each in same])
        assert any(each.by_id != move.by_id for each in same) or vouched.exclude(by=move.by_id).exists()


def words(content: Content) -> tuple[str, str, int | None]:
    return content.title, content.body, content.category


@pytest.mark.django_db
@settings(max_examples=20, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(author=st.sampled_from([*ROLES]), deeds=st.lists(DEED, min_size=3, max_size=8))
def test_it_keeps_state_log_and_rights_together(db: None, author: str, deeds: list[Deed]) -> None:
    with transaction.atomic():
        people = {name: make_person(name, *rights) for name, rights in ROLES.items()}
        court, sport = make_category("Суд", four_eyes=True), make_category("Спорт")
        Remit.objects.create(user=people["sam"], category=court)
        article = make_draft("Версия 0", by=people[author], category=court, body="")
        for deed in deeds:
            browser = Client()
            browser.force_login(people[deed[0]])
            do(browser, article, deed, [court, sport])
        check_log(article, people, court)
        transaction.set_rollback(True)

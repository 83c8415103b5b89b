"""The moderators' queue and what their decisions do."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.models import Article
from comments.models import TRANSITIONS, ModerationLog, PortalComment, Status
from comments.moderation import decide
from lib.pagecache.models import TagVersion
from tests.factories import make_article, make_comment

QUEUE = "/admin/comments/portalcomment/"
ALL_STEPS = [(old, new) for old in Status for new in Status]

pytestmark = pytest.mark.django_db


def press(client: Client, to: str, *seen: PortalComment, one: bool = False, **more: Any) -> Any:
    """Presses a button of the queue for comments as the page showed them."""
    chosen = [comment.pk for comment in seen]
    data = {"decide": f"{to} {chosen[0]}" if one else to, "seen": [f"{each.pk} {each.status}" for each in seen]}
    return client.post(QUEUE, data | {"chosen": chosen} | more, follow=True)


def status_of(comment: PortalComment) -> str:
    return PortalComment.objects.get(pk=comment.pk).status


def allowed(old: str, new: str) -> bool:
    return Status(new) in TRANSITIONS[Status(old)]


def test_it_shows_what_waits_the_oldest_first(monas: Client, article: Article) -> None:
    for name in ("Первая", "Вторая"):
        make_comment(article, f"{name} мысль", status=Status.PENDING, name=name, reasons=["links"])
    make_comment(article, "Уже видно")
    html = monas.get(QUEUE).text
    assert html.index("Первая мысль") < html.index("Вторая мысль")
    assert str(article) in html
    assert "queue-reasons" in html
    assert "Уже видно" not in html


@pytest.mark.parametrize("status", Status.values)
def test_it_shows_the_comments_of_each_status(monas: Client, article: Article, status: str) -> None:
    for each in Status:
        make_comment(article, f"Мысль {each.value}", status=each)
    html = monas.get(QUEUE, {"status": status}).text
    assert [each for each in Status.values if f"Мысль {each}" in html] == [status]


def test_it_approves_so_that_readers_see_it(monas: Client, mona: User, article: Article) -> None:
    comment = make_comment(article, status=Status.PENDING)
    press(monas, "approved", comment, one=True)
    comment.refresh_from_db()
    assert (comment.status, comment.is_public, comment.is_removed) == ("approved", True, False)
    assert comment.comment in Client().get(article.get_absolute_url()).text
    decision = comment.log.get()
    assert (decision.actor, decision.from_status, decision.to_status) == (mona, "pending", "approved")


def test_it_removes_from_the_page_and_leaves_the_replies(monas: Client, article: Article) -> None:
    parent = make_comment(article, "Грубость")
    reply, held = make_comment(to=parent, text="Ответ"), make_comment(to=parent, text="Спам", status=Status.PENDING)
    press(monas, "removed", parent, one=True)
    html = Client().get(article.get_absolute_url()).text
    assert "Ответ" in html and "Грубость" not in html and "Спам" not in html
    assert (status_of(reply), status_of(held)) == ("approved", "pending")


@pytest.mark.django_db(transaction=True)
def test_it_makes_pages_out_of_date_when_they_change_and_only_then() -> None:
    comment = make_comment(status=Status.PENDING)
    stamps = TagVersion.objects.filter(tag=f"comments:{comment.article_id}").values_list("version", flat=True)
    decide({comment.pk: Status.PENDING}, Status.SPAM, by=None)
    assert not stamps.exists()
    decide({comment.pk: Status.SPAM}, Status.APPROVED, by=None)
    shown = stamps.get()
    decide({comment.pk: Status.APPROVED}, Status.REMOVED, by=None)
    assert stamps.get() != shown


def test_it_notes_the_reason(monas: Client, article: Article) -> None:
    comment = make_comment(article, status=Status.PENDING)
    page = f"{QUEUE}{comment.pk}/change/"
    press(monas, "rejected", comment, one=True, reason="Личные нападки")
    assert comment.log.get().reason == "Личные нападки"
    assert "Личные нападки" in monas.get(page).text


def test_it_tells_the_second_moderator(monas: Client, erin: User, article: Article) -> None:
    comment = make_comment(article, status=Status.PENDING, name="Ольга")
    decide({comment.pk: "pending"}, Status.REJECTED, by=erin)
    answer = press(monas, "approved", comment, one=True)
    assert status_of(comment) == "rejected"
    assert "erin" in " ".join(str(message) for message in answer.context["messages"])
    assert comment.log.count() == 1


def test_it_decides_about_many_and_tells_about_the_others(monas: Client, article: Article) -> None:
    comments = [make_comment(article, status=Status.PENDING) for _ in range(3)]
    decide({comments[1].pk: "pending"}, Status.SPAM, by=None)
    answer = press(monas, "approved", *comments)
    assert [status_of(comment) for comment in comments] == ["approved", "spam", "approved"]
    assert len(answer.context["messages"]) == 2


def test_it_approves_a_hundred_in_few_statements(monas: Client, article: Article) -> None:
    comments = [make_comment(article, f"Мысль {number}", status=Status.PENDING) for number in range(100)]
    data = {"decide": "approved", "chosen": [each.pk for each in comments]}
    with CaptureQueriesContext(connection) as queries:
        monas.post(QUEUE, data | {"seen": [f"{each.pk} pending" for each in comments]})
    assert PortalComment.objects.approved().count() == 100
    assert len(queries) <= 30


def test_it_shows_a_long_queue_in_few_statements(monas: Client, article: Article) -> None:
    numbers = []
    for many in (5, 60):
        for number in range(many):
            make_comment(make_article(), f"Мысль {number}", status=Status.PENDING)
        with CaptureQueriesContext(connection) as queries:
            monas.get(QUEUE)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize(
    "data",
    [
        {"decide": "liked"},
        {"decide": ""},
        {},
        {"decide": "approved", "seen": "x"},
        {"decide": "approved", "seen": f"{'9' * 40} pending"},
    ],
)
def test_it_refuses_a_decision_that_is_none(monas: Client, data: dict[str, str]) -> None:
    assert monas.post(QUEUE, data).status_code == 400


@pytest.mark.parametrize("chosen", ["999999", "\0", "x", ""])
def test_it_decides_nothing_about_nothing(monas: Client, article: Article, chosen: str) -> None:
    make_comment(article, status=Status.PENDING)
    answer = monas.post(QUEUE, {"decide": "approved", "chosen": chosen, "seen": "999999 pending"}, follow=True)
    assert answer.status_code == 200
    assert not ModerationLog.objects.exists()


@pytest.mark.parametrize("path", ["abc", "999999", "9" * 40, "1_00"])
def test_it_knows_no_such_comment(monas: Client, path: str) -> None:
    assert monas.get(f"{QUEUE}{path}/change/").status_code == 404


def test_it_lets_nobody_write_or_delete(monas: Client, article: Article) -> None:
    comment = make_comment(article, "Как сказано")
    for path in ("add/", f"{comment.pk}/delete/"):
        assert monas.get(QUEUE + path).status_code == 403
    monas.post(f"{QUEUE}{comment.pk}/change/", {"comment": "Переписано"})
    assert PortalComment.objects.get().comment == "Как сказано"


def test_it_opens_the_queue_to_moderators_only(erins: Client, article: Article) -> None:
    comment = make_comment(article, status=Status.PENDING)
    assert erins.get(QUEUE).status_code == 403
    assert erins.get(f"{QUEUE}{comment.pk}/change/").status_code == 403
    assert press(erins, "approved", comment).status_code == 403
    assert status_of(comment) == "pending"


def test_it_counts_what_waits_in_the_menu(monas: Client, article: Article) -> None:
    make_comment(article, status=Status.PENDING)
    make_comment(article, status=Status.SPAM)
    menu = list(monas.get("/admin/").context["desk_menu"])
    assert [(group.waiting, item.address) for group in menu for item in group.items] == [(1, QUEUE)]


@pytest.mark.parametrize(("old", "new"), ALL_STEPS)
def test_it_takes_the_steps_that_there_are(article: Article, old: str, new: str) -> None:
    comment = make_comment(article, status=old)
    outcome = decide({comment.pk: old}, Status(new), by=None)
    assert bool(outcome.changed) == allowed(old, new)
    assert status_of(comment) == (new if allowed(old, new) else old)


@pytest.mark.parametrize(("old", "new"), [step for step in ALL_STEPS if not allowed(*step)])
def test_it_writes_no_decision_that_there_is_not(article: Article, old: str, new: str) -> None:
    comment = make_comment(article)
    with pytest.raises(IntegrityError), transaction.atomic():
        comment.log.create(from_status=old, to_status=new)


class TestDecisions(TestCase):
    """Any decisions, seen in any order, about any comments of one thread."""

    @given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(Status.values), st.sampled_from(Status.values))))
    def test_it_changes_what_was_seen_and_nothing_else(self, decisions: list[tuple[int, str, str]]) -> None:
        comments = list(self.thread())
        expected = [str(comment.status) for comment in comments]
        taken = 0
        for which, seen, to in decisions:
            decide({comments[which].pk: seen}, Status(to), by=None)
            if expected[which] == seen and allowed(seen, to):
                expected[which], taken = to, taken + 1
        for comment, status in zip(comments, expected, strict=True):
            comment.refresh_from_db()
            public, removed = status == "approved", status == "removed"
            assert (comment.status, comment.is_public, comment.is_removed) == (status, public, removed)
        assert ModerationLog.objects.filter(comment__in=comments).count() == taken

    def thread(self) -> Iterator[PortalComment]:
        comment = make_comment(status=Status.PENDING)
        yield comment
        for _ in range(3):
            comment = make_comment(to=comment, status=Status.PENDING)
            yield comment

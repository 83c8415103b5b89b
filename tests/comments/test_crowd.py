"""Many readers at the same moment. With full volume, in processes of their own: tests/trial/test_commenters.py."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from articles.models import Article
from comments.models import CommentCount, ModerationLog, PortalComment, Status
from comments.moderation import decide
from comments.threads import thread_page
from comments.tickets import Ticket
from tests.comments.conftest import Send
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db(transaction=True)

READERS = 8


@pytest.fixture
def article(transactional_db: None) -> Article:
    return make_article()


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """Lets every reader act at the same moment; returns what came of it."""

    def one(number: int) -> Any:
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(READERS) as readers:
        return list(readers.map(one, range(READERS)))


def test_it_takes_the_replies_of_a_crowd(send: Send, article: Article) -> None:
    parents = [make_comment(article)]
    parents += [make_comment(to=parents[0]), make_comment(article)]

    def write(number: int) -> list[int]:
        return [send(reply=parent.pk, text=f"Ответ {number}").status_code for parent in parents]

    assert at_once(write) == [[303] * 3] * READERS
    waiting = dict.fromkeys(PortalComment.objects.waiting().values_list("pk", flat=True), Status.PENDING)
    decide(waiting, Status.APPROVED, by=None)
    shown = [entry.comment for entry in thread_page(article).entries]
    assert len(set(shown)) == len(shown) == 3 + 3 * READERS


def test_it_counts_what_a_crowd_of_moderators_approves(article: Article) -> None:
    waiting = [make_comment(article, status=Status.PENDING) for _ in range(READERS)]
    at_once(lambda number: decide({waiting[number].pk: Status.PENDING}, Status.APPROVED, by=None))
    assert CommentCount.objects.get(article=article).number == READERS


def test_it_takes_one_form_once_even_at_the_same_moment(send: Send, article: Article) -> None:
    ticket = Ticket.issue(timezone.now()).sign(article.pk)
    answers = at_once(lambda number: send(ticket=ticket)["Location"])
    assert len(set(answers)) == PortalComment.objects.count() == 1


def test_it_lets_one_moderator_win(article: Article) -> None:
    comment = make_comment(article, status=Status.PENDING)
    steps = [Status.APPROVED, Status.REJECTED, Status.SPAM]
    outcomes = at_once(lambda number: decide({comment.pk: Status.PENDING}, steps[number % 3], by=None))
    assert sorted(len(outcome.changed) for outcome in outcomes) == [0] * (READERS - 1) + [1]
    assert ModerationLog.objects.get().to_status == PortalComment.objects.get().status

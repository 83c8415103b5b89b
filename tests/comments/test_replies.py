"""Replies: to comments that readers see, on the same article, and to nothing else."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article
from comments import paths
from comments.models import PortalComment, Status
from comments.threads import Entry, entries
from tests.comments.conftest import Send
from tests.factories import make_article, make_comment

UNSEEN = [status for status in Status.values if status != Status.APPROVED]


def test_it_stores_a_reply_below_its_parent(send: Send, article: Article) -> None:
    parent = make_comment(article)
    assert send(reply=parent.pk, text="Согласна").status_code == 303
    reply = parent.replies.get()
    assert reply.path == parent.path + f"{reply.pk:010}"


@pytest.mark.parametrize("reply", ["0", "-1", "999999", "9" * 10, "9" * 40, "1e3", "１", "\0", "1 OR 1=1", "null"])
def test_it_refuses_a_reply_to_nothing(send: Send, reply: str) -> None:
    answer = send(reply=reply)
    assert answer.status_code == 400
    assert "Наконец-то достроили." in answer.text
    assert not PortalComment.objects.exists()


def test_it_refuses_a_reply_to_a_comment_on_another_article(send: Send) -> None:
    elsewhere = make_comment(make_article("Другая статья"))
    assert send(reply=elsewhere.pk).status_code == 400
    assert not elsewhere.replies.exists()


@pytest.mark.parametrize("status", UNSEEN)
def test_it_refuses_a_reply_to_what_readers_do_not_see(
    send: Send, article: Article, client: Client, status: str
) -> None:
    parent = make_comment(article, "Канарейка", status=status)
    assert send(reply=parent.pk).status_code == 400
    for page in ("new", "form"):
        answer = client.get(f"/comments/{article.pk}/{page}/", {"reply": parent.pk})
        assert answer.status_code == 200
        assert "Канарейка" not in answer.text


def test_it_sends_a_reply_by_itself_when_its_parent_is_gone(send: Send, article: Article) -> None:
    parent = make_comment(article, status=Status.REMOVED)
    again = send(reply=parent.pk)
    assert 'name="reply" value=""' in again.text
    assert send(reply="", ticket=again.context["form"].signed_ticket).status_code == 303


def test_it_does_not_store_a_reply_across_articles(article: Article) -> None:
    parent = make_comment(make_article("Другая статья"))
    with pytest.raises(ValueError, match="same article"):
        make_comment(article, to=parent)


def test_it_takes_replies_at_any_depth(article: Article) -> None:
    comment = make_comment(article)
    for _ in range(paths.DEEPEST + 3):
        comment = make_comment(to=comment)
    assert len(comment.path) == paths.DEEPEST * paths.WIDTH
    assert comment.path.endswith(f"{comment.pk:010}")


@pytest.mark.parametrize("change", [{"status": "liked"}, {"path": ""}])
def test_it_keeps_nonsense_out_of_the_database(article: Article, change: dict[str, Any]) -> None:
    comment = make_comment(article)
    with pytest.raises(IntegrityError), transaction.atomic():
        PortalComment.objects.filter(pk=comment.pk).update(**change)


# A thread in the order in which it was written: each comment answers an earlier one, or none.
threads = st.lists(st.tuples(st.integers(-1, 30), st.booleans()), max_size=30)


def planted(thread: list[tuple[int, bool]]) -> list[PortalComment]:
    comments: list[PortalComment] = []
    for number, (parent, approved) in enumerate(thread):
        above = comments[parent % number] if number and parent >= 0 else None
        status = Status.APPROVED if approved else Status.PENDING
        comment = PortalComment(pk=number + 1, reply_to=above, status=status)
        comment.path = paths.below(above.path if above else "", comment.pk)
        comments.append(comment)
    return comments


def in_reading_order(comments: list[PortalComment], above: PortalComment | None = None) -> list[PortalComment]:
    here = [comment for comment in comments if comment.reply_to is above]
    return [each for comment in here for each in (comment, *in_reading_order(comments, comment))]


def shown(comments: list[PortalComment]) -> list[Entry]:
    approved = [comment for comment in comments if comment.status == Status.APPROVED]
    return entries(sorted(approved, key=lambda comment: comment.path))


@given(threads)
def test_it_reads_a_thread_from_its_paths(thread: list[tuple[int, bool]]) -> None:
    comments = planted(thread)
    assert sorted(comments, key=lambda comment: comment.path) == in_reading_order(comments)


@given(threads)
def test_it_shows_every_approved_comment_once_and_no_other(thread: list[tuple[int, bool]]) -> None:
    comments = planted(thread)
    approved = [comment for comment in in_reading_order(comments) if comment.status == Status.APPROVED]
    assert [entry.comment for entry in shown(comments) if entry.comment] == approved


@given(threads)
def test_it_keeps_the_place_of_whatever_was_answered(thread: list[tuple[int, bool]]) -> None:
    placed: set[str] = set()
    for entry in shown(planted(thread)):
        assert entry.path not in placed
        assert placed.issuperset(paths.above(entry.path))
        placed.add(entry.path)

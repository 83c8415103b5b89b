"""How many comments a story has: one number, true at once wherever it stands."""

import re
import urllib.request
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from comments.models import CommentCount, PortalComment, Status
from comments.moderation import decide
from portal.models import FrontZone
from tests.factories import make_article, make_category, make_comment

pytestmark = pytest.mark.django_db

TOLD = re.compile(r'#comments">\s*(\d+ комментари\w+)')
PLACES: dict[str, Callable[[Article], str]] = {
    "front": lambda story: "/",
    "list": lambda story: "/news/",
    "category": lambda story: "/category/gorod/",
    "story": lambda story: story.get_absolute_url(),
    "related": lambda story: [make_article(title, category=story.category) for title in "АБ"][1].get_absolute_url(),
    "search": lambda story: "/search/?q=мост",
}


@pytest.fixture
def story() -> Article:
    return make_article("Мост открыт", category=make_category())


def told(page: str) -> list[str]:
    """Returns what a page says of numbers of comments, in its order."""
    return TOLD.findall(page)


def fetch(address: str) -> str:
    with urllib.request.urlopen(address) as answer:  # noqa: S310 (the site of the test)
        return str(answer.read().decode())


@pytest.mark.parametrize("place", PLACES)
def test_it_stands_on_every_card_and_leads_to_the_thread(client: Client, story: Article, place: str) -> None:
    FrontZone.objects.get_or_create(language="ru", kind=FrontZone.Kind.LEAD, defaults={"size": 1})
    address = PLACES[place](story)
    assert told(client.get(address).text) == []
    for _ in range(2):
        make_comment(story)
    page = client.get(address).text
    assert told(page) == ["2 комментария"]
    assert f'href="{"" if place == "story" else story.get_absolute_url()}#comments"' in page


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1 комментарий"), (3, "3 комментария"), (5, "5 комментариев"), (21, "21 комментарий")]
)
def test_it_counts_in_proper_russian(client: Client, story: Article, number: int, words: str) -> None:
    CommentCount.objects.create(article=story, number=number)
    assert told(client.get("/news/").text) == [words]


def test_it_counts_what_readers_can_see(client: Client, story: Article) -> None:
    for status in Status:
        make_comment(story, status=status)
    assert told(client.get("/news/").text) == ["1 комментарий"]


def test_it_says_nothing_where_comments_are_hidden(client: Client, story: Article) -> None:
    make_comment(story)
    Article.objects.update(comments_mode=Article.Comments.HIDDEN)
    for address in ("/news/", story.get_absolute_url()):
        assert "#comments" not in client.get(address).text


def test_it_invites_to_write_the_first_comment(client: Client, story: Article) -> None:
    assert '<a href="#comments">Комментировать</a>' in client.get(story.get_absolute_url()).text
    Article.objects.update(comments_mode=Article.Comments.CLOSED)
    assert '<a href="#comments">' not in client.get(story.get_absolute_url()).text


def test_it_follows_every_change(story: Article, mona: User) -> None:
    first, second = (make_comment(story, status=Status.PENDING) for _ in range(2))
    numbers = []
    for status in (Status.APPROVED, Status.REMOVED, Status.APPROVED, Status.PENDING):
        decide({first.pk: PortalComment.objects.get(pk=first.pk).status}, status, by=mona)
        numbers.append(CommentCount.objects.get(article=story).number)
    assert numbers == [1, 0, 1, 0]
    second.status = Status.APPROVED
    second.save()
    assert CommentCount.objects.get(article=story).number == 1
    second.delete()
    assert CommentCount.objects.get(article=story).number == 0


def test_it_counts_what_one_decision_changes_in_many_threads(mona: User) -> None:
    stories = [make_article(f"Новость {number}") for number in range(3)]
    comments = [make_comment(stories[number % 3], status=Status.PENDING) for number in range(9)]
    decide({comment.pk: Status.PENDING for comment in comments}, Status.APPROVED, by=mona)
    assert list(CommentCount.objects.values_list("number", flat=True)) == [3, 3, 3]


@pytest.mark.parametrize("place", ["front", "list", "category", "story"])
def test_it_is_true_on_stored_pages_at_once(site: str, story: Article, mona: User, place: str) -> None:
    FrontZone.objects.get_or_create(language="ru", kind=FrontZone.Kind.LEAD, defaults={"size": 1})
    address = site + PLACES[place](story)
    waiting = make_comment(story, status=Status.PENDING)
    assert told(fetch(address)) == []
    decide({waiting.pk: Status.PENDING}, Status.APPROVED, by=mona)
    assert told(fetch(address)) == ["1 комментарий"]
    decide({waiting.pk: Status.APPROVED}, Status.REMOVED, by=mona)
    assert told(fetch(address)) == []


def test_it_costs_a_page_one_query_however_many_cards(client: Client, story: Article) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/news/")
        counts.append([query["sql"] for query in queries if "commentcount" in query["sql"]])
        for _card in range(5):
            make_comment(make_article("Ещё новость"))
    assert [len(asked) for asked in counts] == [1, 1]

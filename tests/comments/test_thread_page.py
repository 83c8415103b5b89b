"""Comments as readers see them: on the cached page of the article and on the pages before it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Article
from comments.models import PortalComment, Status
from comments.threads import LEVELS, THREADS_TO_A_PAGE, thread_page
from tests.factories import make_article, make_comment, make_draft

pytestmark = pytest.mark.django_db

MORE = THREADS_TO_A_PAGE + 3


def texts(html: str) -> list[str]:
    return re.findall(r'<div class="comment-text"><p>(.*?)</p>', html)


def page(client: Client, article: Article) -> str:
    return str(client.get(article.get_absolute_url()).text)


def test_it_shows_approved_comments_in_their_threads(article: Article, client: Client) -> None:
    first, _second = make_comment(article, "Первый"), make_comment(article, "Второй")
    make_comment(to=first, text="Ответ первому")
    html = page(client, article)
    assert texts(html) == ["Первый", "Ответ первому", "Второй"]
    assert re.search(r'comments-total">3<', html)
    assert f'id="c{first.pk}"' in html


def test_it_shows_text_and_never_html(article: Article, client: Client) -> None:
    make_comment(article, "<script>alert(1)</script>\n\nhttps://a.ru/?b=1&c=2. javascript:alert(1)", name="<b>Я</b>")
    html = page(client, article)
    assert "<script>alert" not in html
    assert "&lt;b&gt;Я" in html
    assert '<a href="https://a.ru/?b=1&amp;c=2" rel="nofollow ugc noopener">' in html
    assert 'href="javascript:' not in html


@pytest.mark.parametrize("status", [status for status in Status.values if status != Status.APPROVED])
def test_it_shows_a_gap_where_an_answered_comment_was(article: Article, client: Client, status: str) -> None:
    gone = make_comment(article, "Канарейка", status=status, name="Кенарь")
    make_comment(to=gone, text="Ответ")
    make_comment(article, "Без ответов", status=status)
    html = page(client, article)
    assert texts(html) == ["Ответ"]
    assert html.count("is-gone") == 1
    assert "Канарейка" not in html and "Кенарь" not in html


def test_it_names_whom_a_deep_reply_answers(article: Article, client: Client) -> None:
    comment = make_comment(article, name="Уровень 0")
    for number in range(1, LEVELS + 3):
        comment = make_comment(to=comment, name=f"Уровень {number}")
    html = page(client, article)
    assert html.count(f"level-{LEVELS}") == 3
    assert re.search(rf"<span>[^<]*Уровень {LEVELS + 1}</span>", html)


def test_it_pages_by_whole_threads(article: Article, client: Client) -> None:
    roots = [make_comment(article, f"Ветка {number}") for number in range(MORE)]
    make_comment(to=roots[0], text="Ответ в первой")
    newest = page(client, article)
    assert texts(newest) == [f"Ветка {number}" for number in range(3, MORE)]
    assert f'comments-total">{MORE + 1}<' in newest
    link = re.search(r'href="(/comments/[^"]+before=[^"]+)"', newest)
    assert link
    assert texts(client.get(link[1]).text) == ["Ветка 0", "Ответ в первой", "Ветка 1", "Ветка 2"]


def test_it_leads_to_a_comment_wherever_it_stands(article: Article, client: Client) -> None:
    roots = [make_comment(article, f"Ветка {number}") for number in range(MORE)]
    for comment in (roots[0], roots[2], roots[3], roots[-1], make_comment(to=roots[1], text="Ответ")):
        address, _, anchor = client.get(f"/comments/{article.pk}/{comment.pk}/")["Location"].partition("#")
        assert anchor == f"c{comment.pk}"
        assert comment.comment in texts(client.get(address).text)


@pytest.mark.parametrize("before", ["", "1", "abc", "0000000000", "9" * 10, "9" * 40, "\0", "１" * 10])
def test_it_knows_no_other_pages_of_a_thread(article: Article, client: Client, before: str) -> None:
    make_comment(article)
    assert client.get(f"/comments/{article.pk}/", {"before": before}).status_code == 404


def test_it_finds_the_thread_on_the_page_of_the_article(article: Article, client: Client) -> None:
    answer = client.get(f"/comments/{article.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"{article.get_absolute_url()}#comments")


def test_it_shows_closed_comments_without_the_way_to_the_form(client: Client) -> None:
    article = make_article(comments_mode="closed")
    make_comment(article, "Старый")
    html = page(client, article)
    assert texts(html) == ["Старый"]
    assert f"/comments/{article.pk}/new/" not in html
    assert client.get(f"/comments/{article.pk}/new/").status_code == 403


def test_it_shows_no_comments_where_there_shall_be_none(client: Client) -> None:
    article = make_article(comments_mode="hidden")
    comment = make_comment(article, "Канарейка")
    assert 'id="comments"' not in page(client, article)
    assert client.get(f"/comments/{article.pk}/?before={comment.path}").status_code == 404
    assert client.get(f"/comments/{article.pk}/{comment.pk}/").status_code == 404


def test_it_leaks_nothing_of_what_readers_may_not_see(article: Article, client: Client) -> None:
    """Every address of comments, for every status and for articles that are not there."""
    withdrawn = make_article("Отозванная")
    hidden = [make_comment(article, "Канарейка", status=status) for status in Status if status != Status.APPROVED]
    hidden += [make_comment(make_draft(), "Канарейка"), make_comment(withdrawn, "Канарейка")]
    hidden += [make_comment(make_article(at=timezone.now() + timedelta(days=1)), "Канарейка")]
    publishing.withdraw(withdrawn)
    for comment in hidden:
        key = comment.article_id
        for path in (f"{key}/{comment.pk}/", f"{key}/new/?reply={comment.pk}", f"{key}/form/?reply={comment.pk}"):
            answer = client.get(f"/comments/{path}")
            assert "Канарейка" not in answer.text
            assert answer.status_code == (200 if "reply" in path and key == article.pk else 404)


@pytest.mark.parametrize("path", ["0/", "9" * 30 + "/", "1/9" * 20 + "/", "sent/x/", "%00/", "1/%F0/"])
def test_it_answers_impossible_addresses(article: Article, client: Client, path: str) -> None:
    assert client.get(f"/comments/{path}", follow=True).status_code == 404


@pytest.mark.parametrize(
    "path", ["api/", "cr/1/1/", "reply/1/", "reply/1.json", "like/1/", "flag/1/", "posted/", "sent/"]
)
def test_it_has_none_of_the_addresses_of_the_packages_below(article: Article, client: Client, path: str) -> None:
    make_comment(article)
    assert client.get(f"/comments/{path}").status_code == 404


@pytest.mark.parametrize("path", ["new/", "form/", "1/"])
def test_it_only_reads_on_a_get(article: Article, client: Client, path: str) -> None:
    assert client.post(f"/comments/{article.pk}/{path}").status_code == 405


def test_it_asks_the_database_once_for_10_and_for_300_comments(article: Article, client: Client) -> None:
    for many in (10, 290):
        for number in range(many // 5):
            root = make_comment(article, f"Ветка {number}")
            for reply in range(4):
                make_comment(to=root, text=f"Ответ {reply}")
        with CaptureQueriesContext(connection) as queries:
            found = thread_page(article)
        assert (len(queries), found.total) == (1, PortalComment.objects.count())
    assert len(page(client, article).encode()) < 200_000


def test_it_puts_two_queries_into_the_page_of_the_article(article: Article, client: Client) -> None:
    page(client, article)  # whatever is kept in the process is kept now
    numbers = []
    for mode in ("hidden", "open"):
        Article.objects.filter(pk=article.pk).update(comments_mode=mode)
        with CaptureQueriesContext(connection) as queries:
            page(client, article)
        numbers.append(len(queries))
    assert numbers[1] - numbers[0] == 2  # the thread, and the numbers on this page and its cards


@pytest.mark.parametrize("path", ["new/", "form/"])
def test_it_stores_no_form(article: Article, client: Client, path: str) -> None:
    answer = client.get(f"/comments/{article.pk}/{path}")
    assert "no-store" in answer["Cache-Control"]
    assert "csrftoken" in answer.cookies

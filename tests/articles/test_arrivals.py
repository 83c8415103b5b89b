"""What arrives in a batch is published exactly as what is published one by one."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.arrivals import Arrival, publish_arrivals
from articles.content import Content
from articles.models import Article, Revision, SearchEntry, Tag
from articles.signals import article_published
from tests.factories import make_author, make_category, make_content, make_media, make_source

pytestmark = pytest.mark.django_db

AT = datetime(2024, 5, 1, 9, tzinfo=UTC)


def arrival(content: Content, at: datetime = AT) -> Arrival:
    return Arrival(Article.objects.create(slug="most"), content, at, at + timedelta(hours=1))


def rich_content() -> Content:
    above = make_category("Город")
    picture = make_media()
    return make_content(
        category=make_category("Мосты", parent=above),
        categories=[make_category("Спорт")],
        authors=[make_author("Анна"), make_author("Борис")],
        sources=[make_source()],
        hero=picture,
        tags=["мост", "река"],
        is_opinion=True,
        body=f'<p><img src="/x" alt="" data-media="{picture.pk}"></p>',
    )


def rows_of(article: Article) -> dict[str, object]:
    """Returns everything that publishing writes of an article, without its own keys."""
    entry = SearchEntry.objects.get(article=article)
    return {
        "fields": [getattr(article, name) for name in ("title", "body", "category", "hero", "state", "is_opinion")],
        "times": [article.publish_at, article.first_published_at, article.modified_at],
        "categories": sorted(article.categories.values_list("pk", flat=True)),
        "tags": sorted(article.tags.names()),
        "media": list(article.body_media.values_list("pk", flat=True)),
        "bylines": list(article.bylines.values_list("author", "role", "order")),
        "citations": list(article.citations.values_list("source", "url", "order")),
        "lists": sorted(article.listings.values_list("key", "language", "publish_at", "unpublish_at")),
        "search": (entry.publish_at, entry.unpublish_at, entry.title),
        "revision": (article.live_revision.number, article.live_revision.kind) if article.live_revision else None,
    }


def test_it_writes_what_publishing_one_by_one_writes() -> None:
    content = rich_content()
    one = publishing.start(content, by=None, kind=Revision.Kind.IMPORT)
    publishing.publish(one, one.revisions.get(), by=None, at=AT, now=AT + timedelta(hours=1))
    other = arrival(content)
    publish_arrivals([other])
    one.refresh_from_db()
    other.article.refresh_from_db()
    assert rows_of(one) == rows_of(other.article)
    assert {row.key for row in other.article.listings.all()} == other.article.list_keys()


def test_it_leaves_out_what_was_deleted_since_and_makes_tags_that_are_missing() -> None:
    content = make_content(category=make_category(), tags=["новая"])
    content.categories, content.hero, content.category = [999_999], 999_999, 999_999
    each = arrival(content)
    publish_arrivals([each])
    assert (each.article.category, each.article.hero, each.article.categories.count()) == (None, None, 0)
    assert list(each.article.tags.all()) == [Tag.objects.get(name="новая")]


def test_it_gives_the_pages_that_show_it_new_versions() -> None:
    each = arrival(make_content(authors=[author := make_author()]))
    database: Any = connection
    database.stamped.clear()  # what the author stamped
    publish_arrivals([each])
    wanted = {f"article:{each.article.pk}", "list:all:ru", f"list:author:{author.pk}:ru", "month:2024-05:ru"}
    assert database.stamped == wanted


def test_it_announces_every_article(django_capture_on_commit_callbacks: Any) -> None:
    heard: list[int] = []

    def listen(article: Article, first: bool, **_: object) -> None:
        heard.append(article.pk)

    article_published.connect(listen)
    arrivals = [arrival(make_content(f"Новость {number}")) for number in range(3)]
    with django_capture_on_commit_callbacks(execute=True):
        publish_arrivals(arrivals, now=timezone.now())
    article_published.disconnect(listen)
    assert heard == [each.article.pk for each in arrivals]


def test_it_takes_no_more_queries_for_more_articles() -> None:
    counts = []
    for size in (5, 50):
        arrivals = [arrival(make_content(f"Новость {number}")) for number in range(size)]
        with CaptureQueriesContext(connection) as queries:
            publish_arrivals(arrivals)
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 8  # a long INSERT is cut by the parameters that SQLite takes

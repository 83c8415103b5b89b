"""Tags are merged, renamed and found by any of their names; nothing brings an old one back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from articles import publishing, search, tagging
from articles.models import ArticleTag, Listing, Tag
from articles.models.tags import as_called_now
from portal.ticker import TickerRule
from tests.factories import make_article, make_draft

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/tag/"
Commits = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def bridges() -> tuple[Tag, Tag]:
    """Two tags that mean one thing, and three stories: one with each, one with both."""
    for tags in (["мосты"], ["мост"], ["мост", "мосты"]):
        make_article(tags=tags)
    return Tag.objects.get(name="мост"), Tag.objects.get(name="мосты")


def test_it_gives_the_stories_of_both_to_the_one_that_stays(client: Client, bridges: tuple[Tag, Tag]) -> None:
    bridge, many = bridges
    assert tagging.merge([many], bridge) == 2
    assert set(Tag.objects.values_list("name", flat=True)) == {"мост"}
    assert Listing.objects.filter(key=f"tag:{bridge.pk}").count() == ArticleTag.objects.filter(tag=bridge).count() == 3
    assert not Listing.objects.filter(key=f"tag:{many.pk}").exists()
    assert client.get("/tag/most/").content.decode().count("<article") == 3


def test_it_leads_the_addresses_of_the_other_on(
    client: Client, bridges: tuple[Tag, Tag], django_capture_on_commit_callbacks: Commits
) -> None:
    bridge, many = bridges
    with django_capture_on_commit_callbacks(execute=True):
        tagging.merge([many], bridge)
    for old, new in (("/tag/mosty/", "/tag/most/"), ("/en/tag/mosty/feed/", "/en/tag/most/feed/")):
        assert client.get(old).headers["Location"] == new


def test_it_keeps_working_copies_with_the_tag_that_stays(bridges: tuple[Tag, Tag]) -> None:
    draft = make_draft("Черновик", tags=["Мосты", "река"])
    tagging.merge([bridges[1]], bridges[0])
    article = publishing.publish(draft, draft.revisions.get(), by=None)
    assert set(article.tags.names()) == {"мост", "река"}


def test_it_renews_every_page_that_showed_them(bridges: tuple[Tag, Tag]) -> None:
    bridge, many = bridges
    shown = {f"article:{pk}" for pk in ArticleTag.objects.filter(tag=many).values_list("content_object", flat=True)}
    shown |= {f"list:tag:{tag.pk}:ru" for tag in bridges} | {f"tag:{many.pk}"}
    database: Any = connection
    database.stamped.clear()
    tagging.merge([many], bridge)
    assert shown <= database.stamped


def test_it_finds_the_stories_by_the_name_that_stays(
    bridges: tuple[Tag, Tag], settings: Settings, django_capture_on_commit_callbacks: Commits
) -> None:
    road = Tag.objects.create(name="переправа")
    with django_capture_on_commit_callbacks(execute=True):
        tagging.merge(list(bridges), road)
    for _size in search.reindex():
        pass
    assert len(search.find(search.Query("переправа"), "ru", now=timezone.now()).articles) == 3


def test_it_leads_a_rule_of_the_ticker_along(bridges: tuple[Tag, Tag]) -> None:
    TickerRule.objects.create(language="ru", tag=bridges[1])
    tagging.merge([bridges[1]], bridges[0])
    assert TickerRule.objects.get().tag == bridges[0]


def test_it_merges_many_stories_with_few_questions(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    bridge, many = Tag.objects.create(name="мост"), Tag.objects.create(name="мосты")
    articles = [make_article(f"Мост {number}") for number in range(12)]
    ArticleTag.objects.bulk_create(ArticleTag(tag=many, content_object=article) for article in articles)
    with django_assert_max_num_queries(25):
        tagging.merge([many], bridge)


def test_it_knows_a_tag_by_every_name(bridges: tuple[Tag, Tag]) -> None:
    tagging.merge([bridges[1]], bridges[0])
    bridges[0].name = "Мосты и переправы"
    bridges[0].save()
    assert as_called_now(["МОСТ", "  мосты ", "мосты и  Переправы"]) == ["Мосты и переправы"]


@given(st.lists(st.sampled_from(["Ёлка", "елка", "ЕЛКА", "Мост", "мост ", "река"]), max_size=6))
def test_it_names_each_tag_once_however_it_is_written(names: list[str]) -> None:
    called = as_called_now(names)
    assert len(called) == len({name.strip().lower().replace("ё", "е") for name in names})
    assert as_called_now(called) == called


def test_it_brings_no_old_name_back_with_a_revision(erins: Client) -> None:
    article = make_article(tags=["мосты"])
    tag = Tag.objects.get()
    tag.name = "Переправы"
    tag.save()
    publishing.publish(article, article.revisions.get(), by=None)
    assert set(Tag.objects.values_list("name", flat=True)) == {"Переправы"}
    assert "Переправы" in erins.get(f"/admin/articles/article/{article.pk}/change/").content.decode()


def test_it_refuses_a_name_that_is_taken(erins: Client, bridges: tuple[Tag, Tag]) -> None:
    response = erins.post(f"{LIST}{bridges[0].pk}/change/", form("Мосты", "most"))
    assert response.status_code == 200 and "«Мосты» — имя тега «мосты»" in response.content.decode()
    erins.post(f"{LIST}{bridges[0].pk}/change/", form("Переправы", "most"))
    assert Tag.objects.get(pk=bridges[0].pk).name == "Переправы"


def form(name: str, slug: str) -> dict[str, str]:
    rows = {f"names-{part}_FORMS": "0" for part in ("TOTAL", "INITIAL")}
    return {"name": name, "slug": slug, **rows}


def test_it_merges_on_the_desk(erins: Client, bridges: tuple[Tag, Tag]) -> None:
    keys = [tag.pk for tag in bridges]
    asked = erins.post(LIST, {"action": "merge_chosen", "_selected_action": keys}, follow=True)
    assert "Какой из них остаётся?" in asked.content.decode()
    done = erins.post(f"{LIST}merge/", {"tag": keys, "into": keys[0]}, follow=True)
    assert "Теперь это один тег: мост. Перенесены 2 материала." in done.content.decode()
    assert Tag.objects.get() == bridges[0]


@pytest.mark.parametrize(
    "posted", [{"tag": ["x"]}, {"tag": ["9" * 30]}, {"tag": [1] * 101}, {"into": "x"}, {"into": "4711"}, {}]
)
def test_it_refuses_what_is_no_choice(erins: Client, bridges: tuple[Tag, Tag], posted: dict[str, Any]) -> None:
    given = {"tag": [tag.pk for tag in bridges]} | posted
    assert erins.post(f"{LIST}merge/", given).status_code == 400
    assert Tag.objects.count() == 2


def test_it_asks_for_two_tags_at_least(erins: Client, bridges: tuple[Tag, Tag]) -> None:
    response = erins.get(f"{LIST}merge/", {"tag": bridges[0].pk}, follow=True)
    assert "Выберите хотя бы два тега." in response.content.decode()


def test_it_lets_nobody_else_merge(walts: Client, bridges: tuple[Tag, Tag]) -> None:
    assert walts.post(f"{LIST}merge/", {"tag": [tag.pk for tag in bridges], "into": bridges[0].pk}).status_code == 403
    assert walts.get(f"{LIST}alike/").status_code == 403


def test_it_finds_tags_that_look_alike(erins: Client) -> None:
    names = [
        "мост",
        "мосты",
        "набережная",
        "набережная реки",
        "набережнaя",
        "Фестиваль 2025",
        "Фестиваль 2026",
        "школа",
    ]
    tags = [Tag.objects.create(name=name) for name in names]
    groups = {frozenset(tag.name for tag in group) for group in tagging.alike(tags)}
    assert groups == {frozenset({"мост", "мосты"}), frozenset({"набережная", "набережнaя"})}
    page = erins.get(f"{LIST}alike/").content.decode()
    assert "набережнaя" in page and "школа" not in page


def test_it_counts_the_stories_of_a_page_of_tags_at_once(erins: Client, bridges: tuple[Tag, Tag]) -> None:
    with CaptureQueriesContext(connection) as few:
        erins.get(LIST)
    for number in range(20):
        Tag.objects.create(name=f"тег {number}")
    with CaptureQueriesContext(connection) as many:
        erins.get(LIST)
    assert len(few) == len(many)


def test_it_takes_a_deleted_tag_from_every_story(erins: Client, client: Client, bridges: tuple[Tag, Tag]) -> None:
    shown = erins.get(f"{LIST}{bridges[1].pk}/delete/").content.decode()
    assert "мосты: 2 материала" in shown
    erins.post(f"{LIST}{bridges[1].pk}/delete/", {"post": "yes"})
    assert not Listing.objects.filter(key=f"tag:{bridges[1].pk}").exists()
    assert set(ArticleTag.objects.values_list("tag__name", flat=True)) == {"мост"}


def test_it_lists_tags_that_no_story_has(erins: Client, bridges: tuple[Tag, Tag]) -> None:
    Tag.objects.create(name="пустой")
    page = erins.get(LIST, {"used": "0"}).content.decode()
    assert "пустой" in page and "/tag/most" not in page and ">мосты<" not in page


def test_it_finds_no_story_by_a_deleted_tag(
    erins: Client, bridges: tuple[Tag, Tag], django_capture_on_commit_callbacks: Commits
) -> None:
    tag = Tag.objects.create(name="плавучий кран")
    make_article("О реке", body="<p>Вода.</p>", tags=[tag.name])
    assert "О реке" in erins.get("/search/?q=плавучий").text
    with django_capture_on_commit_callbacks(execute=True):
        erins.post(f"{LIST}{tag.pk}/delete/", {"post": "yes"})
    assert "О реке" not in erins.get("/search/?q=плавучий").text


def test_it_lists_earlier_names_only_where_there_are_some(erins: Client, bridges: tuple[Tag, Tag]) -> None:
    tag, other = bridges
    address = f"/admin/articles/tag/{tag.pk}/change/"
    assert not erins.get(address).context["inline_admin_formsets"]
    erins.post("/admin/articles/tag/merge/", {"tag": [tag.pk, other.pk], "into": tag.pk})
    assert len(erins.get(address).context["inline_admin_formsets"]) == 1


def test_it_says_how_many_stories_a_tag_is_taken_from(erins: Client, bridges: tuple[Tag, Tag]) -> None:
    assert "2 материала" in erins.get(f"{LIST}{bridges[0].pk}/delete/").text

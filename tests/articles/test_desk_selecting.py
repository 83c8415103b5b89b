"""The list of articles on the desk: its filters, what is kept of them, its columns and its look."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles import publishing, tagging
from articles.content import Content, Signature
from articles.models import Article, SavedList, Tag
from articles.selecting import Selection
from tests.factories import make_article, make_author, make_content, make_draft

LIST = "/admin/articles/article/"
LISTS = f"{LIST}lists/"


def titles(client: Client, query: str = "") -> list[str]:
    return [line.title for line in client.get(f"{LIST}?{query}").context["cl"].lines]


def test_it_lists_first_what_was_touched_last(erins: Client) -> None:
    old, new = make_draft("первый"), make_draft("второй")
    assert titles(erins) == ["второй", "первый"]
    publishing.save(old, make_content("первый, исправлен"), by=None)
    assert titles(erins) == ["первый, исправлен", "второй"]
    assert titles(erins, "order=touched") == ["второй", "первый, исправлен"]
    assert Article.objects.get(pk=new.pk).newest == new.revisions.get()


def test_it_lists_first_what_appears_next(erins: Client) -> None:
    now = timezone.now()
    for days in (3, 1, 2):
        make_article(f"через {days}", at=now + timedelta(days=days))
    assert titles(erins, "state=scheduled") == ["через 1", "через 2", "через 3"]
    assert titles(erins, "state=scheduled&order=-published") == ["через 3", "через 2", "через 1"]


def test_it_finds_live_stories_with_changes(erins: Client) -> None:
    make_article("без правок")
    publishing.save(make_article("с правкой"), make_content("правка"), by=None)
    assert titles(erins, "state=ahead") == ["правка"]


def test_it_finds_by_author_drafts_and_published_stories(erins: Client) -> None:
    author = make_author("Мария Лаптева")
    publishing.start(Content(title="черновик", authors=[Signature(author.pk)]), by=None)
    make_article("на сайте", authors=[author])
    make_article("чужое")
    assert titles(erins, "author=Мария Лаптева") == ["на сайте", "черновик"]
    assert titles(erins, "author=Никто") == []


def test_it_finds_by_tag_drafts_and_published_stories(erins: Client) -> None:
    publishing.start(Content(title="черновик", tags=["Мост"]), by=None)
    make_article("на сайте", tags=["Мост"])
    make_article("чужое", tags=["парк"])
    assert titles(erins, "tag=Мост") == ["на сайте", "черновик"]


def test_it_finds_by_any_name_of_a_tag_what_named_it_before_it_was_merged(erins: Client) -> None:
    publishing.start(Content(title="черновик", tags=["Мосты"]), by=None)
    make_article("на сайте", tags=["Мосты"])
    make_article("и оно", tags=["Мост"])
    tagging.merge([Tag.objects.get(name="Мосты")], Tag.objects.get(name="Мост"))
    assert titles(erins, "tag=Мост") == titles(erins, "tag=мосты") == ["и оно", "на сайте", "черновик"]


def test_it_finds_by_days_of_publication(erins: Client) -> None:
    now = timezone.now()
    make_article("давно", at=now - timedelta(days=40))
    make_article("недавно", at=now - timedelta(days=3))
    make_draft("черновик")
    since = timezone.localdate(now - timedelta(days=5))
    assert titles(erins, f"since={since}&until={since + timedelta(days=4)}") == ["недавно"]
    assert titles(erins, f"since={since}") == ["черновик", "недавно"]


def test_it_finds_by_language(erins: Client) -> None:
    make_draft("русская")
    publishing.start(Content(title="english", language="en"), by=None)
    assert titles(erins, "language=en") == ["english"]


@pytest.mark.parametrize("words", ["серебрянки", "№ {pk}", "{pk}", "https://example.org/news/{pk}/most/"])
def test_it_finds_published_stories_by_their_text_their_number_or_their_address(erins: Client, words: str) -> None:
    story = make_article("Открыт мост", body="<p>Через Серебрянку.</p>")
    make_article("другое")
    assert titles(erins, f"q={words.format(pk=story.pk)}") == ["Открыт мост"]


def test_it_finds_a_live_story_by_the_title_it_is_given_now(erins: Client) -> None:
    publishing.save(make_article("Мост"), make_content("Переправа"), by=None)
    assert titles(erins, "q=переправа") == ["Переправа"]


def test_it_shows_each_filter_as_a_chip_that_takes_it_away(erins: Client) -> None:
    chips = erins.get(f"{LIST}?state=draft&mine=1&tag=мост&since=2026-03-05").context["cl"].chips
    assert [chip.label for chip in chips] == ["#мост", "мои", "с 5 марта 2026"]
    assert Selection.of({"state": "draft", "mine": "1", "since": "2026-03-05"}).query == chips[0].query


@pytest.mark.parametrize(
    "query", ["since=2026-02-31", "until=x", "since=0001-01-01", "until=9999-12-31", "author=%25", "order=title"]
)
def test_it_leaves_out_what_makes_no_sense(erins: Client, query: str) -> None:
    assert erins.get(f"{LIST}?{query}").status_code == 200


def test_it_stands_in_an_address_and_is_read_from_it() -> None:
    whole = Selection("live", "мост", 3, "Мария", "город", "ru", True, date(2026, 1, 2), date(2026, 3, 4), "touched")
    told: Any = dict(each.split("=") for each in whole.query.split("&"))
    assert set(told) == set(vars(whole))
    assert Selection.of({name: getattr(whole, name) for name in told} | {"mine": 1}) == whole


def test_it_keeps_a_filter_by_name(erins: Client, erin: User) -> None:
    answer = erins.post(LISTS, {"act": "name", "name": "  Мои   черновики ", "query": "state=draft&mine=1"})
    assert answer.headers["Location"] == f"{LIST}?state=draft&mine=1"
    page = erins.get(f"{LIST}?state=draft&mine=1")
    assert [tab.label for tab in page.context["cl"].named_lists] == ["Мои черновики"]
    erins.post(LISTS, {"act": "drop", "list": SavedList.objects.get().pk, "query": ""})
    assert not SavedList.objects.exists()


def test_it_says_that_a_filter_took_the_place_of_another_of_its_name(erins: Client) -> None:
    for query, told in (("state=draft", "Фильтр сохранён: Мои"), ("state=live", "вместо прежнего с этим названием")):
        page = erins.post(LISTS, {"act": "name", "name": "Мои", "query": query}, follow=True)
        assert told in page.text
    assert SavedList.objects.get().query == "state=live"


def test_it_shows_to_others_only_filters_that_are_shared(erins: Client, walt: User) -> None:
    for name, is_shared in (("свой", False), ("общий", True)):
        SavedList.objects.create(user=walt, name=name, query="state=live", is_shared=is_shared)
    assert [tab.label for tab in erins.get(LIST).context["cl"].named_lists] == ["общий"]
    kept = SavedList.objects.get(name="общий")
    assert erins.post(LISTS, {"act": "drop", "list": kept.pk}).status_code == 404


def test_it_shows_the_columns_and_the_look_that_somebody_chose(erins: Client) -> None:
    make_draft()
    erins.post(LISTS, {"act": "look", "view": "table", "columns": ["language", "saved_by"]})
    assert erins.get(LIST).context["cl"].shown_columns == ["language", "saved_by"]
    erins.post(LISTS, {"act": "look", "view": "cards"})
    assert "list-card" in erins.get(LIST).text


@pytest.mark.parametrize(
    "sent",
    [{"act": "name", "name": ""}, {"act": "look", "view": "x"}, {"act": "look", "view": "table", "columns": "x"}],
)
def test_it_keeps_nothing_that_makes_no_sense(erins: Client, sent: dict[str, str]) -> None:
    assert erins.post(LISTS, sent).status_code == 302
    assert not SavedList.objects.exists()


def test_it_keeps_only_so_many_filters(erins: Client, erin: User) -> None:
    SavedList.objects.bulk_create(SavedList(user=erin, name=str(number)) for number in range(30))
    erins.post(LISTS, {"act": "name", "name": "ещё один", "query": "state=live"})
    assert SavedList.objects.count() == 30


def test_it_refuses_what_is_no_act_and_who_may_not_look(erins: Client, mona: User) -> None:
    assert erins.post(LISTS, {"act": "x"}).status_code == 400
    assert erins.get(LISTS).status_code == 405
    erins.force_login(mona)
    assert erins.post(LISTS, {"act": "look", "view": "cards"}).status_code == 403

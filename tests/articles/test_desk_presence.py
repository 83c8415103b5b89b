"""Two people on one sheet see each other; one of them writes, the other reads until they take over."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles import presence, publishing
from articles.models import Article, Hold, Presence, State
from tests.factories import make_content, make_draft
from tests.sheets import newest, seen, sheet, typed

NOW = timezone.now()


@pytest.fixture
def story(walt: User) -> Article:
    walt.first_name, walt.last_name = "Валерий", "Титов"
    walt.save()
    return publishing.start(make_content("Мост"), by=walt)


PAGE = "0123456789abcdef0123456789abcdef"


def beat(browser: Client, story: Article, token: str, **fields: Any) -> Any:
    return browser.post(f"/admin/articles/article/{story.pk}/presence/", {"sheet": token} | fields)


def opened(browser: Client, story: Article) -> str:
    """Opens the sheet; returns the name by which it tells of itself."""
    return str(browser.get(sheet(story)).context["presence_sheet"])


def test_it_shows_who_else_is_there(erins: Client, walt: User, story: Article) -> None:
    presence.enter(story, walt, "walts-sheet", writes=True, now=timezone.now())
    page = erins.get(sheet(story)).text
    assert "Валерий Титов здесь с" in page
    assert 'data-held=""' in page


def test_it_does_not_tell_people_of_themselves(erins: Client, story: Article) -> None:
    answer = beat(erins, story, opened(erins, story)).json()
    assert "presence-other" not in answer["html"]
    assert (answer["held"], answer["newest"]) == (False, 1)


def test_it_tells_of_a_second_page_of_ones_own(erins: Client, story: Article) -> None:
    first = opened(erins, story)
    opened(erins, story)
    assert "ещё на одной странице" in beat(erins, story, first).json()["html"]


def test_it_forgets_who_fell_silent(erins: Client, walt: User, story: Article) -> None:
    presence.enter(story, walt, "walts-sheet", writes=True, now=timezone.now() - presence.ALIVE)
    assert "Валерий Титов здесь" not in erins.get(sheet(story)).text


def test_it_deletes_what_is_long_past(erins: Client, walt: User, story: Article) -> None:
    long_ago = timezone.now() - timedelta(days=2)
    presence.enter(story, walt, "walts-sheet", writes=True, now=long_ago)
    presence.claim(story.pk, walt, long_ago)
    opened(erins, story)
    assert not Presence.objects.filter(user=walt).exists()
    assert not Hold.objects.exists()


def test_it_gives_the_text_to_who_types_first(erins: Client, walt: User, story: Article) -> None:
    client = Client()
    client.force_login(walt)
    token = opened(client, story)
    beat(client, story, token, typing=1)
    page = erins.get(sheet(story)).text
    assert 'data-held="1"' in page
    assert "Валерий Титов</strong> правит с" in page
    assert Hold.objects.get().user == walt


def test_it_leaves_the_text_with_its_holder_whoever_types_besides(erin: User, walt: User, story: Article) -> None:
    presence.claim(story.pk, walt, NOW)
    presence.claim(story.pk, erin, NOW + timedelta(minutes=4))
    assert Hold.objects.get().user == walt


def test_it_frees_the_text_of_who_fell_silent(erin: User, walt: User, story: Article) -> None:
    presence.claim(story.pk, walt, NOW)
    later = NOW + presence.SILENT + timedelta(seconds=1)
    assert presence.held_by_another(story, erin, later) is None
    presence.claim(story.pk, erin, later)
    hold = Hold.objects.get()
    assert (hold.user, hold.since) == (erin, later)


def test_it_frees_the_text_with_the_last_page_of_its_holder(erin: User, walt: User, story: Article) -> None:
    for token in ("walts-first", "walts-second"):
        presence.enter(story, walt, token, writes=True, now=NOW)
    presence.claim(story.pk, walt, NOW)
    presence.leave(story.pk, walt, "walts-first", NOW)
    assert presence.held_by_another(story, erin, NOW)
    presence.leave(story.pk, walt, "walts-second", NOW)
    assert presence.held_by_another(story, erin, NOW) is None


def test_it_takes_over_and_logs_it(erins: Client, erin: User, walt: User, story: Article) -> None:
    presence.claim(story.pk, walt, timezone.now())
    erins.post(f"/admin/articles/article/{story.pk}/take-over/")
    assert Hold.objects.get().user == erin
    assert "Валерий Титов" in LogEntry.objects.get(user=erin).change_message
    history = erins.get(f"/admin/articles/article/{story.pk}/history/").text
    assert "Правка взята на себя у редактора Валерий Титов" in history


def test_it_logs_nothing_where_nobody_held_the_text(erins: Client, erin: User, story: Article) -> None:
    erins.post(f"/admin/articles/article/{story.pk}/take-over/")
    assert not LogEntry.objects.exists()


def test_it_tells_the_holder_at_once_that_the_text_was_taken(
    walts: Client, erin: User, walt: User, story: Article
) -> None:
    token = opened(walts, story)
    beat(walts, story, token, typing=1)
    presence.take_over(story, erin, timezone.now())
    answer = beat(walts, story, token, typing=1).json()
    assert answer["held"]
    assert "erin" in answer["html"]


def test_it_keeps_what_the_former_holder_had_typed(walts: Client, erin: User, story: Article) -> None:
    fields = typed(title="Мост открыт", **seen(walts, story))
    answer = walts.post(f"/admin/articles/article/{story.pk}/keep/", fields).json()
    assert "Мост открыт" in walts.get(answer["address"]).text
    assert newest(story).title == "Мост"


def test_it_keeps_nothing_that_is_saved_already(walts: Client, story: Article) -> None:
    fields = typed(title="Мост", body=newest(story).content.body, **seen(walts, story))
    assert walts.post(f"/admin/articles/article/{story.pk}/keep/", fields).json()["kept"] is False
    assert not story.kept_texts.exists()


def test_it_says_whether_all_that_was_typed_could_be_kept(walts: Client, story: Article) -> None:
    whole = typed(title="Мост открыт", **seen(walts, story))
    half = whole | {"sources-0-name": "газета, которой здесь ещё нет"}
    answers = [walts.post(f"/admin/articles/article/{story.pk}/keep/", fields).json() for fields in (whole, half)]
    assert [answer["complete"] for answer in answers] == [True, False]


@pytest.mark.parametrize("based_on", ["", "x", "-1", "9" * 30])
def test_it_refuses_to_keep_what_is_based_on_nothing(walts: Client, story: Article, based_on: str) -> None:
    address = f"/admin/articles/article/{story.pk}/keep/"
    assert walts.post(address, typed(more={"based_on": based_on})).status_code == 400


def test_it_saves_for_who_does_not_hold_the_text(erins: Client, walt: User, story: Article) -> None:
    presence.claim(story.pk, walt, timezone.now())
    erins.post(sheet(story), typed(title="Мост открыт", **seen(erins, story)))
    assert newest(story).title == "Мост открыт"


def test_it_knows_a_page_again_that_had_fallen_asleep(erins: Client, erin: User, story: Article) -> None:
    assert beat(erins, story, PAGE).status_code == 200
    assert Presence.objects.get().user == erin


@pytest.mark.parametrize("token", ["", "short", "a" * 33, "ж" * 32, "\0" * 32])
def test_it_refuses_a_name_that_no_page_has(erins: Client, story: Article, token: str) -> None:
    assert beat(erins, story, token).status_code == 400


def test_it_answers_only_by_post_and_only_to_who_may_see(monas: Client, story: Article) -> None:
    assert monas.get(f"/admin/articles/article/{story.pk}/presence/").status_code == 405
    assert beat(monas, story, PAGE).status_code == 403
    assert beat(monas, story, PAGE, leaving=1).status_code == 403
    for key in (999, 10**30):
        for sent in ({"sheet": PAGE}, {"sheet": PAGE, "leaving": "1"}):
            assert monas.post(f"/admin/articles/article/{key}/presence/", sent).status_code == 404


def test_it_gives_nothing_to_who_may_only_read(walts: Client, erin: User) -> None:
    story = publishing.start(make_content("Мост"), by=erin)
    beat(walts, story, opened(walts, story), typing=1)
    assert not Hold.objects.exists()
    assert walts.post(f"/admin/articles/article/{story.pk}/take-over/").status_code == 403
    assert walts.post(f"/admin/articles/article/{story.pk}/keep/", typed(based_on=1)).status_code == 403


def test_it_takes_the_text_from_who_may_not_write_any_more(walts: Client, walt: User, story: Article) -> None:
    token = opened(walts, story)
    publishing.move_to(story, State.READY, by=None)
    walts.post(f"/admin/articles/article/{story.pk}/autosave/", typed(sheet=token, editor=walt.pk))
    beat(walts, story, token, typing=1)
    assert not Hold.objects.exists()


def test_it_says_goodbye_without_an_answer(erins: Client, story: Article) -> None:
    token = opened(erins, story)
    assert beat(erins, story, token, leaving=1).status_code == 204
    assert presence.company(story.pk, User.objects.exclude(username="erin").get(), "x", timezone.now()).others == []


def test_it_keeps_the_time_of_arrival_when_the_sheet_is_loaded_again(erin: User, story: Article) -> None:
    presence.enter(story, erin, "first-sheet", writes=True, now=NOW)
    presence.leave(story.pk, erin, "first-sheet", NOW + timedelta(minutes=1))
    presence.enter(story, erin, "second-sheet", writes=True, now=NOW + timedelta(minutes=1, seconds=2))
    assert Presence.objects.get(sheet="second-sheet").since == NOW


def test_it_beats_in_few_queries(
    erins: Client, walt: User, story: Article, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    token = opened(erins, story)
    presence.enter(story, walt, "walts-sheet", writes=True, now=timezone.now())
    beat(erins, story, token, typing=1)
    with django_assert_num_queries(5):  # two of them are the session and its person
        beat(erins, story, token, typing=1)


def test_it_shows_in_the_list_who_writes_where(erins: Client, walt: User, story: Article) -> None:
    make_draft("Другой")
    presence.claim(story.pk, walt, timezone.now())
    page = erins.get("/admin/articles/article/").text
    assert page.count("правит Валерий Титов") == 1


def test_it_autosaves_nothing_for_who_lost_the_text(walts: Client, erin: User, walt: User, story: Article) -> None:
    fields = typed(title="Мост открыт", **seen(walts, story)) | {"editor": walt.pk}
    presence.take_over(story, erin, timezone.now())
    answer = walts.post(f"/admin/articles/article/{story.pk}/autosave/", fields)
    assert (answer.status_code, newest(story).title) == (423, "Мост")
    assert "erin" in answer.json()["told"]

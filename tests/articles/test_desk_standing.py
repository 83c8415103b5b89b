"""What an editor may do with an article as it stands, and what another has done to it meanwhile."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _
from pytest_django import Settings

from articles import publishing
from articles.models import Article, State
from tests.factories import make_article, make_category, make_draft
from tests.sheets import ADD, newest, press, seen, sheet, typed

SOON = timezone.now() + timedelta(days=400)


def test_it_does_not_move_back_what_was_published_meanwhile(erins: Client) -> None:
    article = make_draft(category=make_category())
    before = seen(erins, article)
    publishing.publish(article, newest(article), by=None)
    answer = erins.post(sheet(article), typed("review", **before))
    assert answer.status_code == 409
    assert Article.objects.get().state == State.PUBLISHED


def test_it_does_not_publish_from_an_old_page_what_was_withdrawn(erins: Client) -> None:
    article = make_article(category=make_category())
    before = seen(erins, article)
    publishing.withdraw(article)
    answer = erins.post(sheet(article), typed("publish", category=newest(article).content.category, **before))
    assert (answer.status_code, Article.objects.get().state) == (409, State.WITHDRAWN)
    assert "снят" in str(answer.context["form"].non_field_errors())


def test_it_does_not_undo_the_schedule_of_another_from_an_old_page(erins: Client) -> None:
    article = make_article(category=make_category(), at=SOON)
    before = seen(erins, article)
    publishing.publish(article, newest(article), by=None, at=SOON + timedelta(days=1))
    answer = erins.post(sheet(article), typed("publish", category=newest(article).content.category, **before))
    assert answer.status_code == 409
    assert Article.objects.get().publish_at == SOON + timedelta(days=1)


def test_it_does_what_was_chosen_again_in_the_knowledge_of_the_change(erins: Client) -> None:
    article = make_article(category=make_category())
    before = seen(erins, article) | {"category": newest(article).content.category}
    publishing.withdraw(article)
    form = erins.post(sheet(article), typed("publish", **before)).context["form"]
    erins.post(sheet(article), typed("publish", **before | {"standing": form["standing"].value()}))
    assert Article.objects.published().get() == article


@pytest.mark.parametrize("act", ["return", "review", "ready"])
def test_it_lets_nobody_turn_a_withdrawn_story_into_a_draft(ediths: Client, act: str) -> None:
    article = publishing.withdraw(make_article())
    assert press(ediths, article, act).status_code == 409
    assert Article.objects.get().state == State.WITHDRAWN


def test_it_accepts_only_what_the_page_offers(ediths: Client) -> None:
    article = make_draft()
    assert press(ediths, article, "ready").status_code == 409
    assert ediths.post(ADD, typed("ready")).status_code == 409
    assert Article.objects.get().state == State.DRAFT


def test_it_does_not_take_a_live_story_off_the_site_to_schedule_it(erins: Client, client: Client) -> None:
    article = make_article(category=make_category())
    times = {"publish_at": "2098-05-04T10:30"}
    answer = press(erins, article, "publish", category=newest(article).content.category, more=times)
    assert answer.context["form"].errors["publish_at"]
    assert client.get(article.get_absolute_url()).status_code == 200


def test_it_offers_to_schedule_what_readers_do_not_see_and_to_plan_a_change_of_what_they_do(erins: Client) -> None:
    live, coming = make_article(category=make_category()), make_article(at=SOON)
    assert f'data-later="{_("Plan the change")}"' in erins.get(sheet(live)).text
    assert f'data-later="{_("Schedule")}"' in erins.get(sheet(coming)).text


def test_it_tells_the_time_of_the_newsroom(erins: Client, settings: Settings) -> None:
    settings.TIME_ZONE = "Asia/Vladivostok"
    page = erins.get(ADD).text
    assert re.search(r'data-now="\d{4}-\d\d-\d\dT\d\d:\d\d"', page)
    assert "Asia/Vladivostok (UTC+10)" in page


def test_it_keeps_the_planned_times_of_a_draft(erins: Client, client: Client) -> None:
    erins.post(ADD, typed(publish_at="2098-05-04T10:30", unpublish_at="2098-06-04T10:30"))
    article = Article.objects.get()
    page = erins.get(sheet(article)).text
    assert 'value="2098-05-04T10:30"' in page
    assert 'value="2098-06-04T10:30"' in page
    assert (article.publish_at, article.unpublish_at) == (None, None)


def test_it_publishes_at_the_planned_time_without_another_revision(erins: Client) -> None:
    times: dict[str, Any] = {"category": make_category().pk, "publish_at": "2098-05-04T10:30"}
    erins.post(ADD, typed(**times))
    press(erins, Article.objects.get(), "publish", **times)
    article = Article.objects.get()
    assert article.is_scheduled(timezone.now())
    assert article.revisions.count() == 1


def test_it_keeps_what_an_editor_planned_when_a_reporter_saves(walts: Client, walt: User) -> None:
    article = make_draft(by=walt, publish_at="2098-05-04T10:30:00+00:00")
    press(walts, article, "save", title="Иначе")
    assert newest(article).title == "Иначе"
    assert newest(article).content.publish_at.startswith("2098-05-04T")


def test_it_keeps_what_is_new_in_a_live_story_until_the_change_is_published(erins: Client) -> None:
    article = make_article(category=make_category())
    change = {"category": newest(article).content.category, "update_note": "Добавлено расписание"}
    press(erins, article, "save", **change)
    assert "Добавлено расписание" in erins.get(sheet(article)).text
    assert Article.objects.get().update_note == ""
    press(erins, article, "publish", **change)
    assert Article.objects.get().update_note == "Добавлено расписание"
    assert erins.get(sheet(article)).context["form"]["update_note"].value() == ""


def test_it_tells_a_change_of_the_planned_time_in_words(erins: Client) -> None:
    article = make_draft()
    press(erins, article, "save", publish_at="2098-05-04T10:30")
    comparison = erins.get(f"/admin/articles/article/{article.pk}/revision/2/").context["comparison"]
    assert "4 мая 2098" in str(comparison)


def test_it_says_that_the_times_of_a_live_story_are_not_saved_alone(erins: Client) -> None:
    article = make_article()
    press(erins, article, "save", unpublish_at="2098-05-04T10:30")
    told = [str(message) for message in erins.get(sheet(article)).context["messages"]]
    assert told == [_("The text is saved. The times are as they were: press «Change the times» to change them.")]
    assert Article.objects.get().unpublish_at is None

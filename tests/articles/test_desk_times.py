"""Times on the sheet: a change that is planned, times changed without the text, embargoes."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import embargo, planned, publishing
from articles.models import Article
from tests.factories import make_article, make_category, make_content, make_draft
from tests.sheets import ADD, newest, press, seen, sheet, typed

LATER = "2098-05-04T10:30"
AT = timezone.make_aware(datetime.fromisoformat(LATER))
UNTIL = datetime.fromisoformat("2098-05-04T07:30:00+00:00")


@pytest.fixture
def story(db: None) -> Article:
    return make_article("Мост строят", category=make_category())


def with_plan(story: Article, title: str = "Мост закрыт") -> Article:
    change = publishing.save(story, make_content(title, category=story.category), by=None)
    return planned.plan_change(story, change, by=None, at=AT)


def plan(browser: Client, story: Article, **fields: object) -> object:
    return press(browser, story, "publish", **{"category": story.category_id, "change_at": LATER} | fields)


def test_it_plans_a_change(erins: Client, story: Article) -> None:
    plan(erins, story, update_note="Добавлено расписание")
    story.refresh_from_db()
    assert (story.title, story.change_at, story.planned_revision) == ("Мост строят", AT, newest(story))
    page = erins.get(sheet(story)).text
    assert _("Drop it") in page
    assert f'value="{LATER}"' in page


def test_it_keeps_the_time_that_is_meant_when_the_text_is_only_saved(erins: Client, story: Article) -> None:
    press(erins, story, "save", change_at=LATER)
    story.refresh_from_db()
    assert story.change_at is None
    assert f'value="{LATER}"' in erins.get(sheet(story)).text


@pytest.mark.parametrize("moment", ["2020-05-04T10:30", "вчера"])
def test_it_plans_no_change_for_a_time_that_is_over_or_none(erins: Client, story: Article, moment: str) -> None:
    answer = press(erins, story, "publish", category=story.category_id, change_at=moment)
    assert answer.context["form"].errors["change_at"]
    assert Article.objects.get().title == "Мост строят"


def test_it_asks_what_becomes_of_the_plan_when_something_is_published_before(erins: Client, story: Article) -> None:
    with_plan(story)
    answer = press(erins, story, "publish", category=story.category_id, title="Мост открыт")
    assert answer.context["form"].errors["keep_plan"]
    assert Article.objects.get().title == "Мост строят"


@pytest.mark.parametrize(("choice", "planned_at"), [("keep", AT), ("drop", None)])
def test_it_does_with_the_plan_what_was_chosen(
    erins: Client, story: Article, choice: str, planned_at: datetime | None
) -> None:
    with_plan(story)
    press(erins, story, "publish", category=story.category_id, title="Мост открыт", keep_plan=choice)
    story.refresh_from_db()
    assert (story.title, story.change_at) == ("Мост открыт", planned_at)


def test_it_takes_a_plan_back_and_keeps_what_was_typed(erins: Client, story: Article) -> None:
    with_plan(story)
    press(erins, story, "unplan", title="Мост открыт")
    story.refresh_from_db()
    assert (story.title, story.change_at, newest(story).title) == ("Мост строят", None, "Мост открыт")


def test_it_replaces_the_planned_text_and_keeps_its_time(erins: Client, story: Article) -> None:
    with_plan(story)
    press(erins, story, "replan", title="Мост открыт", category=story.category_id)
    story.refresh_from_db()
    assert story.planned_revision is not None
    assert (story.change_at, story.planned_revision.title) == (AT, "Мост открыт")


@pytest.mark.parametrize("act", ["unplan", "replan"])
def test_it_does_nothing_about_a_plan_that_another_took_back(erins: Client, story: Article, act: str) -> None:
    with_plan(story)
    before = seen(erins, story)
    planned.drop_planned_change(story)
    assert erins.post(sheet(story), typed(act, category=story.category_id, **before)).status_code == 409


@pytest.mark.parametrize("act", ["times", "unplan", "replan"])
def test_it_lets_nobody_change_times_who_may_only_write(walts: Client, story: Article, act: str) -> None:
    with_plan(story)
    answer = walts.post(sheet(story), typed(act, based_on=2, standing=""))
    assert answer.status_code in {403, 409}
    assert Article.objects.get().change_at == AT
    assert 'value="unplan"' not in walts.get(sheet(story)).text


def test_it_changes_the_times_and_not_what_readers_see(erins: Client, story: Article) -> None:
    press(erins, story, "times", title="Мост открыт", publish_at="2020-05-04T10:30", unpublish_at=LATER)
    story.refresh_from_db()
    assert (story.title, story.unpublish_at, story.publish_at and story.publish_at.year) == ("Мост строят", AT, 2020)
    assert story.listings.first().publish_at == story.publish_at  # type: ignore[union-attr]
    assert newest(story).title == "Мост открыт"


def test_it_does_not_take_a_live_story_off_by_a_time_to_come(erins: Client, story: Article) -> None:
    answer = press(erins, story, "times", publish_at=LATER)
    assert answer.context["form"].errors["publish_at"]
    assert Article.objects.get().is_live(timezone.now())


def test_it_puts_off_a_scheduled_story_without_publishing_newer_text(erins: Client) -> None:
    story = make_article("Мост строят", category=make_category(), at=AT)
    press(erins, story, "times", title="Мост открыт", publish_at="2098-05-05T10:30")
    story.refresh_from_db()
    assert (story.title, story.publish_at) == ("Мост строят", AT + timedelta(days=1))
    assert story.first_published_at == story.modified_at == story.publish_at


def test_it_publishes_nothing_under_embargo(erins: Client) -> None:
    answer = erins.post(ADD, typed("publish", category=make_category().pk, embargo_until=LATER))
    assert answer.context["form"].errors["embargo_until"]
    category = make_category("Б").pk
    early: dict[str, Any] = {"publish_at": "2098-05-04T10:29", "embargo_until": LATER, "category": category}
    assert erins.post(ADD, typed("publish", **early)).status_code == 200
    erins.post(ADD, typed("publish", **early | {"publish_at": LATER}))
    assert Article.objects.get().publish_at == AT


def test_it_shows_an_embargo_on_the_sheet_and_in_the_list(walts: Client) -> None:
    walts.post(ADD, typed(embargo_until=LATER))
    words = _("embargo until %(when)s").partition("%")[0]
    assert words in walts.get("/admin/articles/article/").text.lower()
    assert "times-embargo" in walts.get(sheet(Article.objects.get())).text


@pytest.mark.parametrize("moment", ["", "2090-05-04T10:30"])
def test_it_ends_no_embargo_by_a_save(erins: Client, moment: str) -> None:
    article = make_draft(embargo_until=UNTIL.isoformat())
    answer = press(erins, article, "save", embargo_until=moment)
    assert answer.context["form"].errors["embargo_until"]


def test_it_ends_no_embargo_by_restoring_what_was_before_it(erins: Client) -> None:
    article = make_draft("Мост строят")
    publishing.save(article, make_content(embargo_until=UNTIL.isoformat()), by=None)
    restored = publishing.restore(article, article.revisions.get(number=1), by=None)
    assert (restored.title, embargo.embargo(restored.content, timezone.now())) == ("Мост строят", UNTIL)


def test_it_lifts_an_embargo_for_a_reason(erins: Client) -> None:
    article = make_draft(embargo_until=UNTIL.isoformat())
    address = f"/admin/articles/article/{article.pk}/embargo/"
    assert erins.post(address, {"reason": " "}).status_code == 200
    assert newest(article).content.embargo_until
    erins.post(address, {"reason": "Новость вышла у других"})
    content = newest(article).content
    assert (content.embargo_until, content.embargo_lifted) == ("", "Новость вышла у других")
    assert "Новость вышла у других" in LogEntry.objects.latest("pk").change_message
    publishing.publish(article, newest(article), by=None)


def test_it_lets_nobody_lift_an_embargo_who_may_only_write(walts: Client) -> None:
    article = make_draft(embargo_until=UNTIL.isoformat())
    answer = walts.post(f"/admin/articles/article/{article.pk}/embargo/", {"reason": "Пора"})
    assert (answer.status_code, newest(article).content.embargo_lifted) == (403, "")


@pytest.mark.django_db
def test_it_refuses_to_publish_plan_or_retime_under_embargo(story: Article) -> None:
    change = publishing.save(story, make_content(embargo_until=UNTIL.isoformat()), by=None)
    with pytest.raises(embargo.Embargoed):
        publishing.publish(story, change, by=None)
    with pytest.raises(embargo.Embargoed):
        planned.plan_change(story, change, by=None, at=UNTIL - timedelta(minutes=1))
    coming = publishing.publish(draft := make_draft(embargo_until=UNTIL.isoformat()), newest(draft), by=None, at=UNTIL)
    with pytest.raises(embargo.Embargoed):
        publishing.retime(coming, at=UNTIL - timedelta(minutes=1))


def test_it_takes_no_embargo_that_its_schedule_would_break(erins: Client) -> None:
    article = make_article(category=make_category(), at=AT)
    answer = press(erins, article, "save", embargo_until="2098-05-05T10:30")
    assert answer.context["form"].errors["embargo_until"]

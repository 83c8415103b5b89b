"""A change of a live story that is planned: from its moment on nobody is answered with the old text, job or no job."""

import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.error import HTTPError
from urllib.parse import quote

import pytest
import time_machine
from django.core.management import call_command

from articles import planned, publishing
from articles.models import Article, Revision
from tests.factories import make_article, make_category, make_content

NOON = datetime.fromisoformat("2026-11-20T09:00:00+00:00")
AT = NOON + timedelta(hours=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def story(clock: time_machine.Traveller) -> Article:
    return make_article("Мост открыт", category=make_category(), at=NOON - timedelta(hours=1))


def plan(story: Article, title: str = "Мост закрыт", at: datetime = AT, **fields: object) -> Article:
    content = make_content(title, **{"category": story.category, "update_note": "Добавлено"} | fields)  # type: ignore[arg-type]
    return planned.plan_change(story, publishing.save(story, content, by=None), by=None, at=at)


def fetch(address: str) -> str:
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 (the site of the test)
            text: str = answer.read().decode()
            return text
    except HTTPError as error:
        return error.read().decode()


PLACES: dict[str, Callable[[Article], str]] = {
    "front": lambda story: "/",
    "article": lambda story: story.get_absolute_url(),
    "all news": lambda story: "/news/",
    "category": lambda story: "/category/gorod/",
    "day": lambda story: "/2026/11/20/",
    "feed": lambda story: "/feed/",
    "news sitemap": lambda story: "/sitemap-news.xml",
    "search": lambda story: f"/search/?q={quote('плиту')}",
    "typo": lambda story: f"/typo/{story.pk}/",
}


@pytest.mark.parametrize("name", PLACES)
def test_it_shows_the_change_everywhere_from_its_moment_on_without_a_job(
    clock: time_machine.Traveller, site: str, story: Article, name: str
) -> None:
    address = site + PLACES[name](story)
    plan(story)
    before = [fetch(address), fetch(address)]
    clock.move_to(AT - timedelta(microseconds=1))
    before.append(fetch(address))
    clock.move_to(AT)
    after = fetch(address)
    assert ["Мост открыт" in page for page in before] == [True] * 3
    assert ("Мост открыт" in after, "Мост закрыт" in after) == (False, True)


def test_it_brings_the_story_to_a_list_that_never_had_it(
    clock: time_machine.Traveller, site: str, story: Article
) -> None:
    plan(story, category=make_category("Культура"))
    pages = [fetch(f"{site}/category/kultura/")]
    clock.move_to(AT)
    pages.append(fetch(f"{site}/category/kultura/"))
    assert ["Мост закрыт" in page for page in pages] == [False, True]


def test_it_leaves_stored_pages_alone_when_a_change_is_planned(site: str, story: Article) -> None:
    fetch(f"{site}/news/")
    plan(story)
    with urllib.request.urlopen(f"{site}/news/") as answer:  # noqa: S310
        assert answer.headers["X-Cache"] == "hit"


@pytest.mark.django_db
def test_it_is_as_if_it_came_at_its_moment_however_late_it_is_carried_out(story: Article) -> None:
    plan(story)
    assert planned.apply_due(AT + timedelta(days=1)) == 1
    changed = Article.objects.get()
    assert (changed.modified_at, changed.updated_at, changed.update_note) == (AT, AT, "Добавлено")
    assert changed.publish_at == story.publish_at


@pytest.mark.django_db
def test_it_comes_once(story: Article) -> None:
    plan(story)
    assert [planned.apply_due(AT) for _ in range(3)] == [1, 0, 0]
    assert Article.objects.get().updates.count() == 1


@pytest.mark.django_db
def test_it_leaves_the_newest_revision_to_those_who_went_on_writing(story: Article) -> None:
    plan(story)
    publishing.save(story, make_content("Мост снесён"), by=None)
    planned.apply_due(AT)
    newest = story.revisions.newest()
    assert (Article.objects.get().title, newest and newest.title) == ("Мост закрыт", "Мост снесён")


@pytest.mark.django_db
def test_it_is_not_replaced_by_an_autosave(story: Article) -> None:
    kind = Revision.Kind.AUTOSAVE
    first = publishing.save(story, make_content("Мост закрыт"), by=None, kind=kind)
    planned.plan_change(story, first, by=None, at=AT)
    publishing.save(story, make_content("Мост…"), by=None, kind=kind)
    planned.apply_due(AT)
    assert Article.objects.get().title == "Мост закрыт"


@pytest.mark.django_db
@pytest.mark.parametrize("act", [publishing.withdraw, publishing.move_to_bin, planned.drop_planned_change])
def test_it_does_not_come_when_the_story_goes(story: Article, act: Callable[[Article], object]) -> None:
    plan(story)
    act(Article.objects.get())
    assert planned.apply_due(AT) == 0
    assert Article.objects.get().title == "Мост открыт"


@pytest.mark.django_db
def test_it_is_dropped_by_another_publication_unless_that_keeps_it(story: Article) -> None:
    told = []
    for keep in (True, False):
        plan(story)
        now_read = publishing.save(story, make_content("Мост открыт!", category=story.category), by=None)
        publishing.publish(story, now_read, by=None, keep_plan=keep, now=NOON)
        planned.apply_due(AT)
        told.append(Article.objects.get().title)
        story = publishing.publish(story, now_read, by=None, now=NOON)
    assert told == ["Мост закрыт", "Мост открыт!"]


@pytest.mark.django_db
def test_it_does_not_bring_back_a_story_that_went_off_before(story: Article) -> None:
    plan(story)
    Article.objects.update(unpublish_at=AT - timedelta(minutes=1))
    planned.apply_due(AT)
    found = Article.objects.get()
    assert (found.title, found.change_at, found.is_live(AT)) == ("Мост открыт", None, False)


@pytest.mark.django_db
@pytest.mark.parametrize("at", [NOON, NOON - timedelta(hours=1)])
def test_it_plans_for_no_moment_that_is_over(story: Article, at: datetime) -> None:
    with pytest.raises(planned.CannotPlan):
        plan(story, at=at)


@pytest.mark.django_db
def test_it_plans_no_change_of_what_nobody_reads_then(story: Article) -> None:
    publishing.publish(story, story.revisions.get(), by=None, until=AT)
    with pytest.raises(planned.CannotPlan):
        plan(story)


@pytest.mark.django_db
def test_it_comes_by_the_counter_too(story: Article, clock: time_machine.Traveller) -> None:
    plan(story)
    clock.move_to(AT)
    call_command("count", verbosity=0)
    assert Article.objects.get().title == "Мост закрыт"


def test_it_goes_on_answering_when_a_change_cannot_be_carried_out(
    clock: time_machine.Traveller, site: str, story: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(story)

    def fails(*args: object, **kwargs: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(publishing, "copy_to", fails)
    clock.move_to(AT)
    assert "Мост открыт" in fetch(site + story.get_absolute_url())
    monkeypatch.undo()
    clock.move_to(AT + timedelta(minutes=2))
    assert "Мост закрыт" in fetch(site + story.get_absolute_url())
    assert Article.objects.get().change_at is None

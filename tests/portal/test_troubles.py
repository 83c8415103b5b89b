"""«Needs attention» on «Today»: what is broken or lacking, to those who can see to it, in two queries."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from articles.models import HourlyReads, MissedSearch
from articles.reading_now import tell
from comments.models import PortalComment, Status
from lib.heartbeat import beat
from portal.distribution.pings import Ping
from portal.troubles import troubles
from tests.factories import make_article, make_comment, make_media

pytestmark = pytest.mark.django_db

MORNING = datetime.fromisoformat("2026-11-22T09:40:00+03:00")
EVENING = MORNING + timedelta(hours=9)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Any) -> None:
    settings.SPOOL_DIR = tmp_path


@pytest.fixture
def chief() -> User:
    return User.objects.create_superuser("chief")


def told(user: User, now: datetime = MORNING) -> list[str]:
    return [str(each.text) for each in troubles(user, now)]


def test_it_says_nothing_where_all_is_well(chief: User) -> None:
    beat("count", MORNING)
    assert told(chief) == []


def test_it_says_that_nobody_counts(chief: User) -> None:
    beat("count", MORNING - timedelta(minutes=6))
    assert told(chief) == ["Читателей никто не считает: счётчик последний раз работал 22 ноября, 09:34"]


def test_it_says_that_the_worker_does_not_run(chief: User) -> None:
    beat("count", MORNING)
    task = {"args_kwargs": {}, "task_path": "x", "backend_name": "default", "exception_class_path": "", "traceback": ""}
    DBTaskResult.objects.create(run_after=MORNING - timedelta(minutes=11), **task)
    DBTaskResult.objects.update(enqueued_at=MORNING - timedelta(minutes=11))
    assert told(chief) == ["Фоновый процесс не работает: ждёт 1 задача"]


def test_it_tells_of_pings_that_failed(chief: User) -> None:
    beat("count", MORNING)
    Ping.objects.create(
        service="indexnow", receiver="x", address="x", state="failed", due_at=MORNING, changed_at=MORNING
    )
    (found,) = troubles(chief, MORNING)
    assert (found.is_bad, str(found.text)) == (True, "1 оповещение не дошло")


def test_it_tells_the_moderator_of_comments_that_wait_long(mona: User) -> None:
    make_comment(status=Status.PENDING)
    PortalComment.objects.update(submit_date=MORNING - timedelta(minutes=61))
    assert told(mona) == ["1 комментарий ждёт больше часа"]


def test_it_tells_editors_of_pictures_without_words_and_of_searches(erin: User) -> None:
    make_article(at=MORNING - timedelta(days=1), hero=make_media(alt=""))
    now = MORNING
    MissedSearch.objects.create(language="ru", text="зоопарк", number=3, first_seen=now, last_seen=now)
    assert told(erin) == ["У 1 свежего материала не описана главная картинка", "1 поиск ничего не нашёл"]


def test_it_tells_publishers_in_the_evening_that_tomorrow_is_empty(erin: User) -> None:
    assert told(erin, EVENING) == ["На завтра ничего не запланировано"]
    make_article(at=EVENING + timedelta(hours=20))
    assert told(erin, EVENING) == []


def test_it_tells_publishers_of_stories_that_come_at_once(erin: User) -> None:
    for minute in range(4):
        make_article(at=MORNING + timedelta(hours=2, minutes=minute))
    assert told(erin) == ["Сразу несколько публикаций: 22 ноября, 11:40"]


def test_it_tells_nobody_what_they_cannot_mend(walt: User, rita: User) -> None:
    make_article(at=MORNING - timedelta(days=1), hero=make_media(alt=""))
    make_comment(status=Status.PENDING)
    PortalComment.objects.update(submit_date=MORNING - timedelta(hours=5))
    assert [told(walt, EVENING), told(rita, EVENING)] == [[], []]


def test_it_asks_little_however_much_is_wrong(chief: User) -> None:
    counts = []
    for _ in range(2):
        make_article(at=MORNING - timedelta(days=1), hero=make_media(alt=""))
        make_comment(status=Status.PENDING)
        with CaptureQueriesContext(connection) as queries:
            troubles(chief, MORNING)
        counts.append(len(queries))
    assert counts == [2, 2]


def test_it_draws_how_a_story_is_read_by_the_hour(admin_client: Any) -> None:
    now = timezone.now()
    article = make_article()
    for hours, number in ((0, 5), (3, 20), (30, 99)):
        hour = now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=hours)
        HourlyReads.objects.create(article=article, hour=hour, number=number)
    (shelf,) = [
        each for each in admin_client.get("/admin/").context["shelves"] if getattr(each, "query", "") == "state=live"
    ]
    reading = shelf.lines[0].reading
    assert (reading.number, reading.hours[-4:]) == (25, (20, 0, 0, 5))
    assert reading.points.startswith("0.0,19") and reading.points.endswith("96.0,14.5")


def test_it_draws_a_flat_curve_of_a_story_that_nobody_reads() -> None:
    class Line:
        article = make_article()
        reading: Any = None

    line = Line()
    tell([line], MORNING)
    assert (line.reading.number, line.reading.points.split()[0]) == (0, "0.0,19.0")

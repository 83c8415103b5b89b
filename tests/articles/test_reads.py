"""Who is counted as a reader of a story, and what is known of them: nothing."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles import publishing, reads
from articles.models import Article, DailyReads, HourlyReads
from lib.spool import Spool
from lib.spool.models import CountedEvent, DrainedBatch
from tests.factories import make_article

pytestmark = pytest.mark.django_db

FIREFOX, CHROME = "Mozilla/5.0 (X11; rv:143.0) Firefox/143.0", "Mozilla/5.0 (Android 10; K) Chrome/140.0 Mobile"
HERE, THERE = "203.0.113.7", "198.51.100.1"
NOON = datetime(2026, 11, 22, 9, 15, tzinfo=UTC)  # 12:15 in Moscow


@pytest.fixture(autouse=True)
def spool_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.SPOOL_DIR = tmp_path / "spool"
    return tmp_path / "spool" / "reads"


@pytest.fixture
def story() -> Article:
    return make_article(at=NOON - timedelta(days=30))


def tell(article: Article | str, browser: str = FIREFOX, address: str = HERE, **headers: Any) -> int:
    """Sends what the script on the page of ``article`` sends; returns the status."""
    body = str(article.pk) if isinstance(article, Article) else article
    sent = Client(headers={"User-Agent": browser} | headers, REMOTE_ADDR=address)
    return sent.post("/_r/read", body, content_type="text/plain").status_code


def counted() -> int:
    call_command("count", verbosity=0)
    return sum(HourlyReads.objects.values_list("number", flat=True))


def test_it_counts_a_reader_without_asking_the_database(
    story: Article, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(0):
        assert tell(story) == 204
    assert counted() == 1


def test_it_counts_a_reader_once(story: Article) -> None:
    for hour in (0, 1, 5):
        with time_machine.travel(NOON + timedelta(hours=hour), tick=False):
            tell(story)
            tell(story)
            assert counted() == 1


def test_it_counts_who_comes_back_later_in_the_day(story: Article) -> None:
    for number, hours in enumerate((0, 6, 24), 1):
        with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
            tell(story)
            assert counted() == number


def test_it_counts_each_story_and_each_reader(story: Article) -> None:
    other = make_article("Другая новость")
    for article in (story, other):
        for address in (HERE, THERE):
            tell(article, address=address)
    assert counted() == 4
    assert HourlyReads.objects.get(article=story).number == 2


def test_it_counts_a_flood_of_forged_browsers_from_one_address_as_few_readers(story: Article) -> None:
    with time_machine.travel(NOON, tick=False):
        for number in range(4 * reads.SEATS):
            tell(story, f"Mozilla/5.0 Firefox/{number}.0")
    assert reads.SEATS // 2 < counted() <= reads.SEATS


def test_it_counts_readers_behind_one_address(story: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.reads.SEATS", 2**64)  # no two of these browsers share a seat
    for browser in (FIREFOX, CHROME, FIREFOX):
        tell(story, browser)
    assert counted() == 2


def test_it_does_not_believe_a_forged_address(story: Article) -> None:
    for number in range(5):
        tell(story, **{"X-Forwarded-For": f"192.0.2.{number}"})
    assert counted() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": ""},
        {"User-Agent": "Mozilla/5.0 (compatible; YandexBot/3.0)"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Cookie": "sessionid=x"},
    ],
)
def test_it_writes_nothing_of_whom_it_does_not_count(
    story: Article, spool_folder: Path, headers: dict[str, str]
) -> None:
    assert tell(story, **headers) == 204
    assert not spool_folder.exists()


def test_it_does_not_count_the_newsroom(story: Article, erin: User, client: Client) -> None:
    client.force_login(erin)
    client.post("/_r/read", str(story.pk), content_type="text/plain", headers={"User-Agent": FIREFOX})
    assert counted() == 0


def test_it_counts_only_what_readers_can_see(story: Article) -> None:
    tell(story)
    tell("987654321")
    publishing.withdraw(story)
    assert counted() == 0


@pytest.mark.parametrize(
    "body", ["", " ", "x", "0", "-1", "1.5", "1 2", "٣", "9" * 19, "1" * 100_000, "\0", "1\0", "{}", "1e3"]
)
def test_it_answers_what_is_no_key_with_400(spool_folder: Path, body: str) -> None:
    assert tell(body) == 400
    assert not spool_folder.exists()


def test_it_answers_another_method_with_405(client: Client) -> None:
    assert client.get("/_r/read").status_code == 405


def test_it_answers_though_the_disk_takes_nothing(
    story: Article, spool_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spool_folder.parent.mkdir(parents=True)
    spool_folder.write_text("a file where the folder should be")
    assert tell(story) == 204
    assert "A reader is not counted" in caplog.text


def test_it_keeps_no_address_no_browser_and_no_trail(story: Article, spool_folder: Path) -> None:
    other = make_article("Другая новость")
    for article in (story, other):
        tell(article)
    lines = (spool_folder / "current").read_text()
    first, second = (json.loads(line) for line in lines.split())
    assert HERE not in lines and "Firefox" not in lines
    assert first["mark"] != second["mark"]


def test_it_forgets_the_key_of_the_day(story: Article, spool_folder: Path) -> None:
    with time_machine.travel(NOON, tick=False):
        tell(story)
    assert [key.name for key in spool_folder.glob("*.key")] == ["2026-11-22.key"]
    with time_machine.travel(NOON + timedelta(hours=12), tick=False):
        counted()
    assert list(spool_folder.glob("*.key")) == []


def test_it_forgets_who_read_when_nobody_can_repeat_it(story: Article) -> None:
    tell(story)
    counted()
    assert CountedEvent.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(hours=7), tick=False):
        assert counted() == 1
    assert not CountedEvent.objects.exists()


def test_it_counts_a_batch_once_that_comes_back_after_a_crash(story: Article, spool_folder: Path) -> None:
    tell(story)
    [batch] = Spool(spool_folder).batches()
    before = batch.path.read_bytes()
    assert counted() == 1
    batch.path.write_bytes(before)
    CountedEvent.objects.all().delete()
    assert counted() == 1
    assert DrainedBatch.objects.count() == 1
    assert not batch.path.exists()


@pytest.mark.parametrize("line", ["nonsense", "[1]", '{"article":1}', '{"article":"x","at":1,"mark":""}'])
def test_it_leaves_out_a_damaged_line(story: Article, spool_folder: Path, line: str) -> None:
    tell(story)
    with (spool_folder / "current").open("a") as file:
        file.write(f"{line}\n")
    assert counted() == 1


def test_it_sums_up_by_the_day_what_is_old(story: Article) -> None:
    for hours in (0, 6, 12, 24 * 8):
        with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
            tell(story)
            reads.count(timezone.now())
    for _twice in range(2):
        reads.thin(NOON + timedelta(days=10))
    assert [(str(each.day), each.number) for each in DailyReads.objects.order_by("day")] == [
        ("2026-11-22", 2),
        ("2026-11-23", 1),
    ]
    assert [each.hour.day for each in HourlyReads.objects.all()] == [30]


def test_it_tells_editors_how_often_a_story_was_read_today(story: Article, erins: Client) -> None:
    tell(story)
    reads.count(timezone.now())
    reads.add({(story.pk, timezone.now() - timedelta(days=2)): 500})
    [row] = erins.get("/admin/articles/article/").context["cl"].result_list
    assert row.readers == 1

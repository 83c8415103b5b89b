"""What the calendar of a month costs, as a multiple of reading one page of all news in the same run.

    .venv/bin/python benchmarks/archive.py                      100,000 stories in a SQLite file
    .venv/bin/python benchmarks/archive.py --stories 300000
    DATABASE_URL=postgres://... .venv/bin/python benchmarks/archive.py

Half of the stories stand in one month. Works in a database of its own, which is gone afterwards.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
data = tempfile.TemporaryDirectory(prefix="portal-benchmark-")
os.environ["PORTAL_DATA_DIR"] = data.name
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.db import connection, transaction
from django.utils import timezone

from articles import archive
from articles.lists import list_page
from articles.models import Article, Listing, State
from lib.days import Span

NOW = timezone.now()
FIRST = datetime(2016, 1, 1, 9, tzinfo=UTC)
FULL = datetime(2024, 8, 1, tzinfo=UTC)
ROUNDS = 30


def moments(stories: int) -> list[datetime]:
    """Returns half of the times spread over ten years, and half within one month."""
    half = stories // 2
    spread = [FIRST + timedelta(minutes=minute * 5_256_000 // half) for minute in range(half)]
    return spread + [FULL + timedelta(seconds=number * 2_600_000 // half) for number in range(half)]


@transaction.atomic
def fill(stories: int) -> None:
    articles = Article.objects.bulk_create(
        [
            Article(title=f"Story {number}", slug="story", publish_at=at, state=State.PUBLISHED, language="ru")
            for number, at in enumerate(moments(stories))
        ],
        batch_size=2_000,
    )
    rows = [Listing(key="all", language="ru", publish_at=each.cursor.publish_at, article=each) for each in articles]
    Listing.objects.bulk_create(rows, batch_size=5_000)


def seconds(work: Callable[[], object]) -> float:
    """Returns the median of what ``work`` takes."""
    work()
    taken = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def report() -> None:
    page = seconds(lambda: list_page("all", "ru", now=NOW))
    works: dict[str, Callable[[], object]] = {
        "a page of all news": lambda: list_page("all", "ru", now=NOW),
        "the calendar of a month with half of all stories": lambda: archive.calendar(date(2024, 8, 1), "ru", NOW),
        "the calendar of an ordinary month": lambda: archive.calendar(date(2019, 5, 1), "ru", NOW),
        "the months of ten years": lambda: archive.whole("ru", NOW),
        "the days with news around a month": lambda: archive.neighbours(
            Span.of_days(date(2024, 8, 1), date(2024, 9, 1)), "ru", NOW
        ),
    }
    for name, work in works.items():
        took = seconds(work)
        print(f"{name:52} {took * 1000:7.2f} ms {took / page:6.1f} ×")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=100_000)
    stories = parser.parse_args().stories
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        fill(stories)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{connection.vendor}, {stories:,} stories")
        report()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)

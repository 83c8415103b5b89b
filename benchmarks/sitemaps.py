"""What sitemaps and feeds cost on a large site: seconds and memory for each file, and the first as the measure.

    .venv/bin/python benchmarks/sitemaps.py                        40,000 stories in one month of 200,000
    DATABASE_URL=postgres://... .venv/bin/python benchmarks/sitemaps.py

Works in a database of its own, which is gone afterwards.
"""

import argparse
import os
import sys
import tempfile
import time
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
data = tempfile.TemporaryDirectory(prefix="portal-benchmark-")
os.environ["PORTAL_DATA_DIR"] = data.name
os.environ["PORTAL_PAGE_CACHE"] = "off"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from articles.models import Article, Listing, State, Tag

BEGINS = datetime(2026, 10, 1, 1, tzinfo=UTC)
TAGS = 5_000
FILES = ("/sitemap-2026-10.xml", "/sitemap-2026-10-4.xml", "/sitemap.xml", "/sitemap-site.xml", "/sitemap-tags.xml")
OTHERS = ("/sitemap-news.xml", "/feed/", "/feed/atom/", "/feed/json/", "/feed/yandex/", "/feed/zen/")


def times(month: int, everything: int) -> list[datetime]:
    """Returns when the stories appear: ``month`` of them in October 2026, the others in the years before."""
    within = [BEGINS + timedelta(days=30) * number / month for number in range(month)]
    before = everything - month
    return [*within, *(BEGINS - timedelta(days=2 + 3_000 * number / before) for number in range(before))]


@transaction.atomic
def fill(month: int, everything: int) -> None:
    tags = Tag.objects.bulk_create(Tag(name=f"тег {number}", slug=f"tag-{number}") for number in range(TAGS))
    moments = times(month, everything)
    articles = Article.objects.bulk_create(
        [
            Article(
                title=f"Заметка {number}", slug=f"zametka-{number}", state=State.PUBLISHED, publish_at=at,
                modified_at=at, first_published_at=at, body="<p>Мост открыт.</p>" * 200,
            )
            for number, at in enumerate(moments)
        ],
        batch_size=1000,
    )  # fmt: skip
    Listing.objects.bulk_create(
        (
            Listing(key=key, language="ru", publish_at=article.publish_at, article=article)
            for number, article in enumerate(articles)
            for key in ("all", f"tag:{tags[number % TAGS].pk}")
        ),
        batch_size=1000,
    )


def measure(client: Client, address: str) -> tuple[float, float, int, int]:
    """Returns seconds, megabytes at most, status and length of an answer; the second of two requests."""
    client.get(address)
    begun = time.perf_counter()
    answer = client.get(address)
    took = time.perf_counter() - begun
    tracemalloc.start()
    client.get(address)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return took, most / 1024 / 1024, answer.status_code, len(answer.content)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--month", type=int, default=40_000)
    parser.add_argument("--articles", type=int, default=200_000)
    chosen = parser.parse_args()
    settings.ALLOWED_HOSTS.append("testserver")
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    fill(chosen.month, chosen.articles)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client, unit = Client(), 0.0
    print(f"{'':26}{'seconds':>9}{'times':>8}{'MB':>8}{'bytes':>12}")
    for address in (*FILES, *OTHERS):
        took, most, status, length = measure(client, address)
        unit = unit or took
        print(
            f"{address:26}{took:9.3f}{took / unit:8.2f}{most:8.1f}{length:12,}{'' if status == 200 else f'  {status}'}"
        )
    connection.creation.destroy_test_db("", verbosity=0)


if __name__ == "__main__":
    main()

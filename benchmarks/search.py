"""What a search costs, as a multiple of fetching one article's page in the same run.

    .venv/bin/python benchmarks/search.py                      20,000 articles in a SQLite file
    .venv/bin/python benchmarks/search.py --articles 300000
    DATABASE_URL=postgres://... .venv/bin/python benchmarks/search.py

Works in a database of its own, which is gone afterwards.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import accumulate, islice, product
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
data = tempfile.TemporaryDirectory(prefix="portal-benchmark-")
os.environ["PORTAL_DATA_DIR"] = data.name
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.db import connection, transaction
from django.utils import timezone

from articles import search
from articles.lists import PAGE_SIZE
from articles.models import Article, SearchEntry, State
from articles.search.indexing import BATCH

NOW = timezone.now()
TEXT = 300
"""Words of an article."""
SYLLABLES = [a + b for a, b in product("бвгдзклмнпрст", "аеоу")]
VOCABULARY = ["".join(random.Random(n).choices(SYLLABLES, k=3)) + "к" for n in range(30_000)]
FREQUENCIES = list(accumulate(1 / (rank + 10) for rank in range(len(VOCABULARY))))

PLANTED = [(10, "городской"), (10, "парламент"), (100, "губернатор"), (10_000, "дирижабль")]
QUERIES = {
    "a word of every article": "сегодня",
    "a word of every tenth article": "городской",
    "a word of every hundredth article": "губернатор",
    "a word of every ten-thousandth article": "дирижабль",
    "two words of every tenth article": "городской парламент",
    "a phrase of every hundredth article, of frequent words": '"сегодня вечером"',
    "a phrase that no article has, of words that all have": '"вечером сегодня"',
    "a word that no article has": "кенгуру",
}


def words(number: int, dice: random.Random) -> list[str]:
    """Returns the text of an article: words as frequent as in a language, and the ones that are looked for."""
    text = dice.choices(VOCABULARY, cum_weights=FREQUENCIES, k=TEXT)
    text[dice.randrange(10, 140)] = "сегодня"
    text[dice.randrange(150, 280)] = "вечером"
    for position, (every, planted) in enumerate(PLANTED, 290):
        if number % every == 0:
            text[position] = planted
    if number % 100 == 1:
        text[5:7] = ["сегодня", "вечером"]
    return text


def articles(count: int) -> Iterator[Article]:
    """Makes articles one after the other, a hundred a day, the last of them now."""
    dice = random.Random(7)
    for number in range(count):
        text = words(number, dice)
        yield Article(
            state=State.PUBLISHED,
            publish_at=NOW - timedelta(minutes=14 * (count - number)),
            title=" ".join(text[:8]),
            lead=" ".join(text[8:30]),
            body=f"<p>{' '.join(text[30:160])}</p><p>{' '.join(text[160:])}</p>",
        )


def fill(count: int) -> float:
    """Makes and indexes ``count`` articles; returns the seconds that indexing took."""
    made, spent = articles(count), 0.0
    while batch := list(islice(made, BATCH)):
        Article.objects.bulk_create(batch)
        began = time.perf_counter()
        with transaction.atomic():
            search.index(*batch)
        spent += time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return spent


def median_ms(work: Callable[[], object], times: int = 15) -> float:
    """Returns the median time of ``work`` in milliseconds, after one run that is not counted."""
    work()
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent) * 1000


def fetch_article() -> None:
    """The yardstick: a query that does nothing, and all that one article's page reads."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    list(Article.objects.published(NOW).for_page()[:1])


def result_page(text: str) -> int:
    """Does what the first page of results does before it is rendered; returns how many articles were found."""
    found = search.find(search.Query(text), "ru", now=NOW, literally=True)
    search.hits(found.query, found.articles[:PAGE_SIZE], NOW)
    return len(found.articles)


def size_mb() -> float:
    tables = {
        "sqlite": "SELECT SUM(pgsize) FROM dbstat WHERE name LIKE 'articles_search%'",
        "postgresql": f"SELECT pg_total_relation_size('{SearchEntry._meta.db_table}')",
    }
    with connection.cursor() as cursor:
        cursor.execute(tables[connection.vendor])
        return cursor.fetchone()[0] / 2**20


def report(count: int) -> None:
    spent = fill(count)
    print(f"{connection.vendor}, {count} articles of {TEXT} words: index {size_mb():.0f} MB,", end=" ")
    print(f"{spent / count * 1000:.2f} ms for each article")
    yardstick = median_ms(fetch_article)
    print(f"{1:8.1f}  {yardstick:8.2f} ms  one article's page (the yardstick)")
    for name, text in QUERIES.items():
        spent = median_ms(lambda text=text: result_page(text))
        print(f"{spent / yardstick:8.1f}  {spent:8.2f} ms  {name}: {result_page(text)} found")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    count = parser.parse_args().articles
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        report(count)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)

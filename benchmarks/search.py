"""What searches and suggestions cost, as a multiple of asking the bare index in the same run.

Each line: the median as a multiple of the yardstick, the median and the 95th percentile, what was asked.

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
from dataclasses import dataclass
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
from articles.models import Article, Author, Byline, Category, Headline, SearchEntry, State
from articles.models.search import NEWEST
from articles.search.indexing import BATCH
from articles.search.suggesting import suggest
from articles.search.words import stem

NOW = timezone.now()
TEXT = 300
"""Words of an article."""
SYLLABLES = [a + b for a, b in product("бвгдзклмнпрст", "аеоу")]
VOCABULARY = ["".join(random.Random(n).choices(SYLLABLES, k=3)) + "к" for n in range(30_000)]
FREQUENCIES = list(accumulate(1 / (rank + 10) for rank in range(len(VOCABULARY))))


@dataclass(frozen=True)
class Asked:
    text: str
    category: int = 0
    author: int = 0
    days: tuple[int, int] | None = None
    """From so many days ago to so many."""
    by_date: bool = False

    @property
    def filters(self) -> search.Filters:
        since, until = (NOW - timedelta(days=each) for each in self.days) if self.days else (None, None)
        return search.Filters((self.category,) if self.category else (), self.author or None, since, until)


PLANTED = [(10, "городской"), (10, "парламент"), (100, "губернатор"), (10_000, "дирижабль")]
CATEGORIES, AUTHORS = 20, 50
QUERIES = {
    "a word of every article": Asked("сегодня"),
    "a word of every tenth article": Asked("городской"),
    "a word of every hundredth article": Asked("губернатор"),
    "a word of every ten-thousandth article": Asked("дирижабль"),
    "two words of every tenth article": Asked("городской парламент"),
    "a phrase of every hundredth article, of words that all have": Asked('"сегодня вечером"'),
    "a phrase that no article has, of words that all have": Asked('"вечером сегодня"'),
    "a word that no article has": Asked("кенгуру"),
    "a word of every article, newest first": Asked("сегодня", by_date=True),
    "a word of every article, of one category in 20": Asked("сегодня", category=3),
    "a word of every article, of one author in 50": Asked("сегодня", author=7),
    "a word of every article, of a category and an author": Asked("сегодня", category=3, author=13),
    "a word of every article, of a year ago": Asked("сегодня", days=(395, 365)),
    "a word of every hundredth article, of a category, in a year": Asked("губернатор", category=1, days=(365, 0)),
    "a phrase of words that all have, of a category": Asked('"сегодня вечером"', category=1),
    "no word, of a category, by date": Asked("", category=3),
    "no word, of a category, an author and a month": Asked("", category=3, author=13, days=(400, 370)),
}
TYPED = ("ка", "кан", "канасо", "канасобик", "ка со", "щщщ")


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
            category_id=number % CATEGORIES + 1,
            title=" ".join(text[:8]),
            lead=" ".join(text[8:30]),
            body=f"<p>{' '.join(text[30:160])}</p><p>{' '.join(text[160:])}</p>",
        )


def fill(count: int) -> float:
    """Makes and indexes ``count`` articles; returns the seconds that indexing took."""
    numbers = range(1, CATEGORIES + 1)
    Category.objects.bulk_create(Category(pk=n, slug=f"c{n}", path=f"c{n}", name_ru=VOCABULARY[n]) for n in numbers)
    Author.objects.bulk_create(Author(pk=n, slug=f"a{n}", name_ru=VOCABULARY[-n]) for n in range(1, AUTHORS + 1))
    made, spent = articles(count), 0.0
    while batch := list(islice(made, BATCH)):
        Article.objects.bulk_create(batch)
        Byline.objects.bulk_create(Byline(article=each, author_id=each.pk % AUTHORS + 1) for each in batch)
        began = time.perf_counter()
        with transaction.atomic():
            search.index(*batch)
        spent += time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return spent


def times_ms(work: Callable[[], object], times: int = 20) -> tuple[float, float]:
    """Returns the median and the 95th percentile of the times of ``work``, after one run that is not counted."""
    work()
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent), statistics.quantiles(spent, n=20)[18]


def ask_the_index() -> None:
    """The yardstick: the bare index is asked for the newest articles with a word that all have, nothing around it."""
    bare = {
        "sqlite": "SELECT rowid FROM articles_searchindex WHERE words MATCH %s ORDER BY rowid DESC LIMIT %s",
        "postgresql": "SELECT id FROM articles_searchentry WHERE words @@ %s::tsquery ORDER BY id DESC LIMIT %s",
    }
    with connection.cursor() as cursor:
        cursor.execute(bare[connection.vendor], [stem("сегодня"), NEWEST])
        cursor.fetchall()


def result_page(asked: Asked) -> int:
    """Does what the first page of results does before it is rendered; returns how many articles were found."""
    options = {"filters": asked.filters, "by_date": asked.by_date, "literally": True}
    found = search.find(search.Query(asked.text), "ru", now=NOW, **options)
    search.hits(found.query, found.articles[:PAGE_SIZE], NOW)
    return len(found.articles)


def size_mb() -> float:
    tables = {
        "sqlite": "SELECT SUM(pgsize) FROM dbstat WHERE name LIKE 'articles_search%' OR name LIKE 'articles_headline%'",
        "postgresql": "SELECT "
        + " + ".join(f"pg_total_relation_size('{model._meta.db_table}')" for model in (SearchEntry, Headline)),
    }
    with connection.cursor() as cursor:
        cursor.execute(tables[connection.vendor])
        return cursor.fetchone()[0] / 2**20


def report(count: int) -> None:
    spent = fill(count)
    print(f"{connection.vendor}, {count} articles of {TEXT} words: index {size_mb():.0f} MB,", end=" ")
    print(f"{spent / count * 1000:.2f} ms for each article")
    yardstick, slowest = times_ms(ask_the_index)
    print(f"{1:8.1f} {yardstick:9.2f} {slowest:9.2f} ms  the bare index, a word of every article (the yardstick)")
    for name, asked in QUERIES.items():
        middle, slowest = times_ms(lambda asked=asked: result_page(asked))
        print(f"{middle / yardstick:8.1f} {middle:9.2f} {slowest:9.2f} ms  {name}: {result_page(asked)} found")
    for text in TYPED:
        middle, slowest = times_ms(lambda text=text: suggest(text, "ru", now=NOW))
        found = len(suggest(text, "ru", now=NOW))
        print(f"{middle / yardstick:8.1f} {middle:9.2f} {slowest:9.2f} ms  suggestions for «{text}»: {found}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    count = parser.parse_args().articles
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        report(count)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)

"""What the desk's lists cost with many articles, as a multiple of the same page with a thousand in the same run.

Each line: the queries, the median, its multiple of the median with a thousand articles, what was asked.

    .venv/bin/python benchmarks/desk.py                      100,000 articles in a SQLite file
    .venv/bin/python benchmarks/desk.py --articles 300000
    DATABASE_URL=postgres://... .venv/bin/python benchmarks/desk.py

Nine of ten articles are published. Works in a database of its own, which is gone afterwards.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
data = tempfile.TemporaryDirectory(prefix="portal-benchmark-")
os.environ["PORTAL_DATA_DIR"] = data.name
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import search
from articles.content import Content, Signature
from articles.models import Article, ArticleTag, Author, Byline, Category, Listing, Revision, State, Tag

NOW = timezone.now()
FEW, BATCH, ROUNDS = 1_000, 1_000, 15
CATEGORIES, AUTHORS, TAGS = 20, 50, 200
DICE = random.Random(7)
WORDS = ["".join(syllables) + "к" for syllables in product(*[["ба", "ве", "го", "ду", "ка", "ле", "мо", "ну"]] * 4)]
OTHERS = [State.DRAFT] * 5 + [State.REVIEW, State.READY, State.WITHDRAWN, State.DRAFT, State.REVIEW]
"""The states of every tenth article."""

LIST = "/admin/articles/article/"
PAGES = {
    "the list as it opens": LIST,
    "its hundredth page": f"{LIST}?p=100",
    "drafts": f"{LIST}?state=draft",
    "in review": f"{LIST}?state=review",
    "on the site": f"{LIST}?state=live",
    "of a category": f"{LIST}?category=3",
    "of an author": f"{LIST}?author=Автор+7",
    "of a tag": f"{LIST}?tag=метка+9",
    "of a month, of an author": f"{LIST}?author=Автор+7&since=2020-01-01&until=2020-01-31",
    "a word of every article": f"{LIST}?q=сегодня",
    "a word of one article": f"{LIST}?q=единственный",
    "a word that no article has": f"{LIST}?q=кенгуру",
    "«Today»": "/admin/",
    "where a link may lead": f"{LIST}links/?q=баба&language=ru",
    "where a link may lead, nowhere": f"{LIST}links/?q=кенгуру&language=ru",
}


def contents(first: int, last: int) -> Iterator[Content]:
    for number in range(first, last):
        words = DICE.sample(WORDS, 40)
        rare = "единственный" if number == FEW // 2 else words[0]
        yield Content(
            title=f"{' '.join(words[:7])} {rare}",
            body=f"<p>сегодня {' '.join(words[7:])}</p>",
            category=number % CATEGORIES + 1,
            tags=[f"метка {number % TAGS}"],
            authors=[Signature(number % AUTHORS + 1)],
        )


def make_terms() -> None:
    numbers = range(1, CATEGORIES + 1)
    Category.objects.bulk_create(Category(pk=n, slug=f"c{n}", path=f"c{n}", name_ru=f"Рубрика {n}") for n in numbers)
    Author.objects.bulk_create(Author(pk=n, slug=f"a{n}", name_ru=f"Автор {n}") for n in range(1, AUTHORS + 1))
    for number in range(TAGS):
        Tag.objects.create(name=f"метка {number}", slug=f"t{number}")


@transaction.atomic
def fill(first: int, last: int) -> None:
    """Makes articles with their revisions, lists and places in the index."""
    tags = dict(Tag.objects.values_list("name", "pk"))
    told = list(contents(first, last))
    made = [
        Article(
            state=OTHERS[number // 10 % 10] if number % 10 == 0 else State.PUBLISHED,
            publish_at=None if number % 10 == 0 else NOW - timedelta(minutes=50 * (last - number)),
            touched_at=NOW - timedelta(minutes=50 * (last - number)),
            title=content.title,
            body=content.body,
            category_id=content.category,
            language="ru",
        )
        for number, content in enumerate(told, first)
    ]
    Article.objects.bulk_create(made)
    pairs = list(zip(made, told, strict=True))
    revisions = [
        Revision(article=each, number=1, kind="save", title=content.title, data=content.to_json(), at=NOW)
        for each, content in pairs
    ]
    Revision.objects.bulk_create(revisions)
    for article, revision in zip(made, revisions, strict=True):
        article.newest = revision
        article.live_revision = revision if article.publish_at else None
    Article.objects.bulk_update(made, ["newest", "live_revision"])
    Byline.objects.bulk_create(Byline(article=each, author_id=content.authors[0].author) for each, content in pairs)
    ArticleTag.objects.bulk_create(
        ArticleTag(content_object=each, tag_id=tags[content.tags[0]]) for each, content in pairs
    )
    out = [each for each in made if each.publish_at]
    Listing.objects.bulk_create(
        Listing(key=key, language="ru", publish_at=each.publish_at, article=each)
        for each in out
        for key in ("all", f"category:{each.category_id}")
    )
    search.index(*out)


def ask(client: Client) -> dict[str, tuple[int, float]]:
    """Returns of each page how many queries it makes, and the median of its milliseconds."""
    told = {}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for name, address in PAGES.items():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answers {answer.status_code}")
        told[name] = (len(queries), statistics.median(_milliseconds(client, address) for _round in range(ROUNDS)))
    return told


def _milliseconds(client: Client, address: str) -> float:
    began = time.perf_counter()
    client.get(address)
    return (time.perf_counter() - began) * 1000


def report(articles: int) -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.create_superuser("chief"))
    make_terms()
    fill(0, FEW)
    few = ask(client)
    for first in range(FEW, articles, BATCH):
        fill(first, min(first + BATCH, articles))
    many = ask(client)
    for name, (queries, took) in many.items():
        print(f"{queries:3} queries {took:8.1f} ms {took / few[name][1]:6.1f} ×   {name}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    articles = parser.parse_args().articles
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        call_command("collectstatic", interactive=False, verbosity=0)
        report(articles)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)

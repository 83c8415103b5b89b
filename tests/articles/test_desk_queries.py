"""What a press of a button on the sheet costs the database."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from tests.factories import make_article, make_author, make_category, make_media, make_source
from tests.sheets import newest, seen, sheet, typed

TRANSACTIONS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def filled(article: Article) -> dict[str, Any]:
    content = newest(article).content
    return {
        "category": content.category,
        "categories": content.categories,
        "tags": ", ".join(content.tags),
        "hero": content.hero,
        "authors": ["Мария Лаптева"],
        "sources-0-name": "пресс-служба порта",
        "title": "Мост открыт для всех",
        "body": "<p>Строители уложили последнюю плиту сегодня.</p>",
    }


@pytest.fixture
def story(db: None) -> Article:
    return make_article(
        category=make_category(),
        categories=[make_category("Транспорт")],
        authors=[make_author()],
        sources=[make_source()],
        hero=make_media(),
        tags=["мосты", "дороги", "лето"],
    )


@pytest.mark.parametrize(("act", "most"), [("save", 25), ("publish", 67)])
def test_it_asks_the_database_few_questions(erins: Client, story: Article, act: str, most: int) -> None:
    sent = typed(act, **filled(story) | seen(erins, story))
    with CaptureQueriesContext(connection) as asked:
        answer = erins.post(sheet(story), sent)
    assert answer.status_code == 302
    told = [each["sql"] for each in asked if not each["sql"].startswith(TRANSACTIONS)]
    assert len(told) <= most, "\n".join(each[:100] for each in told)

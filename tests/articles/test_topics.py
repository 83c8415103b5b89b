"""Topics of the day on the front page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.topics import topics
from lib.pagecache.rendering import Render, rendering
from tests.factories import make_article, make_draft

pytestmark = pytest.mark.django_db


def names(**later: int) -> list[str]:
    return [str(tag) for tag in topics("ru", timezone.now() + timedelta(**later))]


@pytest.fixture
def busy_day() -> None:
    for tags in (["мост", "трамвай", "порт"], ["мост", "трамвай", "порт"], ["мост", "музей"]):
        make_article(tags=tags, at=timezone.now() - timedelta(hours=1))


def test_it_shows_the_tags_that_several_fresh_stories_share(client: Client, busy_day: None) -> None:
    assert names() == ["мост", "порт", "трамвай"]
    assert 'class="topics"' in client.get("/").text


def test_it_forgets_them_by_the_clock(busy_day: None) -> None:
    assert names(days=3) == []
    with rendering(Render(began_at=timezone.now())) as render:
        names()
    assert render.changes_at is not None
    assert "list:all:ru" in render.tags


def test_it_shows_none_while_few_stories_share_one(client: Client) -> None:
    make_article(tags=["мост"])
    make_draft(tags=["мост"])
    assert names() == []
    assert 'class="topics"' not in client.get("/").text

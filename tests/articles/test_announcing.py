"""What follows from a publication comes about exactly once: late, twice, at once, and though a process is killed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from articles import announcing, publishing
from articles.models import Announcement, Article
from articles.signals import article_gone_off, article_published, article_withdrawn
from portal.distribution.cards import draw_card
from portal.models import Card
from tests.factories import make_article, make_draft
from tests.harness.newsroom import new_database

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., Any]


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """What was announced."""
    names = {article_published: "published", article_withdrawn: "withdrawn", article_gone_off: "gone off"}
    said: list[str] = []

    def listener(name: str) -> Callable[..., None]:
        return lambda **_told: said.append(name)

    kept = {signal: listener(name) for signal, name in names.items()}
    for each, listen in kept.items():
        each.connect(listen)
    yield said
    for each, listen in kept.items():
        each.disconnect(listen)


@pytest.mark.django_db
def test_it_tells_once_however_often_it_is_asked(heard: list[str]) -> None:
    make_article()
    for _ in range(3):
        announcing.tell_due(timezone.now())
    assert heard == ["published"]


@pytest.mark.django_db
def test_it_tells_after_the_commit(
    heard: list[str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        article = make_article()
        assert heard == []
    publishing.withdraw(article)
    announcing.tell_due(timezone.now())
    assert heard == ["published", "withdrawn"]


@pytest.mark.django_db(transaction=True)
def test_it_tells_once_when_two_ask_at_the_same_time(heard: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcing, "_tell_safely", lambda key: False)  # nobody tells right after the commit
    make_article()
    monkeypatch.undo()

    def tell() -> None:
        announcing.tell_due(timezone.now())
        connection.close()

    threads = [Thread(target=tell) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == ["published"]


@pytest.mark.django_db
def test_it_tells_later_what_a_listener_could_not_take(heard: list[str]) -> None:
    def fails(**_told: object) -> None:
        raise RuntimeError("broken")

    article_published.connect(fails)
    make_article()
    assert announcing.tell_due(timezone.now()) == 0
    article_published.disconnect(fails)
    assert announcing.tell_due(timezone.now()) == 1
    assert Announcement.objects.count() == 0


@pytest.mark.django_db
def test_it_tells_when_a_story_goes_off_by_the_clock(heard: list[str]) -> None:
    now = timezone.now()
    article = make_article(until=now + timedelta(hours=1))
    announcing.tell_due(now + timedelta(minutes=59))
    publishing.retime(article, at=article.publish_at, until=now + timedelta(hours=2))
    for minutes in (60, 119, 120, 121):
        announcing.tell_due(now + timedelta(minutes=minutes))
    assert heard == ["published", "published", "gone off"]


@pytest.mark.django_db
def test_it_does_not_tell_that_a_story_went_off_which_was_withdrawn_before(heard: list[str]) -> None:
    now = timezone.now()
    publishing.withdraw(make_article(until=now + timedelta(hours=1)))
    announcing.tell_due(now + timedelta(days=1))
    assert heard == ["published", "withdrawn"]


@pytest.mark.django_db
def test_it_takes_the_card_away_of_a_story_that_went_off() -> None:
    now = timezone.now()
    article = make_article(at=now - timedelta(hours=2))
    draw_card.call(article.pk)
    assert Card.objects.count() == 1
    publishing.retime(article, at=article.publish_at, until=now - timedelta(seconds=1))
    draw_card.call(article.pk)
    assert Card.objects.count() == 0


@pytest.mark.django_db
def test_it_forgets_what_was_to_be_told_with_the_article() -> None:
    article = make_draft()
    announcing.announce([article], announcing.Kind.WITHDRAWN, timezone.now())
    article.delete()
    assert (announcing.tell_due(timezone.now()), Article.objects.count()) == (0, 0)


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Returns a function that has a process of a newsroom do something, and returns what it says, or how it ended."""
    with new_database(tmp_path) as database:
        environment = os.environ | {"DATABASE_URL": database.address, "PORTAL_DATA_DIR": str(tmp_path)}
        environment |= {"PORTAL_DEBUG": "1"}

        def run(*words: object) -> Any:
            command = [sys.executable, "-m", "tests.harness.publishers", *map(str, words)]
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
            return json.loads(done.stdout) if done.returncode == 0 else done.returncode

        yield run


@pytest.mark.parametrize("moment", ["untold", "half_told"])
def test_it_makes_up_for_a_process_that_was_killed(run: Run, moment: str) -> None:
    key = run("open")
    assert run(moment, key) == -signal.SIGKILL
    once = {"live": 1, "listed": 1, "found": 1}
    assert run("effects", key) == once | {"pings": 0, "cards": 0, "untold": 1}
    for _ in range(2):
        run("count")
    assert run("effects", key) == once | {"pings": 1, "cards": 1, "untold": 0}

"""What a change of a model does besides, and what it must not do."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker, Settings

from lib.pagecache.backends.sqlite3 import base
from lib.pagecache.models import OnPages
from lib.pagecache.release import release
from tests.harness.newsroom import Process


@pytest.fixture
def news(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[base.DatabaseWrapper]:
    """Yields a connection to a new database with nothing but versions in it."""
    handler = ConnectionHandler({"default": {"ENGINE": "lib.pagecache.backends.sqlite3", "NAME": tmp_path / "news"}})
    connection = base.DatabaseWrapper(handler.databases["default"])
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("CREATE TABLE pagecache_tagversion (tag TEXT PRIMARY KEY, version BIGINT)")
        yield connection
        connection.close()


def write(connection: base.DatabaseWrapper) -> None:
    connection.set_autocommit(False)
    connection.stamped.add("story:1")
    connection.commit()
    connection.set_autocommit(True)


class Forgetful(OnPages):
    """A model that does not say where it is shown."""

    class Meta:
        app_label = "pagecache"
        managed = False

    def __str__(self) -> str:
        return "forgetful"


def test_it_reminds_a_model_to_say_where_it_is_shown() -> None:
    with pytest.raises(NotImplementedError, match="Forgetful must say which pages show it"):
        Forgetful().cache_tags()


def test_it_stamps_both_places_of_a_story_that_two_editors_move(both: list[Process]) -> None:
    one, other = both
    one.get("/category/2/")
    one.change("move", 2)
    one.get("/category/2/")
    other.change("move_as_known_before", 1)
    assert "Bridge" not in one.get("/category/2/").text


def test_it_empties_the_log_of_sqlite_from_time_to_time(
    news: base.DatabaseWrapper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = monotonic()
    write(news)
    assert (tmp_path / "news-wal").stat().st_size > 0
    monkeypatch.setattr(base, "monotonic", lambda: now + base.SECONDS_BETWEEN_CHECKPOINTS + 1)
    write(news)
    assert (tmp_path / "news-wal").stat().st_size == 0


@pytest.mark.parametrize("name", ["page.html", "view.py", "deep/words.mo"])
def test_it_takes_a_changed_source_for_another_release(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("before")
    before = release([tmp_path])
    file.write_text("after")
    assert release([tmp_path]) != before


def test_it_takes_a_changed_setting_for_another_release(settings: Settings) -> None:
    before = release([])
    settings.TIME_ZONE = "Asia/Tokyo"
    assert release([]) != before


def test_it_knows_the_same_release_again(tmp_path: Path) -> None:
    (tmp_path / "notes.jpg").write_text("no source of pages")
    assert release([tmp_path, tmp_path / "absent"]) == release([])

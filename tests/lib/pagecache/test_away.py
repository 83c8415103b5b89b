"""While the database is away readers get the last page known, marked as stale, rather than an error."""

from collections.abc import Callable

import pytest

from tests.harness.newsroom import Database, Process


@pytest.fixture
def newsroom_away(start: Callable[..., Process], database: Database) -> Process:
    """Returns a process that starts while the database is away, an hour after a page was stored."""
    opener = start()
    opener.get("/category/1/")
    opener.end()
    database.take_away()
    newsroom = start()
    newsroom.tell("turn_clock", 3_600)
    return newsroom


def test_it_gives_the_last_page_known_and_says_so(newsroom_away: Process) -> None:
    answer = newsroom_away.get("/category/1/")
    assert (answer.status, answer.cache) == (200, "stale")
    assert answer.headers["warning"] == '110 - "Response is Stale"'
    assert "Bridge opens" in answer.text
    assert "Rain" in answer.text


def test_it_gives_no_page_older_than_a_day(newsroom_away: Process) -> None:
    newsroom_away.tell("turn_clock", 24 * 3_600)
    with pytest.raises(RuntimeError, match="OperationalError"):
        newsroom_away.get("/category/1/")


def test_it_is_current_again_when_the_database_is_back(newsroom_away: Process, database: Database) -> None:
    newsroom_away.get("/category/1/")
    database.give_back()
    newsroom_away.change("rename", "Bridge closes")
    answer = newsroom_away.get("/category/1/")
    assert (answer.cache, "Bridge closes" in answer.text) == ("miss", True)


def test_it_asks_again_over_a_new_connection_when_the_old_one_is_lost(newsroom: Process) -> None:
    assert [newsroom.get("/story/1/").cache for _ in range(2)] == ["miss", "hit"]
    newsroom.change("lose_connections")
    newsroom.tell("lose_connection")
    assert newsroom.get("/story/1/").cache == "hit"

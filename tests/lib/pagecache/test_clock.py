"""A page is given out until the moment at which it changes by the clock."""

from datetime import UTC, datetime, timedelta

import pytest

from lib.pagecache import expires
from lib.pagecache.rendering import Render, rendering
from tests.harness.newsroom import Process

NOON = datetime(2026, 8, 11, 12, tzinfo=UTC)


def in_an_hour() -> str:
    return (datetime.now(UTC) + timedelta(hours=1)).isoformat()


def test_it_keeps_a_page_until_its_moment(newsroom: Process) -> None:
    path = f"/until/{in_an_hour()}/"
    newsroom.get(path)
    newsroom.tell("turn_clock", 3_000)
    assert newsroom.get(path).cache == "hit"


def test_it_renders_a_page_anew_when_its_moment_has_come(newsroom: Process) -> None:
    path = f"/until/{in_an_hour()}/"
    newsroom.get(path)
    newsroom.tell("turn_clock", 3_600)
    assert newsroom.get(path).cache == "miss"


def test_it_fills_a_hole_anew_when_its_moment_has_come(newsroom: Process) -> None:
    newsroom.change("announce", "Rain", in_an_hour())
    newsroom.get("/category/1/")
    newsroom.change("announce_silently", "Sun")
    assert "Rain" in newsroom.get("/category/1/").text
    newsroom.tell("turn_clock", 3_600)
    answer = newsroom.get("/category/1/")
    assert (answer.cache, "Sun" in answer.text) == ("hit", True)


def test_it_goes_by_the_earliest_moment() -> None:
    with rendering(Render(NOON)) as render:
        expires(NOON + timedelta(hours=2))
        expires(NOON + timedelta(hours=1))
        expires(None)
        expires(NOON + timedelta(hours=3))
    assert render.changes_at == NOON + timedelta(hours=1)


def test_it_takes_no_heed_of_a_moment_that_was_past_when_the_page_began() -> None:
    with rendering(Render(NOON)) as render:
        expires(NOON - timedelta(hours=1))
        expires(NOON)
    assert render.changes_at is None


def test_it_refuses_a_moment_without_a_time_zone() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        expires(NOON.replace(tzinfo=None))


def test_it_takes_a_moment_outside_a_page_for_nothing() -> None:
    expires(NOON + timedelta(hours=1))
    with rendering(Render(NOON)) as render:
        pass
    assert render.changes_at is None

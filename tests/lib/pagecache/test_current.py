"""A stored page is given out while it is current, and not one request longer."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.newsroom import Process, new_database, open_newsroom


def test_it_gives_a_stored_page_again(newsroom: Process) -> None:
    first, second = newsroom.get("/story/1/"), newsroom.get("/story/1/")
    assert (first.cache, second.cache) == ("miss", "hit")
    assert first.text == second.text


def test_it_shows_a_change_at_once(newsroom: Process) -> None:
    newsroom.get("/story/1/")
    newsroom.change("rename", "Bridge closes")
    answer = newsroom.get("/story/1/")
    assert answer.cache == "miss"
    assert "Bridge closes" in answer.text


def test_it_keeps_a_page_that_a_change_does_not_concern(newsroom: Process) -> None:
    newsroom.get("/category/2/")
    newsroom.change("rename", "Bridge closes")
    assert newsroom.get("/category/2/").cache == "hit"


def test_it_keeps_a_page_whose_change_was_rolled_back(newsroom: Process) -> None:
    newsroom.get("/story/1/")
    newsroom.change("rename_and_fail", "Never so")
    assert newsroom.get("/story/1/").cache == "hit"


def test_it_shows_a_new_story_in_its_category(newsroom: Process) -> None:
    newsroom.get("/category/1/")
    newsroom.change("add", "Ferry sails")
    assert "Ferry sails" in newsroom.get("/category/1/").text


def test_it_takes_a_moved_story_from_its_old_category_to_the_new_one(newsroom: Process) -> None:
    newsroom.get("/category/1/")
    newsroom.get("/category/2/")
    newsroom.change("move", 2)
    assert "Bridge" not in newsroom.get("/category/1/").text
    assert "Bridge" in newsroom.get("/category/2/").text


def test_it_shows_a_new_keyword_on_both_sides(newsroom: Process) -> None:
    newsroom.get("/story/1/")
    newsroom.get("/keyword/1/")
    newsroom.change("attach", 1)
    assert "bridge" in newsroom.get("/story/1/").text
    assert "Bridge opens" in newsroom.get("/keyword/1/").text


@pytest.mark.parametrize(
    ("change", "arguments"), [("detach_from_the_other_side", [1]), ("clear_keywords", []), ("clear_stories", [1])]
)
def test_it_drops_a_lost_keyword_on_both_sides(newsroom: Process, change: str, arguments: list[int]) -> None:
    newsroom.change("attach", 1)
    newsroom.get("/story/1/")
    newsroom.get("/keyword/1/")
    newsroom.change(change, *arguments)
    assert "bridge" not in newsroom.get("/story/1/").text
    assert newsroom.get("/keyword/1/").text == ""


@pytest.mark.parametrize("change", ["delete_story", "delete_stories_at_once", "delete_their_category"])
def test_it_forgets_a_deleted_story(newsroom: Process, change: str) -> None:
    newsroom.get("/story/1/")
    newsroom.change(change)
    assert newsroom.get("/story/1/").status == 404


def test_it_hears_nothing_of_a_silent_write(newsroom: Process) -> None:
    newsroom.get("/story/1/")
    newsroom.change("rename_silently", "Whispered")
    assert newsroom.get("/story/1/").cache == "hit"


def test_it_shows_a_silent_write_that_was_stamped(newsroom: Process) -> None:
    newsroom.get("/story/1/")
    newsroom.change("rename_silently_and_stamp", "Said aloud")
    assert "Said aloud" in newsroom.get("/story/1/").text


def test_it_refuses_a_stamp_outside_a_transaction(newsroom: Process) -> None:
    with pytest.raises(RuntimeError, match=r"inside transaction.atomic\(\): story:1"):
        newsroom.change("stamp_alone")


def test_it_renders_one_state_though_the_story_changes_meanwhile(newsroom: Process) -> None:
    answer = newsroom.get_while("/twice/1/", "rename", "Bridge closes")
    assert answer.text == "Bridge opens / Bridge opens"


def test_it_does_not_give_again_what_changed_while_it_rendered(newsroom: Process) -> None:
    newsroom.get_while("/twice/1/", "rename", "Bridge closes")
    newsroom.tell("forget_interlude")
    answer = newsroom.get("/twice/1/")
    assert (answer.cache, answer.text) == ("miss", "Bridge closes / Bridge closes")


def test_it_tells_after_the_commit_what_to_purge(newsroom: Process) -> None:
    newsroom.change("rename", "Bridge closes")
    assert newsroom.tell("was_purged") == ["category:1", "story:1"]


def test_it_purges_nothing_after_a_rollback(newsroom: Process) -> None:
    newsroom.change("rename_and_fail", "Never so")
    assert newsroom.tell("was_purged") == []


def test_it_outlives_a_purge_that_fails(newsroom: Process) -> None:
    newsroom.tell("break_the_purge")
    newsroom.change("rename", "Bridge closes")
    assert "Bridge closes" in newsroom.get("/story/1/").text


@pytest.mark.parametrize(
    ("path", "reason"), [("/writer/", "it may not write"), ("/elsewhere/", "reads its snapshot, not «default»")]
)
def test_it_refuses_to_write_or_read_past_the_snapshot(newsroom: Process, path: str, reason: str) -> None:
    with pytest.raises(RuntimeError, match=reason):
        newsroom.get(path)


def test_it_refuses_a_write_in_raw_sql_on_the_reader(newsroom: Process) -> None:
    with pytest.raises(RuntimeError, match="readonly database|read-only transaction"):
        newsroom.get("/raw/")


def test_it_reads_a_new_state_after_a_page_that_broke_off_reading(newsroom: Process) -> None:
    newsroom.change("add", "Ferry sails")
    newsroom.get("/half/")
    newsroom.change("rename", "Bridge closes")
    assert newsroom.get("/half/").text == "Bridge closes"


def test_it_renders_but_does_not_store_what_a_replica_behind_the_primary_shows(
    start: Callable[..., Process], tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    with new_database(copy) as replica:
        open_newsroom(start(NEWSROOM_DATABASE=replica.address))
        newsroom = start(NEWSROOM_REPLICA=replica.address)
        newsroom.change("rename", "Bridge closes")
        assert [newsroom.get("/story/1/").cache for _ in range(2)] == ["miss", "miss"]
        assert [newsroom.get("/forged/").cache for _ in range(2)] == ["miss", "hit"]
        newsroom.end()

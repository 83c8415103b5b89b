"""Several processes give out one page: what one renders or changes, the others know."""

from tests.harness.newsroom import Process


def test_it_gives_what_another_process_stored(both: list[Process]) -> None:
    one, other = both
    one.get("/category/1/")
    assert other.get("/category/1/").cache == "hit"


def test_it_shows_a_change_made_by_another_process(both: list[Process]) -> None:
    one, other = both
    one.get("/story/1/")
    other.change("rename", "Bridge closes")
    assert "Bridge closes" in one.get("/story/1/").text


def test_it_takes_over_what_another_process_rendered_after_a_change(both: list[Process]) -> None:
    one, other = both
    one.get("/story/1/")
    other.change("rename", "Bridge closes")
    other.get("/story/1/")
    answer = one.get("/story/1/")
    assert (answer.cache, "Bridge closes" in answer.text) == ("hit", True)


def test_it_renders_once_for_all_who_ask_at_once(newsroom: Process) -> None:
    outcome = newsroom.tell("get_at_once", "/twice/1/", 5)
    assert outcome == {"renders": 1, "caches": ["hit", "hit", "hit", "hit", "miss"]}


def test_it_goes_on_after_a_fork(newsroom: Process) -> None:
    newsroom.get("/story/1/")
    assert newsroom.tell("get_in_fork", "/story/1/") == "hit"
    assert newsroom.get("/story/1/").cache == "hit"

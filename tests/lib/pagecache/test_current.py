"""A stored page is given out while it is current, and not one request longer."""

from tests.lib.pagecache.conftest import Process


def test_it_gives_a_stored_page_again(newsroom: Process) -> None:
    first, second = newsroom.get("/story/1/"), newsroom.get("/story/1/")
    assert (first.cache, second.cache) == ("miss", "hit")
    assert first.text == second.text

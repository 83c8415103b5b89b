"""A hole is filled when the page is served, from a fragment with a life of its own."""

from collections.abc import Callable

import pytest

from lib.pagecache import hole
from lib.pagecache.holes import place_hole
from tests.harness.newsroom import Process

FILLED = "<h1>Town</h1>\n<b>Rain for 1</b>\n<ul><li>Bridge opens</li></ul>\n<footer><b>Rain for 1</b></footer>\n"


def test_it_fills_every_hole_on_a_miss_and_on_a_hit(newsroom: Process) -> None:
    assert newsroom.get("/category/1/").text == FILLED
    assert newsroom.get("/category/1/").text == FILLED


def test_it_keeps_the_page_when_only_a_fragment_changes(newsroom: Process) -> None:
    newsroom.get("/category/1/")
    newsroom.change("announce", "Sun")
    answer = newsroom.get("/category/1/")
    assert answer.cache == "hit"
    assert answer.text == FILLED.replace("Rain", "Sun")


def test_it_changes_the_etag_with_the_fragment(newsroom: Process) -> None:
    etag = newsroom.get("/category/1/").headers["etag"]
    newsroom.change("announce", "Sun")
    assert newsroom.get("/category/1/", if_none_match=etag).status == 200


def test_it_shares_no_fragment_between_different_arguments(newsroom: Process) -> None:
    newsroom.get("/category/1/")
    assert "Rain for 2" in newsroom.get("/category/2/").text


def test_it_names_the_tags_of_page_and_fragment_to_a_cdn(newsroom: Process) -> None:
    assert newsroom.get("/category/1/").headers["surrogate-key"] == "category:1 ticker"


def test_it_leaves_alone_text_that_looks_like_a_hole(newsroom: Process) -> None:
    newsroom.get("/forged/")
    assert newsroom.get("/forged/").text.startswith("0123456789abcdef0123456789abcdef-0; and {% hole")


def test_it_leaves_a_failing_fragment_empty_and_says_so_in_the_log(newsroom: Process) -> None:
    answer = newsroom.get("/hollow/")
    assert (answer.status, answer.text) == (200, "<p></p>\n")
    assert "The hole broken cannot be filled." in newsroom.tell("log")


def test_it_fills_holes_in_place_for_a_reader_with_a_session(newsroom: Process) -> None:
    answer = newsroom.get("/category/1/", cookie="sessionid=abc")
    assert (answer.cache, answer.text) == ("bypass", FILLED)


def test_it_fills_holes_in_place_while_the_cache_is_off(start: Callable[..., Process]) -> None:
    answer = start(NEWSROOM_CACHE="off").get("/category/1/")
    assert (answer.cache, answer.text) == ("bypass", FILLED)


def test_it_fills_the_holes_of_a_page_that_is_not_stored(newsroom: Process) -> None:
    answer = newsroom.get("/absent/")
    assert (answer.status, answer.cache) == (404, "bypass")
    assert answer.text == "Absent. <b>Rain for absent</b>\n"
    assert answer.headers["content-length"] == str(len(answer.body))


def test_it_says_which_holes_there_are() -> None:
    with pytest.raises(LookupError, match="No hole is called tikcer"):
        place_hole("tikcer")


def test_it_refuses_a_second_hole_of_one_name() -> None:
    def renderer() -> str:
        return ""

    hole("taken twice")(renderer)
    with pytest.raises(ValueError, match="taken twice"):
        hole("taken twice")(renderer)

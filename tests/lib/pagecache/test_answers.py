"""Stored pages as browsers get them: validators, compression, headers."""

import pytest

from tests.harness.newsroom import Process


def test_it_tells_browsers_to_ask_each_time(newsroom: Process) -> None:
    headers = newsroom.get("/story/1/").headers
    assert headers["cache-control"] == "no-cache"
    assert headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("sent", ["{etag}", '"other", {etag}', "*", "{strong}"])
def test_it_answers_304_to_a_browser_that_has_the_page(newsroom: Process, sent: str) -> None:
    etag = newsroom.get("/story/1/").headers["etag"]
    answer = newsroom.get("/story/1/", if_none_match=sent.format(etag=etag, strong=etag.removeprefix("W/")))
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["etag"] == etag


@pytest.mark.parametrize("sent", ['W/"other"', "", "rubbish"])
def test_it_sends_the_page_to_a_browser_that_has_another(newsroom: Process, sent: str) -> None:
    newsroom.get("/story/1/")
    assert newsroom.get("/story/1/", if_none_match=sent).status == 200


def test_it_keeps_the_etag_of_a_page_that_a_change_left_the_same(newsroom: Process) -> None:
    etag = newsroom.get("/story/1/").headers["etag"]
    newsroom.change("move", 2)
    answer = newsroom.get("/story/1/", if_none_match=etag)
    assert (answer.status, answer.cache) == (304, "miss")


def test_it_answers_head_from_the_page_of_a_get(newsroom: Process) -> None:
    whole = newsroom.get("/story/1/")
    head = newsroom.get("/story/1/", "HEAD")
    assert (head.cache, head.body) == ("hit", b"")
    assert head.headers == whole.headers | {"x-cache": "hit"}


def test_it_stores_the_page_of_a_head(newsroom: Process) -> None:
    head = newsroom.get("/story/1/", "HEAD")
    assert (head.cache, head.body) == ("miss", b"")
    assert "Bridge opens" in newsroom.get("/story/1/").text


@pytest.mark.parametrize("path", ["/story/1/", "/category/1/"])
@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip", "gzip"), ("br", "br"), ("gzip, deflate, br", "br"), ("br;q=0, *", "gzip"), ("*", "br")],
)
def test_it_sends_one_text_in_every_encoding(newsroom: Process, path: str, accepted: str, encoding: str) -> None:
    plain = newsroom.get(path)
    encoded = newsroom.get(path, accept_encoding=accepted)
    assert encoded.headers["content-encoding"] == encoding
    assert encoded.text == plain.text
    assert encoded.headers["etag"] == plain.headers["etag"]


@pytest.mark.parametrize("accepted", ["identity", "zstd", "gzip;q=0, br;q=0", "br;q=much", ""])
def test_it_sends_the_plain_text_to_who_takes_nothing_else(newsroom: Process, accepted: str) -> None:
    assert "content-encoding" not in newsroom.get("/story/1/", accept_encoding=accepted).headers


def test_it_compresses_anew_when_a_fragment_changed(newsroom: Process) -> None:
    newsroom.get("/category/1/", accept_encoding="br")
    newsroom.change("announce", "Sun")
    assert "Sun" in newsroom.get("/category/1/", accept_encoding="br").text


def test_it_sends_the_same_headers_on_a_hit_as_on_a_miss(newsroom: Process) -> None:
    miss, hit = newsroom.get("/story/1/"), newsroom.get("/story/1/")
    assert hit.headers == miss.headers | {"x-cache": "hit"}
    assert hit.headers["x-frame-options"] == "DENY"
    assert hit.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in hit.headers["content-security-policy"]

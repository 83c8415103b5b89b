"""What may be stored, and under which key."""

import json

import pytest

from tests.harness.newsroom import Process


@pytest.mark.parametrize(
    "path",
    [
        "/cookie/",
        "/header/Vary/Cookie/",
        "/header/Vary/Accept-Language/",
        "/header/Cache-Control/private/",
        "/header/Cache-Control/max-age=0, no-store/",
        "/header/Content-Encoding/gzip/",
        "/person/",
        "/nonce/",
        "/token/",
        "/unwilling/",
        "/stream/",
        "/story/404/",
        "/story/1",
        "/unmarked/",
    ],
)
def test_it_never_stores_what_is_for_one_reader(newsroom: Process, path: str) -> None:
    answers = [newsroom.get(path), newsroom.get(path)]
    assert [answer.cache for answer in answers] == ["bypass", "bypass"]
    assert answers[0].status == answers[1].status


def test_it_gives_a_stream_whole(newsroom: Process) -> None:
    assert newsroom.get("/stream/").text == "piece by piece"


def test_it_neither_gives_nor_stores_for_a_reader_with_a_session(newsroom: Process) -> None:
    answer = newsroom.get("/story/1/", cookie="sessionid=abc")
    assert (answer.cache, answer.headers["cache-control"]) == ("bypass", "private, no-cache")
    assert newsroom.get("/story/1/").cache == "miss"
    assert newsroom.get("/story/1/", cookie="a=b; sessionid=abc").cache == "bypass"


def test_it_gives_one_page_to_readers_with_other_cookies(newsroom: Process) -> None:
    newsroom.get("/story/1/", cookie="theme=dark")
    assert newsroom.get("/story/1/", cookie="consent=yes").cache == "hit"


def test_it_answers_no_post_from_the_store(newsroom: Process) -> None:
    newsroom.get("/unmarked/")
    assert newsroom.get("/unmarked/", "POST", cookie="theme=dark").cache == "bypass"


def test_it_takes_parameters_in_any_order_for_one_page(newsroom: Process) -> None:
    newsroom.get("/story/1/?q=bridge&before=2")
    assert newsroom.get("/story/1/?before=2&q=bridge").cache == "hit"


def test_it_takes_unknown_parameters_for_nothing(newsroom: Process) -> None:
    newsroom.get("/story/1/?utm_source=letter")
    assert newsroom.get("/story/1/?fbclid=1").cache == "hit"


def test_it_tells_pages_apart_by_known_parameters(newsroom: Process) -> None:
    newsroom.get("/story/1/?before=2")
    assert newsroom.get("/story/1/?before=3").cache == "miss"


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%00", "q", "&&=", "q=\xff", "before=%"])
def test_it_stores_a_page_of_an_odd_query_too(newsroom: Process, query: str) -> None:
    newsroom.get(f"/story/1/?{query}")
    answer = newsroom.get(f"/story/1/?{query}")
    assert (answer.status, answer.cache) == (200, "hit")


@pytest.mark.parametrize("query", ["q=мост", "q=%D0%BC%D0%BE%D1%81%D1%82"])
def test_it_shows_the_view_the_words_of_a_query_however_they_were_sent(newsroom: Process, query: str) -> None:
    raw = query.encode().decode("latin-1")
    assert json.loads(newsroom.get(f"/echo/?{raw}").text)["GET"] == {"q": "мост"}


def test_it_gives_one_page_under_every_host_of_the_site(newsroom: Process) -> None:
    newsroom.get("/echo/", host="alias.example")
    answer = newsroom.get("/echo/")
    assert answer.cache == "hit"
    assert json.loads(answer.text)["host"] == "news.example"


def test_it_shows_the_view_nothing_but_the_key(newsroom: Process) -> None:
    answer = newsroom.get("/echo/?q=bridge&evil=1", "HEAD", cookie="theme=dark", user_agent="spider")
    assert answer.cache == "miss"
    seen = json.loads(newsroom.get("/echo/?q=bridge").text)
    assert seen == {
        "GET": {"q": "bridge"},
        "cookies": {},
        "host": "news.example",
        "method": "GET",
        "headers": {"Host": "news.example"},
    }


def test_it_shows_known_parameters_alone_to_a_reader_with_a_session(newsroom: Process) -> None:
    answer = newsroom.get("/echo/?q=bridge&evil=1", cookie="sessionid=abc")
    assert json.loads(answer.text)["GET"] == {"q": "bridge"}

"""A page that arrives in pieces: what has been drawn stays where it is."""

import re
import time
from collections.abc import Iterator
from threading import Thread
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page

from articles.models import Article
from tests.factories import make_article, make_author, make_category
from tests.harness.browser import SHIFTS
from tests.harness.site import OneRequestHandler, Server

END_OF_PIECE = re.compile(rb'<ul class="top-links">|data-display>|rel="author">|rel="tag">')
PAUSE = 0.3  # seconds in which a browser draws what it has


@pytest.fixture
def slow_site(site: str) -> Iterator[str]:
    """Returns the address of a site that hands out the pages of the real one in pieces."""

    def hand_out(environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        with urlopen(site + quote(environ["PATH_INFO"], encoding="latin-1")) as answer:  # noqa: S310 - loopback
            start_response(f"{answer.status} {answer.reason}", [("Content-Type", answer.headers["Content-Type"])])
            pieces = END_OF_PIECE.sub(rb"\g<0>\0", answer.read()).split(b"\0")
        yield pieces[0]
        for piece in pieces[1:]:
            time.sleep(PAUSE)
            yield piece

    with Server(("127.0.0.1", 0), OneRequestHandler) as server:
        server.set_app(hand_out)
        serving = Thread(target=server.serve_forever, args=[0.05])
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        serving.join()


@pytest.fixture
def article(site: str) -> Article:
    category, author = make_category(), make_author("Ольга Вехова")
    text = "<p>Строители уложили последнюю плиту.</p>" * 12
    return make_article(body=text, category=category, authors=[author], tags=["мост", "набережная"])


@pytest.mark.parametrize("width", [360, 1280])
def test_it_moves_nothing_while_an_article_arrives(slow_site: str, article: Article, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    page.add_init_script(SHIFTS)
    page.goto(slow_site + article.get_absolute_url())
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shifts") == []

"""The demo newsroom and its pages."""

from collections.abc import Iterator

import pytest

from tests.web.crawl import Found, crawl
from tests.web.newsroom import demo_newsroom

UNLINKED = [
    "/news/999999/nothing/",  # 404
    "/search/?q=мост",
    "/search/?q=ничегонетакого",
    "/search/?q=",
]


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo_newsroom(tmp_path_factory.mktemp("newsroom")) as address:
        yield address


@pytest.fixture(scope="session")
def found(newsroom: str) -> Found:
    """Returns every page that links lead to, and some that none leads to."""
    return crawl(newsroom, UNLINKED)

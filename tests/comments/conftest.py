"""A reader who writes: what their browser sends, with the ticket of a form that was open for a while."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from comments.tickets import Ticket
from tests.factories import make_article

Send = Callable[..., Any]


@pytest.fixture
def article(db: None) -> Article:
    return make_article()


@pytest.fixture
def send(article: Article) -> Send:
    """Returns a function that posts the form: each time from another address, as another reader would."""
    readers = iter(range(1, 250))

    def send(to: Article | int = article, *, client: Client | None = None, age: int = 60, **changed: Any) -> Any:
        key = to if isinstance(to, int) else to.pk
        ticket = Ticket.issue(timezone.now() - timedelta(seconds=age)).sign(key)
        said = {"text": "Наконец-то достроили.", "name": "Ольга", "email": "olga@example.com", "ticket": ticket}
        address = changed.pop("address", f"10.0.0.{next(readers)}")
        return (client or Client()).post(f"/comments/{key}/", said | changed, REMOTE_ADDR=address)

    return send

"""The front page screen as an editor uses it: its zones, its buttons, and what stands on the page then."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.front import FrontChange, FrontZone
from portal.frontpage import arrange

SCREEN = "/admin/portal/frontzone/ru/"
NOON = datetime(2026, 11, 22, 9, tzinfo=UTC)  # in Moscow

Send = Callable[..., Any]


@pytest.fixture(autouse=True)
def zones() -> dict[str, FrontZone]:
    FrontZone.objects.all().delete()
    sizes = {"lead": 1, "seconds": 2, "stream": 3, "categories": 2}
    return {
        kind: FrontZone.objects.create(language="ru", kind=kind, size=size, order=order)
        for order, (kind, size) in enumerate(sizes.items())
    }


@pytest.fixture
def send(erins: Client) -> Send:
    """Presses a button of the screen as it is now, in English; ``based_on`` makes it an older screen."""
    erins.cookies["django_language"] = "en"

    def send(act: str, **fields: object) -> Any:
        newest = FrontChange.objects.filter(language="ru").count()
        return erins.post(f"{SCREEN}arrange/", {"act": act, "based_on": newest, "ends": "none"} | fields)

    return send


def titles_of(kind: str, now: datetime | None = None) -> list[str]:
    return [article.title for article in arrange("ru", now or timezone.now()).of(kind)]


def spot(zone: FrontZone, number: int = 1, block: int = 0) -> str:
    return f"{zone.pk}/{block}/{number}"


def said(answer: Any) -> str:
    return " ".join(answer.content.decode().split())

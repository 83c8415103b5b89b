"""«Today»: each role finds its own work, and nobody the work of others."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ads.models import DailyCount
from articles.models import State
from articles.publishing import move_to
from comments.models import Status
from tests.ads.bookings import make_flight
from tests.factories import make_article, make_comment, make_draft


@pytest.fixture
def at_work(db: None) -> None:
    """Something for everybody: a text to check, a comment to decide about, an ad that runs."""
    move_to(make_draft("Текст на проверке"), State.REVIEW)
    make_comment(make_article("Мост открыт"), "Когда пустят автобус?", status=Status.PENDING)
    flight = make_flight(name="Тёплые окна")
    creative = flight.creatives.get()
    DailyCount.objects.create(
        flight=flight, creative=creative, slot="in-text", day=timezone.localdate(), seen=1204, clicks=31
    )


def today(client: Client, role: str) -> str:
    person = User.objects.create_user(role, is_staff=True)
    person.groups.set(Group.objects.filter(name=role))
    client.force_login(person)
    answer: Any = client.get("/admin/", headers={"Accept-Language": "ru"})
    return str(answer.text)


SIGNS = {"text": "Текст на проверке", "comment": "Когда пустят автобус?", "ad": "Тёплые окна"}
WORK: dict[str, set[str]] = {
    "Reporter": set(),
    "Editor": {"text", "comment"},
    "Moderator": {"comment"},
    "Ad manager": {"ad"},
}


@pytest.mark.parametrize("role", WORK)
def test_it_shows_each_role_its_own_work(at_work: None, client: Client, role: str) -> None:
    page = today(client, role)
    assert {name for name, sign in SIGNS.items() if sign in page} == WORK[role]


def test_it_tells_the_ad_manager_how_ads_do_today(at_work: None, client: Client) -> None:
    assert "показов 1 204, переходов 31" in today(client, "Ad manager").replace("\u00a0", " ")


def test_it_tells_the_moderator_that_nothing_waits(client: Client, db: None) -> None:
    assert "Комментариев на проверке нет." in today(client, "Moderator")


def test_it_asks_for_ads_and_comments_in_few_queries(at_work: None, admin_client: Client) -> None:
    counts = []
    for _ in range(2):
        make_comment(make_article(), status=Status.PENDING)
        make_flight()
        with CaptureQueriesContext(connection) as queries:
            admin_client.get("/admin/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 21

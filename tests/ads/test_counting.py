"""What is counted: ads that readers saw and clicked, each once, and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from ads import rollup
from ads.models import Advertiser, Campaign, Creative, DailyCount, DailyRefusal, Flight
from ads.tokens import Token
from lib.spool import Spool
from lib.spool.models import CountedEvent, DrainedBatch
from tests.ads.bookings import make_creative, make_flight

pytestmark = pytest.mark.django_db
Count = Callable[[], None]


def token(slot: str = "article-top", age: timedelta = timedelta()) -> str:
    flight = make_flight()
    now = timezone.now() - age
    return Token.issue(flight.pk, flight.creatives.get().pk, slot, now).sign()


def tell(client: Client, *tokens: str, **headers: Any) -> int:
    return client.post("/_r/seen", "\n".join(tokens), content_type="text/plain", headers=headers).status_code


def click(client: Client, signed: str, **headers: Any) -> str:
    return client.get(f"/_r/click/{signed}/", headers=headers).headers["Location"]


def counted() -> list[tuple[int, int]]:
    return list(DailyCount.objects.values_list("seen", "clicks"))


def refused() -> dict[str, int]:
    return dict(DailyRefusal.objects.values_list("reason", "number"))


def test_it_counts_what_a_reader_saw_and_clicked(reader: Client, count: Count) -> None:
    signed = token()
    assert tell(reader, signed) == 204
    click(reader, signed)
    count()
    assert (counted(), refused()) == ([(1, 1)], {})


def test_it_counts_each_ad_of_a_page(reader: Client, count: Count) -> None:
    tell(reader, token(), token("side"))
    count()
    assert counted() == [(1, 0), (1, 0)]


def test_it_writes_nothing_to_the_database_while_readers_wait(
    reader: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    signed = token()
    with django_assert_num_queries(0):
        tell(reader, signed)


def test_it_counts_the_day_of_the_newsroom(reader: Client, count: Count) -> None:
    with time_machine.travel("2026-11-22T21:30:00+00:00", tick=False):
        tell(reader, token())
    count()
    assert str(DailyCount.objects.get().day) == "2026-11-23"


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"User-Agent": ""}, "bot"),
        ({"User-Agent": "Mozilla/5.0 (compatible; YandexBot/3.0)"}, "bot"),
        ({"User-Agent": "Mozilla/5.0 HeadlessChrome/140.0"}, "bot"),
        ({"User-Agent": "curl/8.1"}, "bot"),
        ({"Sec-Purpose": "prefetch;prerender"}, "prefetch"),
        ({"Purpose": "prefetch"}, "prefetch"),
        ({"Cookie": "sessionid=x"}, "signed_in"),
    ],
)
def test_it_says_whom_it_does_not_count(reader: Client, count: Count, headers: dict[str, str], reason: str) -> None:
    signed = token()
    assert tell(reader, signed, **headers) == 204
    click(reader, signed, **headers)
    count()
    assert counted() == []
    assert refused() == {reason: 1}
    assert set(DailyRefusal.objects.values_list("kind", flat=True)) == {"seen", "click"}


def test_it_does_not_count_the_newsroom(reader: Client, erin: User, count: Count) -> None:
    reader.force_login(erin)
    tell(reader, token())
    count()
    assert refused() == {"signed_in": 1}


@pytest.mark.parametrize(
    ("minutes", "reason"),
    [(59, None), (62, "too_old"), (-1, None), (-5, "future")],
)
def test_it_counts_within_an_hour_of_the_decision(
    reader: Client, count: Count, minutes: int, reason: str | None
) -> None:
    tell(reader, token(age=timedelta(minutes=minutes)))
    count()
    assert refused() == ({reason: 1} if reason else {})


@pytest.mark.parametrize("forged", ["1.1.side.1.x:abc", "x", "a:b:c", "…".encode().hex(), ":", "1:1"])
def test_it_refuses_a_token_that_is_not_ours(reader: Client, count: Count, forged: str) -> None:
    assert tell(reader, forged) == 204
    count()
    assert refused() == {"signature": 1}


def test_it_counts_a_beacon_that_is_sent_again_once(reader: Client, count: Count) -> None:
    signed = token()
    tell(reader, signed, signed)
    count()
    tell(reader, signed)
    count()
    assert (counted(), refused()) == ([(1, 0)], {"repeated": 2})


def test_it_does_not_count_the_shared_link_of_a_stored_page(reader: Client, count: Count) -> None:
    flight = make_flight()
    click(reader, Token.for_stored_page(flight.pk, flight.creatives.get().pk, "side").sign())
    count()
    assert (counted(), refused()) == ([], {"shared": 1})


def test_it_does_not_count_for_a_booking_that_is_gone(reader: Client, count: Count) -> None:
    flight = make_flight()
    tell(reader, Token.issue(flight.pk, flight.creatives.get().pk, "side", timezone.now()).sign())
    flight.delete()
    count()
    assert refused() == {"unknown": 1}


@pytest.mark.parametrize(
    "body", [b"", b" \n", b"\xff\xfe", b"x" * 8_193, "а".encode(), b"\n".join([b"x"] * 13), b"\0" * 9_000]
)
def test_it_answers_a_malformed_beacon_with_400(reader: Client, spool_folder: Path, body: bytes) -> None:
    response = reader.post("/_r/seen", body, content_type="text/plain")
    assert response.status_code == 400
    assert not spool_folder.exists()


@pytest.mark.parametrize(("method", "address"), [("get", "/_r/seen"), ("post", "/_r/decide"), ("post", "/_r/click/x/")])
def test_it_answers_another_method_with_405(reader: Client, method: str, address: str) -> None:
    assert getattr(reader, method)(address).status_code == 405


def test_it_takes_beacons_without_a_csrf_token(count: Count) -> None:
    client = Client(enforce_csrf_checks=True, headers={"User-Agent": "Mozilla/5.0 Firefox/143.0"})
    assert tell(client, token()) == 204


def test_it_answers_though_the_disk_takes_nothing(
    reader: Client, spool_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spool_folder.parent.mkdir(parents=True)
    spool_folder.write_text("a file where the folder should be")
    signed = token()
    assert tell(reader, signed) == 204
    assert click(reader, signed).startswith("https://windows.example/")
    assert "Events of ads are lost" in caplog.text


def test_it_leads_to_the_stored_address_with_the_erid_in_clear(reader: Client) -> None:
    make_flight(creative := make_creative(target="https://windows.example/a?x=%20b&erid=old#part"))
    signed = Token.issue(creative.flights.get().pk, creative.pk, "side", timezone.now()).sign()
    assert click(reader, signed) == "https://windows.example/a?x=%20b&erid=2VtzqAbC#part"


@pytest.mark.parametrize(
    "query", ["?url=https://evil.example/", "?target=//evil.example", "?erid=https://evil.example"]
)
def test_it_never_leads_where_the_address_says(reader: Client, query: str) -> None:
    location = reader.get(f"/_r/click/{token()}/{query}").headers["Location"]
    assert location == "https://windows.example/?erid=2VtzqAbC"


@pytest.mark.parametrize("forged", ["1.1.side.1.x:abc", "https:evil", "1.1.side.0.:", "a" * 900])
def test_it_leads_nowhere_with_a_forged_token(reader: Client, forged: str) -> None:
    assert reader.get(f"/_r/click/{forged}/").status_code == 404


def test_it_leads_on_with_an_old_token_but_does_not_count(reader: Client, count: Count) -> None:
    assert click(reader, token(age=timedelta(days=2))).startswith("https://windows.example/")
    count()
    assert refused() == {"too_old": 1}


def test_it_leads_nowhere_when_the_creative_is_gone(reader: Client) -> None:
    signed = Token.issue(1, 10**12, "side", timezone.now()).sign()
    assert reader.get(f"/_r/click/{signed}/").status_code == 404


def test_it_counts_no_click_of_a_head_request(reader: Client, count: Count) -> None:
    reader.head(f"/_r/click/{token()}/")
    count()
    assert (counted(), refused()) == ([], {})


def test_it_counts_a_batch_once_that_comes_back_after_a_crash(reader: Client, spool_folder: Path) -> None:
    tell(reader, token(), "forged")
    [batch] = Spool(spool_folder).batches()
    before = batch.path.read_bytes()
    rollup.count(Spool(spool_folder), timezone.now())
    batch.path.write_bytes(before)
    assert not rollup.count(Spool(spool_folder), timezone.now()).counted
    assert (counted(), refused()) == ([(1, 0)], {"signature": 1})
    assert not batch.path.exists()


@pytest.mark.parametrize(
    "line", [b"nonsense", b"[1]", b'{"kind":"seen"}', b'{"kind":"x","at":1,"token":"","refused":""}']
)
def test_it_leaves_out_a_damaged_line(reader: Client, count: Count, spool_folder: Path, line: bytes) -> None:
    spool_folder.mkdir(parents=True)
    (spool_folder / "current").write_bytes(line)
    tell(reader, token())
    count()
    assert counted() == [(1, 0)]


def test_it_forgets_what_nobody_can_repeat(reader: Client, count: Count) -> None:
    tell(reader, token())
    count()
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        count()
    assert not CountedEvent.objects.exists()
    assert not DrainedBatch.objects.exists()
    assert counted() == [(1, 0)]


def test_it_keeps_what_counts_hang_on(reader: Client, count: Count) -> None:
    tell(reader, token())
    count()
    for kept in (Creative.objects.get(), Flight.objects.get(), Campaign.objects.get(), Advertiser.objects.get()):
        with pytest.raises(ProtectedError), transaction.atomic():
            kept.delete()

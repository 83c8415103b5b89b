"""What a supervisor and a load balancer ask."""

import pytest
from django.db import OperationalError, connection
from django.test import Client


def away(*args: object, **kwargs: object) -> None:
    raise OperationalError("the server closed the connection")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_it_is_well_while_the_database_is_there(client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, "no-store" in response["Cache-Control"]) == (200, True)


def test_it_lives_but_wants_no_visitors_while_the_database_is_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "cursor", away)
    assert [client.get(address).status_code for address in ("/healthz", "/readyz")] == [200, 503]


def test_it_does_nothing_else(client: Client) -> None:
    assert client.post("/healthz").status_code == 405

"""The guards of the suite themselves: a guard that never bites is worse than none."""

import socket

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_socket import SocketConnectBlockedError
from zeal import NPlusOneError

from tests.harness import chromium
from tests.harness.browser import CheckAccessibility, Complaints

BEYOND = "192.0.2.1"  # TEST-NET-1 of RFC 5737: belongs to nobody


def one_by_one(request: HttpRequest) -> HttpResponse:
    return HttpResponse(entry.user.username for entry in LogEntry.objects.all())


urlpatterns = [path("one-by-one/", one_by_one)]


def test_it_refuses_connections_beyond_this_machine() -> None:
    with (
        socket.socket() as beyond,
        pytest.warns(UserWarning, match=BEYOND),
        pytest.raises(SocketConnectBlockedError),
    ):
        beyond.connect((BEYOND, 80))


def test_it_lets_connections_within_this_machine_through() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())
        assert client.getpeername() == server.getsockname()


def test_it_keeps_the_data_of_tests_out_of_the_tree(settings: Settings) -> None:
    assert settings.BASE_DIR not in settings.DATA_DIR.parents


def test_it_notices_a_script_error(page: Page, complaints: Complaints) -> None:
    page.set_content("<script>throw new Error('broken on purpose')</script>")
    complaints.expect("broken on purpose")


def test_it_notices_an_error_in_the_console(page: Page, complaints: Complaints) -> None:
    page.evaluate("console.error('said on purpose')")
    complaints.expect("said on purpose")


def test_it_notices_what_the_content_policy_refuses(page: Page, complaints: Complaints) -> None:
    policy = '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
    page.set_content(f"{policy}<p onclick='1'>A handler that may not be</p>")
    complaints.expect("Content Security Policy")


def test_it_notices_a_request_beyond_this_machine(page: Page, complaints: Complaints) -> None:
    page.set_content("<img src='http://tracker.example/pixel.gif' alt=''>")
    complaints.expect("request beyond this machine: http://tracker.example/")
    complaints.expect("Failed to load resource")


def test_it_runs_no_script_where_there_is_none(page_without_js: Page) -> None:
    page_without_js.set_content("<script>document.title = 'ran'</script><title>did not run</title>")
    assert page_without_js.title() == "did not run"


def test_it_finds_what_keeps_people_out(page: Page, axe: CheckAccessibility) -> None:
    page.set_content("<html lang='en'><title>A page</title><main><h1>A page</h1><img src='data:,'></main>")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_it_runs_the_site_with_its_page_cache(page: Page, site: str) -> None:
    answers = [page.request.get(f"{site}/robots.txt") for _ in range(2)]
    assert [answer.headers["x-cache"] for answer in answers] == ["miss", "hit"]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_it_notices_one_query_per_row(client: Client) -> None:
    for name in ("erin", "mona", "walt"):
        LogEntry.objects.create(user=User.objects.create_user(name), action_flag=ADDITION)
    with pytest.raises(NPlusOneError, match="LogEntry.user"):
        client.get("/one-by-one/")


def test_it_names_the_command_that_installs_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match="apt-get install -y chromium"):
        chromium.install()

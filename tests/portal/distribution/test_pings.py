"""Pings: what is announced to whom, when, and what happens when it fails."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone
from django_tasks import default_task_backend
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from pytest_django.asserts import assertContains

from articles import publishing
from articles.models import Article
from lib.outbound import Rules
from portal.distribution import pings
from portal.models import Distribution, Ping
from tests.factories import make_article, make_category, make_content

pytestmark = pytest.mark.django_db

MOMENT = datetime.fromisoformat("2026-11-22T09:40:00+00:00")


class Receiver(ThreadingHTTPServer):
    """A hub and a search engine on this machine, which remembers what it was told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard: list[tuple[str, bytes]] = []
        self.status = 202
        self.address = f"http://127.0.0.1:{self.server_port}/"

    @property
    def urls(self) -> list[str]:
        """What search engines were told, all of it."""
        return [url for _path, body in self.heard for url in json.loads(body)["urlList"]]


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, body))
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write("Так и быть.".encode())

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def receiver(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    rules = Rules(frozenset({"http"}), lambda address: address == "127.0.0.1")
    monkeypatch.setattr(pings, "RULES", rules)
    with Receiver() as server:
        Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def indexnow(receiver: Receiver) -> Receiver:
    Distribution(indexnow=True, indexnow_address=receiver.address).save()
    return receiver


def publish(article: Article, **wanted: Any) -> Article:
    """Publishes ``article`` once more and has the news of it carried on."""
    newest = article.revisions.newest()
    assert newest
    changed = publishing.publish(article, newest, by=None, now=timezone.now(), **wanted)
    pings.announce(article=changed, now=timezone.now())
    return changed


def told(**fields: Any) -> Article:
    article = make_article(**fields)
    pings.announce(article=article, first=True, now=timezone.now())
    return article


def later(minutes: float = 1) -> Any:
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False)


def address_of(article: Article) -> str:
    return f"http://127.0.0.1:8000{article.get_absolute_url()}"


def test_it_says_nothing_while_nothing_is_configured(receiver: Receiver) -> None:
    told()
    assert not Ping.objects.exists()


def test_it_tells_search_engines_what_was_published(indexnow: Receiver) -> None:
    article = told()
    key = Distribution.current().indexnow_key
    with later():
        pings.send_due.func()
    ((_path, body),) = indexnow.heard
    assert json.loads(body) == {
        "host": "127.0.0.1:8000",
        "key": key,
        "keyLocation": f"http://127.0.0.1:8000/{key}.txt",
        "urlList": [address_of(article)],
    }
    assert Ping.objects.get().state == Ping.State.DONE


def test_it_tells_hubs_of_every_feed_that_shows_a_story(receiver: Receiver) -> None:
    Distribution(websub_hubs=receiver.address).save()
    told(category=make_category("Город"), tags=["мосты"])
    with later():
        pings.send_due.func()
    fields = parse_qs(receiver.heard[0][1].decode())
    assert fields["hub.mode"] == ["publish"]
    wanted = {
        f"http://127.0.0.1:8000/{of}feed/{form}"
        for of in ("", "category/gorod/", "tag/mosty/")
        for form in ("", "atom/")
    }
    assert wanted <= set(fields["hub.url"])


def test_three_changes_in_a_moment_make_one_ping(indexnow: Receiver) -> None:
    article = told()
    publish(article)
    publish(article)
    with later():
        pings.send_due.func()
    assert indexnow.urls == [address_of(article)]


def test_a_task_that_runs_twice_or_early_does_no_harm(indexnow: Receiver) -> None:
    told()
    pings.send_due.func()
    assert indexnow.heard == []
    with later():
        pings.send_due.func()
        pings.send_due.func()
    assert len(indexnow.heard) == 1


def test_several_stories_go_in_one_batch(indexnow: Receiver) -> None:
    stories = [told(title=f"Мост {number}") for number in range(3)]
    with later():
        pings.send_due.func()
    assert len(indexnow.heard) == 1
    assert sorted(indexnow.urls) == sorted(map(address_of, stories))


def test_a_change_while_it_is_being_sent_is_announced_too(indexnow: Receiver) -> None:
    article = told()
    Ping.objects.update(state=Ping.State.SENDING, changed_at=timezone.now())
    publish(article)
    with later():
        pings.send_due.func()
    assert len(indexnow.heard) == 1


def test_what_a_worker_left_behind_is_sent_by_the_next(indexnow: Receiver) -> None:
    told()
    Ping.objects.update(state=Ping.State.SENDING, changed_at=timezone.now())
    with later(5):
        pings.send_due.func()
    assert indexnow.heard == []
    with later(20):
        pings.send_due.func()
    assert len(indexnow.heard) == 1


def test_a_coming_story_is_announced_at_its_time(indexnow: Receiver) -> None:
    with time_machine.travel(MOMENT, tick=False):
        article = told(at=MOMENT + timedelta(hours=2), until=MOMENT + timedelta(hours=5))
    dues = list(Ping.objects.order_by("due_at").values_list("due_at", flat=True))
    assert dues == [MOMENT + timedelta(hours=2), MOMENT + timedelta(hours=5)]
    with time_machine.travel(MOMENT + timedelta(hours=2), tick=False):
        pings.send_due.func()
    assert indexnow.urls == [address_of(article)]


def test_a_story_that_was_put_off_is_not_announced_early(indexnow: Receiver) -> None:
    with time_machine.travel(MOMENT, tick=False):
        article = told(at=MOMENT + timedelta(hours=2))
        publishing.publish(article, article.revisions.get(), by=None, at=MOMENT + timedelta(hours=4), now=MOMENT)
    with time_machine.travel(MOMENT + timedelta(hours=3), tick=False):
        pings.send_due.func()
    assert indexnow.heard == []


def test_a_withdrawn_story_is_announced_so_that_it_is_forgotten(indexnow: Receiver) -> None:
    article = told()
    with later():
        pings.send_due.func()
        pings.announce(article=publishing.withdraw(article), now=timezone.now())
    with later(3):
        pings.send_due.func()
    assert indexnow.urls == [address_of(article)] * 2


def test_a_story_in_the_bin_is_announced_so_that_it_is_forgotten(indexnow: Receiver) -> None:
    article = told()
    publishing.move_to_bin(article)
    pings.announce(article=article, now=timezone.now())
    with later():
        pings.send_due.func()
    assert indexnow.urls == [address_of(article)]


def test_a_story_withdrawn_before_its_time_is_never_mentioned(indexnow: Receiver) -> None:
    article = told(at=timezone.now() + timedelta(hours=1))
    pings.announce(article=publishing.withdraw(article), now=timezone.now())
    assert not Ping.objects.exists()


def test_the_address_that_a_story_had_is_announced_with_the_new_one(indexnow: Receiver) -> None:
    article = told()
    before = address_of(article)
    with later():
        pings.send_due.func()
    Article.objects.update(slug="most")
    with later(2):
        moved = publish(Article.objects.get())
    with later(4):
        pings.send_due.func()
    assert set(indexnow.urls[1:]) == {before, address_of(moved)}


def test_an_archive_that_moves_in_is_not_announced(indexnow: Receiver) -> None:
    told(at=timezone.now() - timedelta(days=400))
    assert not Ping.objects.exists()


def test_it_tries_again_later_and_later_and_then_says_so(indexnow: Receiver) -> None:
    indexnow.status = 503
    told()
    moment, waits = timezone.now() + timedelta(minutes=1), []
    while True:
        with time_machine.travel(moment, tick=False):
            pings.send_due.func()
        ping = Ping.objects.get()
        if ping.state == Ping.State.FAILED:
            break
        waits.append(round((ping.due_at - moment).total_seconds() / 60))
        moment = ping.due_at
    assert waits == list(pings.WAITS)
    assert ping.answer == "503 Так и быть."
    assert len(indexnow.heard) == len(pings.WAITS) + 1


def test_what_is_refused_is_not_tried_again(indexnow: Receiver) -> None:
    indexnow.status = 403
    told()
    with later():
        pings.send_due.func()
    assert Ping.objects.get().state == Ping.State.FAILED


def test_nobody_there_is_a_reason_to_try_again(receiver: Receiver) -> None:
    Distribution(indexnow=True, indexnow_address="http://127.0.0.1:9/").save()
    told()
    with later():
        pings.send_due.func()
    ping = Ping.objects.get()
    assert (ping.state, ping.attempts) == (Ping.State.WAITING, 1)
    assert "Refused" in ping.answer


def test_it_does_not_follow_a_redirect(indexnow: Receiver) -> None:
    indexnow.status = 302
    told()
    with later():
        pings.send_due.func()
    assert (len(indexnow.heard), Ping.objects.get().state) == (1, Ping.State.FAILED)


def test_what_is_switched_off_meanwhile_is_not_sent(indexnow: Receiver) -> None:
    told()
    Distribution.objects.update(indexnow=False)
    with later():
        pings.send_due.func()
    assert indexnow.heard == []
    assert not Ping.objects.exists()


def test_publishing_puts_the_announcement_into_the_queue(
    indexnow: Receiver, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        draft = publishing.start(make_content(), by=None)
        publishing.publish(draft, draft.revisions.get(), by=None)
    ping = Ping.objects.get()
    queued = [each for each in default_task_backend.results if each.task == pings.send_due.using(run_after=ping.due_at)]  # type: ignore[attr-defined]
    assert len(queued) == 1
    assert indexnow.heard == []


def test_the_key_proves_that_the_site_itself_speaks(client: Client, indexnow: Receiver) -> None:
    key = Distribution.current().indexnow_key
    answer = client.get(f"/{key}.txt")
    assert (answer.content.decode(), answer["Content-Type"]) == (key, "text/plain; charset=utf-8")
    assert client.get(f"/{'0' * 32}.txt").status_code == 404
    Distribution.objects.update(indexnow=False)
    assert client.get(f"/{key}.txt").status_code == 404


@pytest.fixture
def admins(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("ada", password="ada-ada-ada"))
    return client


def failed() -> Ping:
    now = timezone.now()
    return Ping.objects.create(
        service="websub", receiver="https://hub.example/", address="https://news.example/", state="failed",
        due_at=now, changed_at=now, answer="403 No such topic",
    )  # fmt: skip


def test_an_administrator_sees_what_failed_and_why(admins: Client) -> None:
    failed()
    page = admins.get("/admin/portal/ping/")
    assertContains(page, "403 No such topic")


def test_an_administrator_has_it_tried_again(admins: Client, receiver: Receiver) -> None:
    ping = failed()
    admins.post("/admin/portal/ping/", {"action": "try_again", "_selected_action": [ping.pk]})
    ping.refresh_from_db()
    assert (ping.state, ping.attempts) == (Ping.State.WAITING, 0)


def test_an_editor_sees_neither_pings_nor_their_settings(erin: User, client: Client) -> None:
    erin.user_permissions.clear()
    client.force_login(erin)
    assert client.get("/admin/portal/ping/").status_code == 403
    assert client.get("/admin/portal/distribution/").status_code == 403


def test_who_may_only_look_has_nothing_tried_again(erin: User, client: Client) -> None:
    erin.user_permissions.set(Permission.objects.filter(codename="view_ping"))
    client.force_login(erin)
    ping = failed()
    assertContains(client.get("/admin/portal/ping/"), "403 No such topic")
    client.post("/admin/portal/ping/", {"action": "try_again", "_selected_action": [ping.pk]})
    ping.refresh_from_db()
    assert ping.state == Ping.State.FAILED

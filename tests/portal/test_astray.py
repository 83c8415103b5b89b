"""Visits by old addresses and by missing ones are counted; the desk mends an address with one click."""

from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles import publishing
from articles.models import Tag
from lib.throttle import Throttle
from portal import astray
from portal.guessing import guesses
from portal.models import Imported, MissingAddress, Redirect
from tests.factories import make_article, make_author, make_category, make_draft

pytestmark = pytest.mark.django_db
LIST = "/admin/portal/missingaddress/"


@pytest.fixture(autouse=True)
def own_spool(settings: Settings, tmp_path: Path) -> None:
    settings.SPOOL_DIR = tmp_path / "spool"


def visit(client: Client, *addresses: str, **headers: str) -> None:
    for address in addresses:
        client.get(address, headers=headers)
    astray.count(timezone.now())


def missing(path: str, number: int = 1) -> MissingAddress:
    today = timezone.localdate()
    return MissingAddress.objects.create(path=path, number=number, first_seen=today, last_seen=today)


def test_it_counts_visits_of_missing_addresses(client: Client) -> None:
    visit(client, "/2019/05/most/", "/2019/05/most/?utm_source=letter", referer="https://search.example/?q=secret")
    visit(client, "/2019/05/most/")
    row = MissingAddress.objects.get()
    assert (row.path, row.number, row.referrer) == ("/2019/05/most/", 3, "search.example")


def test_it_counts_behind_the_page_cache_too(site: str) -> None:
    address = urlsplit(site)
    for _time in range(2):
        asked = HTTPConnection(address.hostname or "", address.port)
        asked.request("GET", "/tag/nowhere/", headers={"Referer": "https://search.example/"})
        assert asked.getresponse().status == 404
        asked.close()
    astray.count(timezone.now())
    row = MissingAddress.objects.get()
    assert (row.path, row.number, row.referrer) == ("/tag/nowhere/", 2, "search.example")


def test_it_counts_visits_of_redirects_and_of_no_missing_address_then(client: Client) -> None:
    redirect = Redirect.objects.create(old="/a/", new="/latest/")
    visit(client, "/a/", "/a/?utm_source=letter")
    redirect.refresh_from_db()
    assert (redirect.visits, redirect.last_visit) == (2, timezone.localdate())
    assert not MissingAddress.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["/wp-login.php", "/.env", "/a/.git/config", "/xmlrpc.php", "/favicon.ico/x@y.example", "/%3Cscript%3E/", "/x//y/",
     "/apple-touch-icon-precomposed.png", "/a%00b/", "/" + "a" * 400, "/%0a/", "/olga@example.com/"],
)  # fmt: skip
def test_it_leaves_noise_out(client: Client, address: str) -> None:
    visit(client, address)
    assert not MissingAddress.objects.exists()


def test_it_leaves_the_newsroom_out(erins: Client) -> None:
    visit(erins, "/nowhere/")
    assert not MissingAddress.objects.exists()


def test_it_keeps_of_a_query_only_the_numbers_of_wordpress(client: Client) -> None:
    visit(client, "/?p=12&email=olga@example.com", "/nowhere/?email=olga@example.com")
    assert set(MissingAddress.objects.values_list("path", flat=True)) == {"/?p=12", "/nowhere/"}


def test_it_counts_no_flood_of_one_address(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(astray, "THROTTLE", Throttle("astray-test", 2))
    visit(client, *["/nowhere/"] * 5)
    assert MissingAddress.objects.get().number == 2


def test_it_takes_in_no_more_than_so_many_addresses_a_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(astray, "MOST_NEW", 2)
    visit(client, "/a/", "/b/", "/b/", "/c/", "/c/")
    visit(client, "/d/")
    assert set(MissingAddress.objects.values_list("path", flat=True)) == {"/b/", "/c/"}


def test_it_forgets_what_nobody_asks_for_any_more() -> None:
    row = missing("/old/")
    MissingAddress.objects.update(last_seen=row.last_seen - astray.KEPT - timedelta(days=1))
    astray.thin(timezone.now())
    assert not MissingAddress.objects.exists()


@pytest.mark.parametrize("line", ["{}", '{"path":"/a/","at":1e300,"redirect":null,"referrer":""}', "[]", "junk",
                                  '{"path":"/a/","at":1,"redirect":"x","referrer":""}'])  # fmt: skip
def test_it_passes_over_damaged_lines(client: Client, line: str) -> None:
    astray.spool_folder().mkdir(parents=True, exist_ok=True)
    (astray.spool_folder() / "current").write_text(f"\n{line}\n")
    visit(client, "/nowhere/")
    assert MissingAddress.objects.get().path == "/nowhere/"


def test_it_guesses_where_a_visitor_wanted_to_go() -> None:
    story = make_article("Мост через Серебрянку сдадут раньше срока")
    tag, category = Tag.objects.create(name="набережная"), make_category("Спорт")
    Imported.objects.create(site="x", kind="article", identity="1", wp_id=12, address=story.get_absolute_url())
    assert guesses([
        f"/2019/05/{story.slug}/", f"/blog/{story.slug}.html", f"/{story.slug[:-3]}/", "/?p=12",
        "/temy/naberezhnaya/feed/", "/rubrika/sport/page/3/", f"/news/{story.pk}/x/y/", "/nothing-like-it-at-all/", "/",
    ]) == {
        f"/2019/05/{story.slug}/": story.get_absolute_url(),
        f"/blog/{story.slug}.html": story.get_absolute_url(),
        f"/{story.slug[:-3]}/": story.get_absolute_url(),
        "/?p=12": story.get_absolute_url(),
        "/temy/naberezhnaya/feed/": tag.get_absolute_url(),
        "/rubrika/sport/page/3/": category.get_absolute_url(),
        f"/news/{story.pk}/x/y/": story.get_absolute_url(),
    }  # fmt: skip


def test_it_guesses_no_author_whom_readers_do_not_know() -> None:
    unknown, known = make_author("Пётр Обухов"), make_author("Вера Орлова", role_ru="Корреспондент")
    assert guesses([f"/autor/{unknown.slug}/", f"/autor/{known.slug}/"]) == {
        f"/autor/{known.slug}/": known.get_absolute_url()
    }


def test_it_guesses_a_category_that_was_mistyped() -> None:
    make_category("Город", slug="gorod")
    assert guesses(["/category/gorodd/", "/category/narod/"]) == {"/category/gorodd/": "/category/gorod/"}


def test_it_guesses_no_story_that_readers_do_not_see() -> None:
    draft = make_draft("Мост через Серебрянку сдадут раньше срока")
    gone = publishing.withdraw(make_article("Мост через Серебрянку закроют"))
    assert guesses([f"/2019/{gone.slug}/", f"/2019/{draft.slug or 'most-cherez-serebryanku-sdadut'}/"]) == {}


def test_it_asks_as_many_questions_for_many_addresses_as_for_few(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    for number in (2, 40):
        with django_assert_num_queries(10):  # type: ignore[operator]
            guesses([f"/2019/most-cherez-reku-{number}-{each}/?p={each}" for each in range(1, number)])


def test_it_redirects_with_one_click(erins: Client, client: Client) -> None:
    story, row = make_article("Мост открыт"), missing("/2019/most-otkryt/", 5)
    page = erins.get(LIST).content.decode()
    assert f'value="{story.get_absolute_url()}"' in page and "5 раз" in page
    erins.post(LIST, {"redirect": row.pk, f"to-{row.pk}": story.get_absolute_url()})
    assert Client().get("/2019/most-otkryt/").headers["Location"] == story.get_absolute_url()
    assert f'id="missing-{row.pk}"' not in erins.get(LIST).content.decode()


def test_it_says_when_something_stands_there_by_now(erins: Client) -> None:
    draft, empty_month = make_draft("Мост открыт"), missing("/2019/05/")
    row = missing(f"/news/{draft.pk}/most-otkryt/")
    assert "уже что-то есть" not in erins.get(LIST).content.decode()
    publishing.publish(draft, draft.revisions.get(), by=None, now=timezone.now())
    assert erins.get(LIST).content.decode().count("уже что-то есть") == 1
    erins.post(LIST, {"done": row.pk})
    assert set(MissingAddress.objects.filter(state="open")) == {empty_month}


def test_it_leads_nobody_on_to_another_missing_address(erins: Client) -> None:
    row = missing("/old/")
    response = erins.post(LIST, {"redirect": row.pk, f"to-{row.pk}": "/news/4711/nowhere/"})
    assert response.status_code == 422
    assert "По новому адресу тоже ничего нет" in response.content.decode()
    assert not Redirect.objects.exists()


def test_it_says_that_an_address_is_gone(erins: Client) -> None:
    row = missing("/old/")
    erins.post(LIST, {"gone": row.pk})
    assert Client().get("/old/").status_code == 410


def test_it_puts_an_address_aside_and_brings_it_back(erins: Client) -> None:
    row = missing("/old/")
    erins.post(LIST, {"ignore": row.pk})
    assert "/old/" in erins.get(LIST, {"state": "ignored"}).content.decode()
    erins.post(LIST, {"reopen": row.pk})
    assert MissingAddress.objects.get().state == "open"
    assert Client().get("/old/").status_code == 404


@pytest.mark.parametrize("new", ["", "nowhere", "javascript:alert(1)", "/old/", "https://[", "/a" * 600])
def test_it_keeps_what_was_typed_when_it_cannot_be(erins: Client, new: str) -> None:
    row = missing("/old/")
    response = erins.post(LIST, {"redirect": row.pk, f"to-{row.pk}": new})
    assert response.status_code == 422
    assert f'value="{new}"' in response.content.decode()
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("posted", [{}, {"redirect": "x"}, {"redirect": "9" * 30}, {"gone": ""}, {"redirect": "1\0"}])
def test_it_refuses_what_is_no_button(erins: Client, posted: dict[str, str]) -> None:
    assert erins.post(LIST, posted).status_code == 400
    assert erins.post(LIST, {"gone": "4711"}).status_code == 404


def test_it_lets_nobody_else_settle(walts: Client) -> None:
    row = missing("/old/")
    assert walts.post(LIST, {"gone": row.pk}).status_code == 403
    assert Client().post(LIST, {"gone": row.pk}).status_code == 302
    assert not Redirect.objects.exists()

"""Feeds: what readers outside the site get, as RSS, Atom and JSON Feed."""

import json
from calendar import timegm
from contextlib import closing
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import feedparser
import pytest
from django.test import Client
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from articles import publishing
from articles.models import Correction
from portal.models import Distribution
from tests.factories import make_article, make_author, make_category, make_media, make_source
from tests.harness.pages import holes_aside

pytestmark = pytest.mark.django_db

HERE = "http://127.0.0.1:8000"
XML_FORMS = ["/feed/", "/feed/atom/"]


def feed(client: Client, address: str) -> feedparser.FeedParserDict:
    parsed = feedparser.parse(client.get(address).content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def items(client: Client, address: str = "/feed/json/") -> list[dict[str, Any]]:
    return list(client.get(address).json()["items"])


@pytest.mark.parametrize("address", XML_FORMS)
def test_it_gives_the_whole_text(client: Client, address: str) -> None:
    make_article("Мост & река", lead="Раньше <срока>.", body="<p>Плита &amp; асфальт</p>")
    (entry,) = feed(client, address).entries
    assert entry.title == "Мост & река"
    assert entry.summary in {"Раньше &lt;срока&gt;.", "Раньше <срока>."}
    assert entry.content[0].value == "<p>Плита &amp; асфальт</p>"


@pytest.mark.parametrize("address", XML_FORMS)
def test_it_gives_of_a_story_for_adults_only_what_it_is_of(client: Client, address: str) -> None:
    make_article(lead="О чём <речь>.", body="<p>Подробности</p>", age_mark="18+", hero=make_media())
    (entry,), (item,) = feed(client, address).entries, items(client)
    assert entry.content[0].value == item["content_html"] == "<p>О чём &lt;речь&gt;.</p>"
    assert (entry.enclosures, {"image", "attachments"} & item.keys()) == ([], set())


@pytest.mark.parametrize("address", XML_FORMS)
def test_it_names_time_author_section_and_tags(client: Client, address: str) -> None:
    at = datetime(2026, 11, 22, 9, 40, tzinfo=UTC)
    make_article(at=at, category=make_category("Город"), authors=[make_author("Мария Лаптева")], tags=["мосты"])
    (entry,) = feed(client, address).entries
    assert datetime.fromtimestamp(timegm(entry.published_parsed), UTC) == at
    assert entry.author == "Мария Лаптева"
    assert [tag.term for tag in entry.tags] == ["Город", "мосты"]


def test_it_writes_dates_as_each_form_wants_them(client: Client) -> None:
    make_article(at=datetime(2026, 11, 22, 9, 40, tzinfo=UTC))
    assert feed(client, "/feed/").entries[0].published == "Sun, 22 Nov 2026 09:40:00 +0000"
    assert feed(client, "/feed/atom/").entries[0].published == "2026-11-22T09:40:00+00:00"
    assert items(client)[0]["date_published"] == "2026-11-22T09:40:00+00:00"


@pytest.mark.parametrize("address", XML_FORMS)
def test_it_gives_whole_addresses(client: Client, address: str) -> None:
    article = make_article(hero=make_media(), body='<p><a href="/news/">Ещё</a></p>')
    (entry,) = feed(client, address).entries
    assert entry.link == f"{HERE}{article.get_absolute_url()}"
    assert entry.id == f"{HERE}/news/{article.pk}/"
    assert f'href="{HERE}/news/"' in entry.content[0].value


@pytest.mark.parametrize("address", XML_FORMS)
def test_it_encloses_the_picture_with_its_length_and_type(client: Client, address: str) -> None:
    media = make_media()
    make_article(hero=media)
    (enclosure,) = feed(client, address).entries[0].enclosures
    assert (enclosure.href, enclosure.length, enclosure.type) == (f"{HERE}{media.url}", str(media.size), "image/jpeg")


@pytest.mark.parametrize("form", ["", "atom/"])
def test_it_says_where_the_feed_itself_stands(client: Client, form: str) -> None:
    make_category("Город")
    links = feed(client, f"/category/gorod/feed/{form}").feed.links
    assert {"self": f"{HERE}/category/gorod/feed/{form}"}.items() <= {link.rel: link.href for link in links}.items()


@pytest.mark.parametrize("address", XML_FORMS)
def test_it_names_the_hubs_that_hear_of_changes(client: Client, address: str) -> None:
    Distribution(websub_hubs="https://hub.example/\nhttps://other.example/hub").save()
    hubs = [link.href for link in feed(client, address).feed.links if link.rel == "hub"]
    assert hubs == ["https://hub.example/", "https://other.example/hub"]
    assert client.get("/feed/json/").json()["hubs"][0] == {"type": "WebSub", "url": "https://hub.example/"}


def test_it_writes_json_feed_with_everything_a_reader_needs(client: Client) -> None:
    media = make_media()
    article = make_article(
        "Мост </script>", body="<p>Плита</p>", category=make_category("Город"), hero=media, authors=[make_author()]
    )
    told = client.get("/feed/json/").json()
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["feed_url"] == f"{HERE}/feed/json/"
    (item,) = told["items"]
    assert item["id"] == f"{HERE}/news/{article.pk}/"
    assert item["content_html"] == "<p>Плита</p>"
    assert item["authors"] == [{"name": "Мария Лаптева"}]
    assert item["attachments"][0]["size_in_bytes"] == media.size


def test_it_is_valid_atom_where_readers_of_feeds_are_strict(client: Client) -> None:
    make_article("Мост")
    atom = "{http://www.w3.org/2005/Atom}"
    root = etree.fromstring(client.get("/feed/atom/").content)
    assert [root.findtext(f"{atom}{name}") for name in ("id", "title")] == [f"{HERE}/feed/atom/", "Новости"]
    for element in (root, *root.iter(f"{atom}entry")):  # RFC 4287, 4.1.1 and 4.1.2
        assert all(len(element.findall(f"{atom}{name}")) == 1 for name in ("id", "title", "updated"))
        assert datetime.fromisoformat(element.findtext(f"{atom}updated") or "").tzinfo


@pytest.mark.parametrize(
    ("address", "content_type"),
    [
        ("/feed/", "application/rss+xml"),
        ("/feed/atom/", "application/atom+xml"),
        ("/feed/json/", "application/feed+json"),
    ],
)
def test_it_says_what_it_is_and_answers_head(client: Client, address: str, content_type: str) -> None:
    answer = client.head(address)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["Content-Type"] == f"{content_type}; charset=utf-8"


@pytest.mark.parametrize("of", ["category/gorod", "tag/mosty", "author/mariya-lapteva", "source/tass", "en"])
@pytest.mark.parametrize("form", ["", "atom/"])
def test_every_list_has_its_feed(client: Client, of: str, form: str) -> None:
    fields: dict[str, Any] = {"category": make_category(), "tags": ["мосты"], "authors": [make_author()]}
    make_article(sources=[make_source(slug="tass")], **fields)
    make_article(language="en")
    make_article("Мимо")
    assert len(feed(client, f"/{of}/feed/{form}").entries) == 1
    assert len(items(client, f"/{of}/feed/json/")) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [("/feed/rss2/", "/feed/"), ("/feed/rdf/", "/feed/"), ("/category/gorod/feed/rss/", "/category/gorod/feed/")],
)
def test_it_answers_at_the_addresses_of_wordpress(client: Client, old: str, new: str) -> None:
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)


@pytest.mark.parametrize("address", ["/tag/x/feed/", "/feed/xml/", "/category/x/feed/atom/", "/author/x/feed/json/"])
def test_it_has_no_feed_of_what_is_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_it_tells_nothing_of_a_tag_that_only_a_coming_story_has(client: Client) -> None:
    make_article(tags=["мосты"], at=datetime(2099, 1, 1, tzinfo=UTC))
    assert client.get("/tag/mosty/feed/").status_code == 404


@pytest.mark.parametrize("character", ["\x0b", "\x1f", "\x7f", "\ufffe", "]]>", "<![CDATA[", "&nbsp;"])
@pytest.mark.parametrize("address", XML_FORMS)
def test_it_stays_readable_whatever_a_story_holds(client: Client, address: str, character: str) -> None:
    make_article(f"Мост{character}", lead=f"Раньше{character}", body=f"<p>Плита{character}</p>")
    assert feed(client, address).entries[0].title.startswith("Мост")
    assert items(client)[0]["title"].startswith("Мост")


@pytest.mark.parametrize("address", XML_FORMS)
def test_it_is_readable_without_a_story(client: Client, address: str) -> None:
    assert feed(client, address).entries == []
    assert items(client) == []


@pytest.mark.parametrize("form", ["", "atom/", "json/"])
def test_it_takes_no_more_queries_than_before(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, form: str
) -> None:
    category, author, source, media = make_category(), make_author(), make_source(), make_media()
    for title in ("Один", "Два", "Три"):
        make_article(title, category=category, tags=["мосты", title], authors=[author], sources=[source], hero=media)
    with holes_aside(), django_assert_num_queries(9):
        client.get(f"/category/gorod/feed/{form}")


@pytest.mark.parametrize("form", ["", "atom/", "json/"])
def test_it_need_not_be_sent_again_until_something_changes(site: str, form: str) -> None:
    article = make_article("Мост")
    first = ask(site, f"/feed/{form}")
    known = {"If-None-Match": first.headers["ETag"]}
    assert ask(site, f"/feed/{form}", known).status == 304
    publishing.withdraw(article)
    assert ask(site, f"/feed/{form}", known).status == 200


def ask(site: str, address: str, headers: dict[str, str] | None = None) -> HTTPResponse:
    with closing(HTTPConnection(site.removeprefix("http://"))) as connection:
        connection.request("GET", address, headers=headers or {})
        answer = connection.getresponse()
        answer.read()
        return answer


@pytest.mark.parametrize("form", ["", "atom/"])
def test_corrections_have_a_feed_of_their_own(client: Client, form: str) -> None:
    article = make_article("Мост & река")
    Correction.objects.create(article=article, text="Длина <b>412</b> метров.\n\nНе 421.")
    (entry,) = feed(client, f"/corrections/feed/{form}").entries
    assert entry.title == "Исправление: Мост & река"
    assert entry.link.startswith(f"{HERE}{article.get_absolute_url()}")
    text = entry.content[0].value if form else entry.summary
    assert text == "<p>Длина &lt;b&gt;412&lt;/b&gt; метров.</p>\n\n<p>Не 421.</p>"


@pytest.mark.parametrize("address", ["/feed/", "/feed/json/", "/corrections/feed/", "/corrections/feed/atom/"])
def test_search_engines_show_no_feed_as_a_page(client: Client, address: str) -> None:
    assert client.get(address)["X-Robots-Tag"] == "noindex, follow"


def test_json_is_json_whatever_a_story_holds(client: Client) -> None:
    make_article('Мост "&quot;" \\ <b>\u2028', body="<p>«\t»</p>")
    assert json.loads(client.get("/feed/json/").content)["items"][0]["title"].startswith('Мост "&quot;" \\ <b>')

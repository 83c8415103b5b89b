"""Feeds: what readers outside the site get."""

from datetime import UTC, datetime

import feedparser
import pytest
from django.test import Client

from tests.factories import make_article, make_author, make_category, make_media

pytestmark = pytest.mark.django_db


def feed(client: Client, address: str) -> feedparser.FeedParserDict:
    parsed = feedparser.parse(client.get(address).content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def test_it_gives_the_whole_text(client: Client) -> None:
    make_article("Мост & река", lead="Раньше <срока>.", body="<p>Плита &amp; асфальт</p>")
    (entry,) = feed(client, "/feed/").entries
    assert entry.title == "Мост & река"
    assert entry.summary == "Раньше &lt;срока&gt;."
    assert entry.content[0].value == "<p>Плита &amp; асфальт</p>"


def test_it_names_time_author_section_and_tags(client: Client) -> None:
    at = datetime(2026, 11, 22, 9, 40, tzinfo=UTC)
    make_article(at=at, category=make_category("Город"), authors=[make_author("Мария Лаптева")], tags=["мосты"])
    (entry,) = feed(client, "/feed/").entries
    assert entry.published == "Sun, 22 Nov 2026 09:40:00 +0000"
    assert entry.author == "Мария Лаптева"
    assert [tag.term for tag in entry.tags] == ["Город", "мосты"]


def test_it_gives_whole_addresses(client: Client) -> None:
    article = make_article(hero=make_media(), body='<p><a href="/news/">Ещё</a></p>')
    parsed = feed(client, "/feed/")
    (entry,) = parsed.entries
    assert entry.link == f"http://127.0.0.1:8000{article.get_absolute_url()}"
    assert entry.id == f"http://127.0.0.1:8000/news/{article.pk}/"
    assert entry.enclosures[0].href.startswith("http://127.0.0.1:8000/media/")
    assert 'href="http://127.0.0.1:8000/news/"' in entry.content[0].value


def test_it_says_where_the_feed_itself_stands(client: Client) -> None:
    make_category("Город")
    links = feed(client, "/category/gorod/feed/").feed.links
    assert {"self": "http://127.0.0.1:8000/category/gorod/feed/"}.items() <= {
        link.rel: link.href for link in links
    }.items()


@pytest.mark.parametrize("character", ["\x0b", "\x1f", "\x7f", "\ufffe", "]]>", "<![CDATA[", "&nbsp;"])
def test_it_stays_readable_whatever_a_story_holds(client: Client, character: str) -> None:
    make_article(f"Мост{character}", lead=f"Раньше{character}", body=f"<p>Плита{character}</p>")
    assert feed(client, "/feed/").entries[0].title.startswith("Мост")


def test_it_is_readable_without_a_story(client: Client) -> None:
    assert feed(client, "/feed/").entries == []

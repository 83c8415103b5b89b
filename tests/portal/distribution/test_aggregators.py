"""The feeds for Yandex and Dzen."""

from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from articles.models import Media
from portal.distribution.aggregators import paragraphs, zen_text
from portal.models import Distribution, SiteSettings
from tests.factories import make_article, make_author, make_category, make_media, make_picture
from tests.harness.pages import holes_aside

pytestmark = pytest.mark.django_db

FEEDS = ["/feed/yandex/", "/feed/zen/"]
YANDEX = "{http://news.yandex.ru}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
RATING = "{http://search.yahoo.com/mrss/}rating"


def items(client: Client, address: str) -> list[Any]:
    answer = client.get(address)
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return list(etree.fromstring(answer.content).iter("item"))


def titles(client: Client, address: str) -> list[str]:
    return [item.findtext("title") for item in items(client, address)]


def test_yandex_gets_the_whole_text_without_embeds(client: Client) -> None:
    body = '<h2>О мосте</h2><p>Плита &amp; асфальт</p><figure><img src="/a.jpg"><figcaption>Вид</figcaption></figure>'
    make_article("Мост", lead="Раньше срока.", body=body)
    (item,) = items(client, "/feed/yandex/")
    assert item.findtext(f"{YANDEX}full-text") == "Раньше срока.\n\nО мосте\n\nПлита & асфальт"


def test_yandex_is_told_kind_section_author_and_picture(client: Client) -> None:
    media = make_media()
    make_article(hero=media, category=make_category("Город"), authors=[make_author("Мария Лаптева")], is_opinion=True)
    (item,) = items(client, "/feed/yandex/")
    told = [item.findtext(name) for name in (f"{YANDEX}genre", "category", "author")]
    assert told == ["article", "Город", "Мария Лаптева"]
    assert item.find("enclosure").attrib == {
        "url": f"http://127.0.0.1:8000{media.url}",
        "length": str(media.size),
        "type": "image/jpeg",
    }


def test_dzen_is_told_how_to_treat_a_story(client: Client) -> None:
    Distribution(zen_draft=True, zen_index=False, zen_comments="comment-none").save()
    article = make_article()
    (item,) = items(client, "/feed/zen/")
    flags = [each.text for each in item.iter("category")]
    assert flags == ["native-draft", "format-article", "noindex", "comment-none"]
    assert item.findtext(RATING) == "nonadult"
    assert item.findtext("guid") == f"http://127.0.0.1:8000/news/{article.pk}/"
    assert item.findtext("pdalink") == f"http://127.0.0.1:8000{article.get_absolute_url()}"
    assert item.findtext("pubDate").endswith("+0300")


def test_dzen_gets_its_own_tags_alone() -> None:
    html = '<p id="a"><strong>Мост</strong> <em lang="ru">сдан</em><sub>2</sub></p><aside><p>Врезка</p></aside>'
    assert zen_text(html, {}) == "<p><b>Мост</b> <i>сдан</i>2</p><p>Врезка</p>"


def test_dzen_gets_pictures_that_are_wide_enough(client: Client) -> None:
    wide, narrow = make_media(content=make_picture(800, 450)), make_media(content=make_picture(400, 300))
    body = "".join(f'<figure><img src="{m.url}" data-media="{m.pk}"></figure>' for m in (wide, narrow))
    make_article(hero=narrow, body=f"<p>Мост</p>{body}")
    (item,) = items(client, "/feed/zen/")
    assert [each.get("url") for each in item.iter("enclosure")] == [f"http://127.0.0.1:8000{wide.url}"]
    text = item.findtext(f"{CONTENT}encoded")
    assert wide.url in text
    assert narrow.url not in text
    assert text.count("<figure>") == 1


@pytest.mark.parametrize("address", FEEDS)
def test_advertisements_adult_and_kept_stories_are_left_out(client: Client, address: str) -> None:
    make_article("Окна", sponsor_name="ООО «Окна»")
    make_article("Взрослым", age_mark="18+")
    make_article("Не отдавать", no_aggregators=True)
    make_article("Не для поиска", noindex=True)
    make_article("Мост", age_mark="16+")
    assert titles(client, address) == ["Мост"]


@pytest.mark.parametrize("address", FEEDS)
def test_a_site_for_adults_gives_only_what_is_marked_otherwise(client: Client, address: str) -> None:
    SiteSettings(age_mark="18+").save()
    make_article("Без знака")
    make_article("Мост", age_mark="12+")
    assert titles(client, address) == ["Мост"]


@pytest.mark.parametrize("address", FEEDS)
def test_only_stories_of_the_last_days_are_given(client: Client, address: str) -> None:
    now = timezone.now()
    make_article("Старая", at=now - timedelta(days=3, minutes=1))
    make_article("Завтрашняя", at=now + timedelta(days=1))
    make_article("Свежая", at=now - timedelta(days=2))
    make_article("English", language="en")
    assert titles(client, address) == ["Свежая"]


def test_a_story_leaves_the_feed_when_it_is_old(client: Client) -> None:
    at = timezone.now() - timedelta(days=2)
    make_article(at=at)
    with holes_aside() as render:
        client.get("/feed/zen/")
    assert render.changes_at == at + timedelta(days=3)


@pytest.mark.parametrize(("address", "switch"), [("/feed/yandex/", "yandex_feed"), ("/feed/zen/", "zen_feed")])
def test_a_feed_that_is_switched_off_is_not_there(client: Client, address: str, switch: str) -> None:
    assert client.get(address).status_code == 200
    Distribution(**{switch: False}).save()
    assert client.get(address).status_code == 404


def test_yandex_gets_no_more_than_it_takes(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.distribution.aggregators.MOST_BYTES", 10_000)
    for number in range(4):
        make_article(f"Мост {number}", body=f"<p>{'м' * 1_500}</p>")
    assert titles(client, "/feed/yandex/") == ["Мост 3", "Мост 2"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("", []),
        ('<p><a href="https://rutube.ru/video/1/">https://rutube.ru/video/1/</a></p><p>Мост</p>', ["Мост"]),
        ("<ul><li>Раз</li><li>Два</li></ul>", ["Раз", "Два"]),
        ("<table><tbody><tr><td>Хлеб</td><td>40 ₽</td></tr></tbody></table>", ["Хлеб 40 ₽"]),
        ('<p>До</p><video src="/a.mp4">Нет видео</video><p>После<br>всего</p>', ["До", "После всего"]),
    ],
)
def test_plain_paragraphs_have_the_words_and_no_players(body: str, found: list[str]) -> None:
    assert paragraphs(body) == found


@pytest.mark.parametrize("address", FEEDS)
def test_it_stays_readable_whatever_a_story_holds(client: Client, address: str) -> None:
    for character in ("\x0b", "]]>", "<![CDATA[", "&nbsp;", "\ufffe"):
        make_article(f"Мост{character}", lead=character, body=f"<p>Плита{character}</p>")
    assert len(items(client, address)) == 5


@pytest.mark.parametrize("address", FEEDS)
def test_it_takes_no_more_queries_than_before(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    media: Media = make_media()
    body = f'<figure><img src="{media.url}" data-media="{media.pk}"></figure>'
    for title in ("Один", "Два", "Три"):
        make_article(title, category=make_category(title), authors=[make_author(title)], tags=[title], body=body)
    with holes_aside(), django_assert_num_queries(10):
        client.get(address)

"""What stands around the text of an article: the order of it all, who wrote it, what was updated."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from articles import publishing
from articles.content import Content, Signature
from articles.models import Article, Update
from tests.ads.bookings import make_creative, make_flight
from tests.factories import make_article, make_author, make_category, make_comment, make_media, make_source

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 11, 22, 9, 40, tzinfo=UTC)  # 12:40 in Moscow


def story_on(client: Client, article: Article) -> str:
    page = client.get(article.get_absolute_url()).text
    return page[page.index('<article class="story"') :]


def publish_update(article: Article, note: str, at: datetime) -> None:
    publishing.publish(article, article.revisions.get(), by=None, update_note=note, now=at)


def test_it_shows_the_parts_of_a_story_in_their_order(client: Client) -> None:
    make_flight(make_creative(), slots=("article-top", "in-text", "article-bottom"))
    category = make_category("Экономика")
    make_article("Прежняя новость", category=category)
    article = make_article(
        "Мост сдали",
        category=category,
        kicker="Новый мост",
        lead="Раньше срока.",
        authors=[make_author("Мария Лаптева", bio_ru="Пишет о городе.", photo=make_media("maria.jpg"))],
        hero=make_media(caption="Вид с берега", credit="Илья Соснин"),
        sources=[make_source("пресс-служба")],
        tags=["мосты"],
        body="".join(f"<p>Абзац {number}.</p>" for number in range(8)),
    )
    publish_update(article, "добавлена смета", article.publish_at or MOMENT)
    article.corrections.create(text="Длина моста 412 метров.")
    make_article("Похожая новость", tags=["мосты"])
    make_comment(article, "Наконец-то.")
    parts = [
        "Экономика", "Новый мост", "<h1>Мост сдали</h1>", "Раньше срока.", 'class="avatar"', "Мария Лаптева",
        'class="hash-tags"', "добавлена смета", 'data-ad="article-top"', 'class="hero"', "Вид с берега", "Илья Соснин",
        "Абзац 0.", 'data-ad="in-text"', "Абзац 7.", 'data-ad="article-bottom"', "пресс-служба", "Длина моста 412",
        'class="tags"', 'class="share"', 'class="author-box"', "Прежняя новость", "Похожая новость", "Наконец-то.",
    ]  # fmt: skip
    story = story_on(client, article)
    places = [story.index(part) for part in parts]
    assert places == sorted(places)


def test_it_shows_the_first_words_before_the_ad_where_there_is_no_lead(client: Client) -> None:
    make_flight(make_creative(), slots=("article-top",))
    story = story_on(
        client, make_article(body="<p>Движение открыли.</p><h2>Сроки</h2><p>Декабрь.</p>", hero=make_media())
    )
    places = [story.index(part) for part in ("Движение открыли.", 'data-ad="article-top"', 'class="hero"', "Сроки")]
    assert places == sorted(places)


def test_it_names_each_author_with_what_they_did(client: Client) -> None:
    anna, ilya = make_author("Анна Серова", name_en="Anna Serova"), make_author("Илья Соснин", name_en="Ilya Sosnin")
    signed = [Signature(anna.pk), Signature(ilya.pk), Signature(ilya.pk, "photo"), Signature(anna.pk, "translation")]
    told = {}
    for language in ("ru", "en"):
        draft = publishing.start(Content(language=language, title="Bridge", authors=signed), by=None)
        story = story_on(client, publishing.publish(draft, draft.revisions.get(), by=None))
        authors = re.search(r'<ul class="authors">.*?</ul>', story, re.DOTALL)
        assert authors
        told[language] = " ".join(re.sub(r"<[^>]+>", "", authors[0]).split())
    assert told["ru"] == "Текст: Анна Серова, Илья Соснин Фото: Илья Соснин Перевод: Анна Серова"
    assert told["en"] == "By Anna Serova, Ilya Sosnin Photo: Ilya Sosnin Translation: Anna Serova"


def test_it_introduces_an_author_once_with_what_there_is_to_say(client: Client) -> None:
    author = make_author(role_ru="Корреспондент", bio_ru="Пишет о городе.", email="anna@example.com")
    box = story_on(client, make_article(authors=[author])).split('class="author-box"')
    assert len(box) == 2
    for part in ("Корреспондент", "Пишет о городе.", "mailto:anna@example.com", author.get_absolute_url()):
        assert part in box[1]


def test_it_says_when_and_how_a_story_was_updated(client: Client) -> None:
    article = make_article(at=MOMENT)
    publish_update(article, "добавлен комментарий мэрии", MOMENT + timedelta(hours=2))
    story = story_on(client, article)
    assert re.search(r"<b>Обновлено в <time [^>]+>14:40</time></b>: добавлен комментарий мэрии", story)
    assert "<details>" not in story


def test_it_keeps_every_earlier_update_in_a_list(client: Client) -> None:
    article = make_article(at=MOMENT, language="en")
    for hours, note in ((1, "route added"), (2, "map added"), (30, "cost added")):
        publish_update(article, note, MOMENT + timedelta(hours=hours))
    story = story_on(client, article)
    assert re.search(r"<b>Updated <time [^>]+>23 November 2026, 18:40</time></b>: cost added", story)
    assert "2 earlier updates" in story
    assert re.search(r"map added.+route added", story, re.DOTALL)


def test_it_says_nothing_of_an_update_without_a_note(client: Client) -> None:
    article = make_article(at=MOMENT)
    publish_update(article, "", MOMENT + timedelta(hours=2))
    assert 'class="updates"' not in story_on(client, article)


def test_it_shows_the_update_before_when_the_newest_is_taken_back(client: Client) -> None:
    article = make_article(at=MOMENT)
    for hours, note in ((1, "добавлен маршрут"), (2, "добавлена карта")):
        publish_update(article, note, MOMENT + timedelta(hours=hours))
    Update.objects.get(note="добавлена карта").delete()
    article.refresh_from_db()
    assert (article.update_note, article.updated_at) == ("добавлен маршрут", MOMENT + timedelta(hours=1))
    Update.objects.get().delete()
    article.refresh_from_db()
    assert (article.update_note, article.updated_at) == ("", None)

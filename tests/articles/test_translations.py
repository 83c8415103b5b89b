"""An article in two languages: what readers are offered, and how editors link, part and begin translations."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from articles import publishing, translations
from articles.models import Article, Tag
from lib.pagecache.rendering import Render, rendering
from portal.models import FrontZone, Menu, MenuItem, Page, TickerItem
from tests.factories import make_article, make_author, make_category, make_content, make_draft, make_media, make_source
from tests.harness.pages import holes_aside
from tests.sheets import newest, press, sheet

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def address(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/translations/"


def pair() -> tuple[Article, Article]:
    russian, english = make_article("Мост"), make_article("Bridge", language="en")
    translations.link(russian, english)
    return Article.objects.get(pk=russian.pk), Article.objects.get(pk=english.pk)


def test_it_links_two_stories_and_parts_them(erins: Client, client: Client) -> None:
    russian, english = make_article("Мост"), make_article("Bridge", language="en")
    assertContains(erins.get(address(russian)), "Bridge")
    erins.post(address(russian), {"act": "link", "other": english.pk})
    assertContains(client.get(russian.get_absolute_url()), english.get_absolute_url())
    assertContains(erins.get(sheet(english)), "Мост")
    erins.post(address(russian), {"act": "unlink", "other": english.pk})
    assertNotContains(client.get(russian.get_absolute_url()), english.get_absolute_url())


def test_it_begins_a_translation_with_the_text(erins: Client, erin: User) -> None:
    category, author, hero, source = make_category(), make_author(), make_media(), make_source()
    article = make_article(
        "Мост", category=category, authors=[author], hero=hero, sources=[source], tags=["мосты"], seo_title="Мост!"
    )
    answer = erins.post(address(article), {"act": "start", "language": "en"})
    draft = Article.objects.exclude(pk=article.pk).get()
    content = newest(draft).content
    assert answer["Location"] == sheet(draft)
    assert (content.language, content.title, content.body) == ("en", "Мост", newest(article).content.body)
    assert (content.category, content.hero, content.authors[0].author) == (category.pk, hero.pk, author.pk)
    assert (content.tags, content.seo_title, draft.state, draft.created_by) == ([], "", "draft", erin)
    assert translations.linked(article) == [draft]


def test_it_shows_no_draft_of_a_translation_to_readers(client: Client) -> None:
    article = make_article("Мост")
    translations.start(article, "en", by=None)
    assertNotContains(client.get(article.get_absolute_url()), 'hreflang="en" href="http')


def test_it_offers_only_what_can_be_linked(erins: Client) -> None:
    article = make_article("Мост")
    pair()
    make_draft("Bridge to come", language="en")
    binned = make_article("Bridge gone", language="en")
    publishing.move_to_bin(binned)
    offered = [line.title for line in erins.get(address(article), {"q": "bridge"}).context["offered"]]
    assert offered == ["Bridge to come"]
    assert erins.get(address(article), {"q": "паром"}).context["offered"] == []


@pytest.mark.parametrize("other", ["taken", "same", "binned", "itself"])
def test_it_refuses_with_a_reason(erins: Client, other: str) -> None:
    article = make_article("Мост")
    binned = make_article("Gone", language="en")
    publishing.move_to_bin(binned)
    wanted = {"taken": pair()[1], "same": make_article("Река"), "binned": binned, "itself": article}[other]
    answer = erins.post(address(article), {"act": "link", "other": wanted.pk})
    assert answer.status_code == 409
    assert [str(message) for message in answer.context["messages"]][0]
    assert translations.linked(article) == []


def test_it_begins_no_second_translation(erins: Client) -> None:
    russian, _english = pair()
    assert erins.post(address(russian), {"act": "start", "language": "en"}).status_code == 409
    assert Article.objects.count() == 2


def test_it_keeps_one_article_of_a_language_in_the_database() -> None:
    russian, other = make_article("Мост"), make_article("Река")
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=other.pk).update(translation_group=russian.translation_group)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"act": "link", "other": "9" * 40}, 404),
        ({"act": "link", "other": "\0"}, 404),
        ({"act": "link"}, 404),
        ({"act": "start", "language": "de"}, 404),
        ({"act": "burn"}, 400),
        ({}, 400),
    ],
)
def test_it_answers_what_makes_no_sense_with_an_error(erins: Client, sent: dict[str, str], status: int) -> None:
    assert erins.post(address(make_article()), sent).status_code == status


def test_it_lets_only_those_link_who_may_change_articles(monas: Client, mona: User) -> None:
    russian, english = make_article("Мост"), make_article("Bridge", language="en")
    assert monas.post(address(russian), {"act": "link", "other": english.pk}).status_code == 403
    assert translations.linked(russian) == []


def test_it_makes_room_for_a_new_translation_when_the_old_one_is_in_the_bin() -> None:
    russian, english = pair()
    publishing.move_to_bin(english)
    draft = translations.start(russian, "en", by=None)
    assert translations.linked(russian) == [draft]
    publishing.take_out_of_bin(Article.objects.get(pk=english.pk))
    assert translations.linked(russian) == [draft]


def test_it_does_not_change_the_language_into_that_of_the_translation(erins: Client) -> None:
    russian, _english = pair()
    answer = press(erins, russian, "save", language="en", title="Мост")
    assert "Bridge" in answer.context["form"].errors["language"][0]


def test_it_leaves_its_translations_when_an_older_language_is_published() -> None:
    russian, _english = pair()
    revision = publishing.save(russian, make_content("Bridge again", language="en"), by=None)
    publishing.publish(russian, revision, by=None)
    russian.refresh_from_db()
    assert (russian.language, translations.linked(russian)) == ("en", [])


def test_it_knows_a_draft_by_the_language_it_is_written_in(erins: Client) -> None:
    draft = make_draft("Bridge")
    press(erins, draft, "save", language="en", title="Bridge")
    draft.refresh_from_db()
    assert draft.language == "en"


def test_it_marks_a_translation_whose_original_was_changed_later(erins: Client) -> None:
    russian, english = pair()
    assert translations.lagging([russian, english]) == set()
    publishing.save(russian, make_content("Мост открыт"), by=None)
    assert translations.lagging([russian]) == {english.pk}
    assert [line.lags for line in lines_of(erins)] == [False, True]
    publishing.save(english, make_content("Bridge opened", language="en"), by=None)
    assert translations.lagging([english]) == set()


def lines_of(erins: Client) -> list[Any]:
    return [article.line for article in erins.get("/admin/articles/article/").context["cl"].result_list]


# What readers see of it


def switch(client: Client, path: str) -> str:
    """Returns where the language switch of a page leads."""
    return (
        client.get(path)
        .text.partition('<ul class="top-links">')[2]
        .rpartition(" lang=")[0]
        .rpartition('href="')[2][:-1]
    )


def test_it_switches_to_the_same_page_in_the_other_language(client: Client) -> None:
    category = make_category("Город")
    russian, english = pair()
    make_article("Трамвай", category=category, tags=["трамвай"])
    make_article("Tram", category=category, language="en")
    for language in ("ru", "en"):
        Page.objects.create(language=language, path="about", title=language)
    leads = {path: switch(client, path) for path in (russian.get_absolute_url(), "/category/gorod/", "/about/", "/")}
    assert list(leads.values()) == [english.get_absolute_url(), "/en/category/gorod/", "/en/about/", "/en/"]
    assert switch(client, "/en/category/gorod/") == "/category/gorod/"


def test_it_switches_to_the_front_page_where_there_is_no_such_page(client: Client) -> None:
    article = make_article("Трамвай", category=make_category("Город"), tags=["трамвай"])
    Page.objects.create(language="ru", path="about", title="О нас")
    for path in (article.get_absolute_url(), "/category/gorod/", "/tag/tramvay/", "/about/", "/news/"):
        assert switch(client, path) == "/en/"
        assertNotContains(client.get(path), '<link rel="alternate" hreflang')


@pytest.mark.parametrize("path", ["", "category/gorod/", "news/", "tag/tramvay/", "author/mariya-lapteva/"])
def test_it_names_a_list_in_both_languages_where_both_have_stories(client: Client, path: str) -> None:
    fields: dict[str, Any] = {"category": make_category("Город"), "tags": ["трамвай"], "authors": [make_author()]}
    make_article("Трамвай", **fields)
    assertNotContains(client.get(f"/{path}"), '<link rel="alternate" hreflang')
    make_article("Tram", language="en", **fields)
    for page in (f"/{path}", f"/en/{path}"):
        assertContains(client.get(page), f'hreflang="ru" href="http://127.0.0.1:8000/{path}"')
        assertContains(client.get(page), f'hreflang="en" href="http://127.0.0.1:8000/en/{path}"')


def test_it_keeps_a_stored_list_when_the_other_language_gets_a_story(client: Client) -> None:
    category = make_category("Город")
    make_article("Трамвай", category=category)
    oldest = make_article("Tram", category=category, language="en", at=NOW - timedelta(days=1))
    with rendering(Render(began_at=NOW, holes=[])) as render:
        client.get("/category/gorod/")
    news = make_article("Tram again", category=category, language="en")
    assert not render.tags & {f"article:{news.pk}", *news.relist()}
    assert f"article:{oldest.pk}" in render.tags


def test_it_notices_the_first_story_in_the_other_language(client: Client) -> None:
    category = make_category("Город")
    make_article("Трамвай", category=category)
    coming = make_article("Tram", category=category, language="en", at=NOW + timedelta(hours=1))
    with rendering(Render(began_at=NOW, holes=[])) as render:
        client.get("/category/gorod/")
    assert render.tags & coming.relist()
    assert render.changes_at == coming.publish_at


LISTS = ["/", "/news/", "/category/gorod/", "/author/mariya-lapteva/", "/archive/", "/feed/", "/category/gorod/feed/"]


@pytest.mark.parametrize("path", [*LISTS, "/author/mariya-lapteva/feed/", "/2026/11/01/", "/2026/11/"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_it_shows_nothing_of_one_language_in_the_other(client: Client, prefix: str, path: str) -> None:
    fields: dict[str, Any] = {"category": make_category("Город"), "authors": [make_author()], "is_opinion": True}
    at = datetime(2026, 11, 1, 12, tzinfo=UTC)
    for title, language in (("Трамвай", "ru"), ("Tramway", "en")):
        make_article(title, language=language, at=at, tags=["общее"], **fields)
    own, other = ("Tramway", "Трамвай") if prefix else ("Трамвай", "Tramway")
    html = client.get(prefix + path).text
    assert other not in html
    assert own in html


def test_it_keeps_menus_ticker_and_search_to_their_language(client: Client) -> None:
    for language, word in (("ru", "Трамвай"), ("en", "Tramway")):
        make_article(f"{word} search", language=language)
        FrontZone.objects.get_or_create(language=language, kind=FrontZone.Kind.LEAD, defaults={"size": 1})
        TickerItem.objects.create(language=language, text=f"{word} ticker")
        menu = Menu.objects.create(place="main", language=language)
        MenuItem.objects.create(menu=menu, url="/x/", label=f"{word} menu")
    html = client.get("/en/").text + client.get("/en/search/?q=search").text
    assert "Трамвай" not in html
    assert all(f"Tramway {each}" in html for each in ("ticker", "menu", "search"))


def test_it_says_the_same_of_a_tag_in_two_languages(client: Client) -> None:
    make_article("Мост", tags=["мосты"])
    assert client.get("/en/tag/mosty/").status_code == 404
    make_article("Bridge", tags=["мосты"], language="en")
    assertNotContains(client.get("/en/tag/mosty/"), "Мост<")
    assert Tag.objects.count() == 1


def test_it_asks_no_more_for_a_page_of_translations_however_many_there_are(erins: Client) -> None:
    article = make_article("Мост")
    for number in range(15):
        make_article(f"Bridge {number}", language="en")
    with holes_aside():
        assert len(erins.get(address(article)).context["offered"]) == 12

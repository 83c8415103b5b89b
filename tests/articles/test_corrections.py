"""Corrections: the page and the feed of them, and how an editor adds one."""

import re
from datetime import UTC, datetime, timedelta
from urllib.request import urlopen

import feedparser
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles import publishing
from articles.models import Article, Correction, Update
from tests.factories import make_article, make_draft
from tests.harness.pages import holes_aside
from tests.sheets import sheet

pytestmark = pytest.mark.django_db


def correct(article: Article, text: str, *, hours: float = -1, kind: str = "correction") -> Correction:
    return Correction.objects.create(
        article=article, text=text, kind=kind, published_at=timezone.now() + timedelta(hours=hours)
    )


def page(client: Client, address: str = "/corrections/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def test_it_lists_every_kind_the_newest_first_with_the_way_to_the_story(client: Client) -> None:
    article = make_article("Мост сдали")
    told = {"correction": "412 м", "clarification": "По проекту", "retraction": "Неправда", "reply": "Ответ завода"}
    corrections = [correct(article, told[kind], kind=kind, hours=-number) for number, kind in enumerate(told, 1)]
    html = page(client)
    places = [html.index(text) for text in told.values()]
    assert places == sorted(places)
    for word in ("Исправление", "Уточнение", "Опровержение", "Ответ</b>"):
        assert word in html
    assert f"{article.get_absolute_url()}#correction-{corrections[0].pk}" in html
    assert f'id="correction-{corrections[0].pk}"' in page(client, article.get_absolute_url())


def test_it_keeps_the_languages_apart(client: Client) -> None:
    correct(make_article(), "По-русски")
    correct(make_article("Bridge", language="en"), "In English")
    russian, english = page(client), page(client, "/en/corrections/")
    assert ("По-русски" in russian, "In English" in russian) == (True, False)
    assert ("По-русски" in english, "In English" in english) == (False, True)


def test_it_pages_by_a_cursor(client: Client) -> None:
    article = make_article()
    at = timezone.now() - timedelta(days=1)
    for number in range(25):
        Correction.objects.create(article=article, text=f"Поправка {number:02}.", published_at=at)
    first = page(client)
    assert ("Поправка 24." in first, "Поправка 05." in first, "Поправка 04." in first) == (True, True, False)
    older = first.split('href="?before=')[1].split('"')[0]
    second = page(client, f"/corrections/?before={older}")
    assert ("Поправка 05." in second, "Поправка 04." in second, "Поправка 00." in second) == (False, True, True)


@pytest.mark.parametrize("before", ["", "x", "1-1", "9" * 40, "-1", "0-0"])
def test_it_answers_404_past_the_end_and_for_what_is_no_cursor(client: Client, before: str) -> None:
    assert client.get("/corrections/", {"before": before}).status_code == 404


def test_it_lets_nothing_leak_before_its_time_or_of_a_story_that_readers_do_not_see(client: Client) -> None:
    coming, article = make_article(at=timezone.now() + timedelta(days=1)), make_article()
    correct(article, "Тайна будущая", hours=1)
    correct(coming, "Тайна рассказа")
    correct(make_draft(), "Тайна черновика")
    correct(publishing.withdraw(make_article()), "Тайна снятого")
    for address in ("/corrections/", "/corrections/feed/", article.get_absolute_url(), "/feed/", "/news/"):
        assert "Тайна" not in page(client, address)


def test_it_has_a_feed(client: Client) -> None:
    correction = correct(make_article("Мост & река"), "Длина <b> 412 м.", kind="clarification")
    correct(make_article("Bridge", language="en"), "In English")
    parsed = feedparser.parse(client.get("/corrections/feed/").content)
    assert not parsed.bozo
    (entry,) = parsed.entries
    assert entry.title == "Уточнение: Мост & река"
    assert entry.link.endswith(f"#correction-{correction.pk}")
    assert "412 м." in entry.summary


def test_it_has_a_json_feed_whose_text_is_html(client: Client) -> None:
    correction = correct(make_article("Мост & река"), "Длина <b> 412 м.", kind="clarification")
    answer = client.get("/corrections/feed/json/")
    told = answer.json()
    (item,) = told["items"]
    assert answer["Content-Type"].startswith("application/feed+json")
    assert told["feed_url"].endswith("/corrections/feed/json/")
    assert item["title"] == "Уточнение: Мост & река"
    assert item["url"].endswith(f"#correction-{correction.pk}")
    assert item["content_html"] == "<p>Длина &lt;b&gt; 412 м.</p>"


def test_it_is_linked_from_every_page(client: Client) -> None:
    assert 'href="/corrections/"' in page(client, "/news/")
    assert 'href="/en/corrections/"' in page(client, "/en/news/")
    assert 'href="/corrections/feed/"' in page(client)


def test_it_takes_as_many_queries_for_many_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        correct(make_article(), f"Поправка {number}.")
    with holes_aside(), django_assert_num_queries(5):
        client.get("/corrections/")


def test_it_is_current_as_soon_as_something_changes(site: str) -> None:
    def shown() -> tuple[bool, bool]:
        with urlopen(f"{site}/corrections/") as answer:  # noqa: S310  # of this test's own site
            html = answer.read().decode()
        return "Первая" in html, "Вторая" in html

    article = make_article()
    correct(article, "Первая")
    assert shown() == (True, False)
    second = correct(make_article("Другая"), "Вторая")
    assert shown() == (True, True)
    second.delete()
    publishing.withdraw(article)
    assert shown() == (False, False)
    publishing.publish(article, article.revisions.get(number=1), by=None)
    assert shown() == (True, False)


# On the desk


def test_it_is_added_from_the_sheet_of_the_story_and_leads_back_there(erins: Client) -> None:
    article = make_article()
    add = f"/admin/articles/correction/add/?article={article.pk}"
    assert add in erins.get(sheet(article)).text
    assert f'<option value="{article.pk}" selected' in erins.get(add).text
    assert "delete_id_article" not in erins.get(add).text, "a story is not put away beside its correction"
    now = timezone.localtime()
    sent = {"article": article.pk, "kind": "clarification", "text": "Длина 412 м."}
    sent |= {"published_at_0": f"{now:%Y-%m-%d}", "published_at_1": f"{now:%H:%M:%S}"}
    answer = erins.post(add, sent)
    assert answer.headers["Location"] == sheet(article)
    correction = article.corrections.get()
    assert (correction.kind, correction.text) == ("clarification", "Длина 412 м.")
    assert f"/admin/articles/correction/{correction.pk}/change/" in erins.get(sheet(article)).text


def test_it_writes_days_and_times_in_the_list_as_everywhere(erins: Client) -> None:
    for day in (4, 5):
        Correction.objects.create(
            article=make_article(), text="Тест", published_at=datetime(2025, 3, day, 5, 5, tzinfo=UTC)
        )
    html = page(erins, "/admin/articles/correction/")
    assert "5 марта 2025, 08:05" in html
    assert re.search(r"^\s*5 марта\s*$|>5 марта<", html, re.M)


def test_it_lets_nobody_correct_who_may_only_write(walts: Client) -> None:
    article = make_article()
    assert "correction/add/" not in walts.get(sheet(article)).text
    assert walts.get(f"/admin/articles/correction/add/?article={article.pk}").status_code == 403


@pytest.mark.parametrize("article", ["x", "0", "9" * 30, "%00"])
def test_it_offers_an_empty_form_for_a_story_that_does_not_exist(erins: Client, article: str) -> None:
    assert erins.get(f"/admin/articles/correction/add/?article={article}").status_code in {200, 400}


def test_it_lets_an_editor_mend_the_words_of_an_update_and_take_it_back(erins: Client) -> None:
    article = make_article()
    publishing.publish(article, article.revisions.get(), by=None, update_note="добвлена карта")
    update = Update.objects.get()
    address = f"/admin/articles/update/{update.pk}"
    assert f"{address}/change/" in erins.get(sheet(article)).text
    erins.post(f"{address}/change/", {"note": "добавлена карта"})
    article.refresh_from_db()
    assert article.update_note == "добавлена карта"
    erins.post(f"{address}/delete/", {"post": "yes"})
    article.refresh_from_db()
    assert (article.updated_at, article.update_note) == (None, "")

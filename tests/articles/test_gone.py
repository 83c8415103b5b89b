"""Stories that are gone: what their page says, who decides that, and where it may lead instead."""

import urllib.request
from datetime import timedelta
from http.client import HTTPConnection
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.gone import Parting
from articles.models import Article, State
from tests.factories import make_article, make_category, make_draft

pytestmark = pytest.mark.django_db


def fetch(address: str) -> tuple[int, str, str]:
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 (the site of the test)
            return answer.status, answer.headers["X-Cache"], answer.read().decode()
    except HTTPError as error:
        return error.code, error.headers["X-Cache"], error.read().decode()


def test_it_keeps_to_itself_what_was_withdrawn_and_why(client: Client) -> None:
    article = publishing.withdraw(make_article("Мост рухнул"))
    answer = client.get(article.get_absolute_url())
    assert (answer.status_code, answer.headers["X-Robots-Tag"]) == (410, "noindex")
    assert "Мост рухнул" not in answer.text
    assert "Редакция сняла" in answer.text


def test_it_tells_readers_what_the_editor_wrote(client: Client) -> None:
    parting = Parting("Сведения не подтвердились.", shows_title=True)
    article = publishing.withdraw(make_article("Мост рухнул"), parting=parting)
    page = client.get(article.get_absolute_url()).text
    assert ("Мост рухнул" in page, "Сведения не подтвердились." in page, "Редакция сняла" in page) == (
        True,
        True,
        False,
    )


def test_it_speaks_the_language_of_the_address(client: Client) -> None:
    article = publishing.withdraw(make_article("A bridge", language="en"))
    assert "The newsroom has taken this story off the site." in client.get(article.get_absolute_url()).text


def test_it_escapes_what_the_editor_wrote(client: Client) -> None:
    article = publishing.withdraw(make_article(), parting=Parting("<script>alert(1)</script>"))
    assert "<script>alert" not in client.get(article.get_absolute_url()).text


def test_it_leads_to_the_story_in_its_place(client: Client) -> None:
    other = make_article("Мост цел")
    article = publishing.withdraw(make_article("Мост рухнул"), parting=Parting(replaced_by=other))
    answer = client.get(article.get_absolute_url())
    assert (answer.status_code, answer.headers["Location"]) == (301, other.get_absolute_url())
    assert answer.headers["Cache-Control"] == "no-cache"


def test_it_leads_on_while_one_story_replaces_another(client: Client) -> None:
    last = make_article("Третья")
    middle = publishing.withdraw(make_article("Вторая"), parting=Parting(replaced_by=last))
    first = publishing.withdraw(make_article("Первая"), parting=Parting(replaced_by=middle))
    assert client.get(first.get_absolute_url()).headers["Location"] == last.get_absolute_url()


def test_it_leads_in_no_circle(client: Client) -> None:
    one, other = make_article("Первая"), make_article("Вторая")
    publishing.withdraw(one, parting=Parting(replaced_by=other))
    publishing.withdraw(other, parting=Parting(replaced_by=one))
    assert client.get(one.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("hours", [-2, 2])
def test_it_does_not_lead_to_what_readers_do_not_see(client: Client, hours: int) -> None:
    now = timezone.now()
    other = make_article(at=now + timedelta(hours=1)) if hours > 0 else publishing.withdraw(make_article())
    article = publishing.withdraw(make_article(), parting=Parting(replaced_by=other))
    answer = client.get(article.get_absolute_url())
    assert answer.status_code == 410
    assert other.slug not in answer.text


def test_it_is_gone_by_the_clock_too(client: Client) -> None:
    article = make_article(at=timezone.now() - timedelta(days=2), until=timezone.now() - timedelta(days=1))
    publishing.tell_gone(article, Parting("Опрос закончился."))
    answer = client.get(article.get_absolute_url())
    assert (answer.status_code, "Опрос закончился." in answer.text) == (410, True)


def test_it_is_stored_and_changes_at_once(site: str) -> None:
    article = publishing.withdraw(make_article())
    address = site + article.get_absolute_url()
    assert [fetch(address)[:2] for _ in range(2)] == [(410, "miss"), (410, "hit")]
    publishing.tell_gone(article, Parting("Ошиблись домом."))
    status, cache, page = fetch(address)
    assert (status, cache, "Ошиблись домом." in page) == (410, "miss", True)
    publishing.publish(article, article.revisions.first(), by=None)  # type: ignore[arg-type]
    assert fetch(address)[0] == 200


def test_it_is_asked_for_again_by_browsers_that_found_it_gone_or_were_led_on(site: str) -> None:
    article = make_article()
    for status in (301, 410):
        line = HTTPConnection(urlsplit(site).netloc)
        line.request("GET", f"/news/{article.pk}/earlier/")
        answer = line.getresponse()
        assert (answer.status, answer.headers["Cache-Control"]) == (status, "no-cache")
        line.close()
        publishing.withdraw(article)


def test_it_stores_no_page_at_an_address_that_anybody_can_make_up(site: str) -> None:
    article = publishing.withdraw(make_article())
    assert [fetch(f"{site}/news/{article.pk}/made-up/")[:2] for _ in range(2)] == [(410, "bypass")] * 2


def test_it_answers_whole_although_a_browser_says_that_it_has_the_page(site: str) -> None:
    article = publishing.withdraw(make_article())
    request = urllib.request.Request(site + article.get_absolute_url(), headers={"If-None-Match": "*"})  # noqa: S310
    for _ in range(2):
        with pytest.raises(HTTPError, match="410"):
            urllib.request.urlopen(request)  # noqa: S310


# The desk


def test_it_asks_what_readers_are_told(erins: Client, client: Client) -> None:
    article = make_article(category=make_category())
    address = f"/admin/articles/article/{article.pk}/withdraw/"
    assert 'name="note"' in erins.get(address).text
    erins.post(address, {"note": " Ошибка. ", "shows_title": "on", "replaced_by": ""})
    article.refresh_from_db()
    assert (article.state, article.gone_note, article.gone_shows_title) == (State.WITHDRAWN, "Ошибка.", True)
    assert "Ошибка." in erins.get(f"/admin/articles/article/{article.pk}/change/").text


def test_it_changes_later_what_readers_are_told(erins: Client) -> None:
    article, other = publishing.withdraw(make_article(category=make_category())), make_article("Мост цел")
    erins.post(f"/admin/articles/article/{article.pk}/gone/", {"note": "Опечатка", "replaced_by": f"№ {other.pk}"})
    article.refresh_from_db()
    assert (article.gone_note, article.gone_shows_title, article.replaced_by) == ("Опечатка", False, other)


@pytest.mark.parametrize("name", ["draft", "itself", "nothing"])
def test_it_refuses_to_lead_to_what_is_not_there(erins: Client, name: str) -> None:
    article = make_article(category=make_category())
    names = {"draft": f"№ {make_draft().pk}", "itself": f"№ {article.pk}", "nothing": "Такой нет"}
    answer = erins.post(f"/admin/articles/article/{article.pk}/withdraw/", {"note": "!", "replaced_by": names[name]})
    assert answer.context["form"].errors["replaced_by"]
    assert Article.objects.get(pk=article.pk).state == State.PUBLISHED


@pytest.mark.parametrize("act", ["gone", "withdraw"])
def test_it_is_for_those_who_may_publish(walts: Client, act: str) -> None:
    article = make_article(category=make_category())
    if act == "gone":
        publishing.withdraw(article)
    assert walts.post(f"/admin/articles/article/{article.pk}/{act}/", {"note": "!"}).status_code == 403
    assert Article.objects.get().gone_note == ""


def test_it_has_nothing_to_tell_of_what_was_never_there(erins: Client) -> None:
    article = make_draft(category=make_category())
    answer = erins.get(f"/admin/articles/article/{article.pk}/gone/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/admin/articles/article/{article.pk}/change/")

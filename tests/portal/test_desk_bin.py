"""«Bin»: everything that lies there on one screen, the way back, and emptying it."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Article, Author, Media, Remit
from portal.models import Page
from tests.factories import make_article, make_author, make_category, make_draft, make_media

pytestmark = pytest.mark.django_db
BIN = "/admin/bin/"


@pytest.fixture
def chief(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chief", password="chief-chief-chief"))
    return client


def binned(found: Author | Media | Page, days: int = 0) -> None:
    found.move_to_bin(timezone.now() - timedelta(days=days))


def test_it_shows_what_lies_in_the_bin_and_who_put_it_there(chief: Client) -> None:
    author, story = make_author("Пётр Обухов"), make_article("Мост закрыт")
    chief.post(f"/admin/articles/author/{author.pk}/delete/", {"post": "yes"})
    publishing.move_to_bin(story)
    page = chief.get(BIN).content.decode()
    assert "Пётр Обухов" in page and "Мост закрыт" in page and "chief" in page


def test_it_takes_things_out(chief: Client) -> None:
    author = make_author()
    binned(author)
    response = chief.post(f"/admin/articles/author/{author.pk}/restore/", {"back": "bin"}, follow=True)
    assert "Корзина пуста." in response.content.decode()
    assert not Author.objects.get().in_bin


def test_it_is_empty_at_first(chief: Client) -> None:
    assert "Корзина пуста." in chief.get(BIN).content.decode()


def test_it_deletes_for_good_what_has_lain_long_enough(chief: Client) -> None:
    old, new = make_author("Старый"), make_author("Новый")
    binned(old, days=31)
    binned(new, days=29)
    assert "Удалено навсегда: 1 объект." in chief.post(BIN, {"older": "30"}, follow=True).content.decode()
    assert Author.objects.get() == new


def test_it_keeps_what_is_still_needed(chief: Client) -> None:
    picture = make_media()
    binned(picture, days=31)
    story = make_article(hero=picture)
    Article.objects.filter(pk=story.pk).update(hero=picture)
    assert "ещё нужен" in chief.post(BIN, {"older": "30"}, follow=True).content.decode()
    assert Media.objects.exists()


@pytest.mark.parametrize("older", ["", "0", "-1", "29", "9" * 30, "x", "30\0"])
def test_it_refuses_other_ages(chief: Client, older: str) -> None:
    assert chief.post(BIN, {"older": older}).status_code == 400


def test_it_lets_only_administrators_empty_it(erins: Client) -> None:
    author = make_author()
    binned(author, days=31)
    assert erins.post(BIN, {"older": "30"}).status_code == 403
    assert 'name="older"' not in erins.get(BIN).content.decode()
    assert Author.objects.exists()


def test_it_asks_a_section_editor_no_more_questions_for_more_stories(sams: Client, sam: User) -> None:
    town, asked = make_category(), []
    Remit.objects.create(user=sam, category=town)
    sam.user_permissions.add(Permission.objects.get(codename="delete_article"))
    for _more in range(2):
        for _story in range(3):
            publishing.move_to_bin(make_draft(category=town))
        with CaptureQueriesContext(connection) as queries:
            assert "restore" in sams.get(BIN).text
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_it_is_not_there_for_who_may_see_nothing_of_it(monas: Client) -> None:
    assert monas.get(BIN).status_code == 403
    assert BIN not in monas.get("/admin/").content.decode()


def test_it_takes_nothing_out_that_is_not_in_it(chief: Client) -> None:
    author = make_author()
    chief.post(f"/admin/articles/author/{author.pk}/restore/")
    assert not LogEntry.objects.exists()


def test_it_asks_no_more_questions_for_more_things(chief: Client) -> None:
    binned(make_author("Первый"))
    chief.get(BIN)  # what a process asks for once
    with CaptureQueriesContext(connection) as few:
        chief.get(BIN)
    for number in range(15):
        binned(make_author(f"Автор {number}"))
    with CaptureQueriesContext(connection) as many:
        chief.get(BIN)
    assert len(many) == len(few)

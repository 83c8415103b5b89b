"""Previews: on the desk, and by links for people outside the newsroom."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.models import Article, PreviewLink, Revision
from tests.factories import make_article, make_category, make_content, make_draft, make_media, make_picture
from tests.sheets import newest


def desk(article: Article, rest: str) -> str:
    return f"/admin/articles/article/{article.pk}/{rest}/"


def make_link(browser: Client, article: Article, term: str = "1d") -> str:
    """Makes a link as an editor does, and returns its path."""
    answer = browser.post(desk(article, "preview-links"), {"for_whom": "Юрист", "term": term}, follow=True)
    address: str = answer.context["made"]
    assert address
    return "/preview/" + address.rsplit("/", 2)[1] + "/"


def test_it_shows_an_outsider_exactly_this_revision(erins: Client) -> None:
    article = make_draft("Мост строят", category=make_category())
    address = make_link(erins, article)
    publishing.save(article, make_content("Мост достроили"), by=None)
    page = Client().get(address)
    assert page.status_code == 200
    assert "Мост строят" in page.text
    assert "Не для публикации" in page.text


def test_it_is_kept_from_caches_search_engines_and_other_sites(erins: Client) -> None:
    page = Client().get(make_link(erins, make_draft("Тайный мост")))
    assert "no-store" in page.headers["Cache-Control"]
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert 'content="noindex' in page.text
    head = page.text.split("</head>")[0]
    assert "Тайный мост" not in head


def test_it_offers_an_outsider_nothing_that_readers_do(erins: Client) -> None:
    page = Client().get(make_link(erins, make_draft())).text
    assert not any(mark in page for mark in ("data-read", "comment-form", "/typo/", "t.me/share", "data-ad="))


def test_it_is_known_to_no_list_of_the_site(erins: Client) -> None:
    token = make_link(erins, make_draft("Тайный мост")).split("/")[2]
    for address in ("/", "/news/", "/sitemap.xml", "/feed/", "/robots.txt", "/search/?q=тайный"):
        assert token not in Client().get(address).text


def test_it_keeps_only_a_hash_of_the_link(erins: Client) -> None:
    token = make_link(erins, make_draft()).split("/")[2]
    stored = PreviewLink.objects.values().get()
    assert token not in str(stored)
    assert len(stored["token_hash"]) == 64


def test_it_shows_the_link_once(erins: Client) -> None:
    article = make_draft()
    make_link(erins, article)
    assert erins.get(desk(article, "look")).context["made"] == ""


@pytest.mark.parametrize(("term", "span"), [("1h", timedelta(hours=1)), ("7d", timedelta(days=7))])
def test_it_ends_when_its_time_is_over(erins: Client, term: str, span: timedelta) -> None:
    address = make_link(erins, make_draft("Мост"), term)
    made = PreviewLink.objects.get().created_at
    with time_machine.travel(made + span - timedelta(seconds=5), tick=False):
        assert Client().get(address).status_code == 200
    with time_machine.travel(made + span, tick=False):
        page = Client().get(address)
    assert page.status_code == 410
    assert "no-store" in page.headers["Cache-Control"]


def test_it_ends_when_it_is_revoked(erins: Client, erin: User) -> None:
    article = make_draft("Мост")
    address = make_link(erins, article)
    erins.post(desk(article, f"preview-links/{PreviewLink.objects.get().pk}/revoke"))
    page = Client().get(address)
    assert page.status_code == 410
    assert "Мост" not in page.text
    assert PreviewLink.objects.get().revoked_by == erin


def test_it_ends_in_the_bin(erins: Client) -> None:
    article = make_draft()
    address = make_link(erins, article)
    publishing.move_to_bin(article)
    assert Client().get(address).status_code == 410


@pytest.mark.parametrize("token", ["x", "a" * 32, "a" * 500, "%00" * 32, "ж" * 32, "..%2f"])
def test_it_knows_no_other_link(db: None, token: str) -> None:
    assert Client().get(f"/preview/{token}/").status_code == 404


def test_it_takes_no_post(erins: Client) -> None:
    assert Client().post(make_link(erins, make_draft())).status_code == 405


def test_it_waits_for_the_end_of_an_embargo_that_came_after_the_link(erins: Client) -> None:
    article = make_draft("Тайна", category=make_category())
    address = make_link(erins, article)
    until = timezone.now() + timedelta(hours=2)
    publishing.save(article, make_content("Тайна", embargo_until=until.isoformat()), by=None)
    assert Client().get(address).status_code == 403
    publishing.lift_embargo(article, "Договорились", by=None)
    assert Client().get(address).status_code == 200


def test_it_waits_for_the_end_of_an_embargo(erins: Client) -> None:
    until = timezone.now() + timedelta(hours=2)
    article = make_draft("Тайна", embargo_until=until.isoformat())
    address = make_link(erins, article)
    page = Client().get(address)
    assert page.status_code == 403
    assert "Тайна" not in page.text
    assert erins.get(desk(article, "look")).context["warnings"]
    with time_machine.travel(until + timedelta(minutes=1), tick=False):
        assert Client().get(address).status_code == 200


def test_it_warns_of_a_scheduled_story(erins: Client) -> None:
    article = make_article(at=timezone.now() + timedelta(days=1))
    assert len(erins.get(desk(article, "look")).context["warnings"]) == 1
    assert Client().get(make_link(erins, article)).status_code == 200


def test_it_counts_who_opened_it_but_not_the_newsroom_itself(erins: Client) -> None:
    address = make_link(erins, make_draft())
    Client(headers={"user-agent": "Mozilla/5.0"}).get(address)
    erins.get(address, headers={"user-agent": "Mozilla/5.0"})
    Client(headers={"user-agent": "TelegramBot"}).get(address)
    link = PreviewLink.objects.get()
    assert (link.opened, link.last_opened_at is not None) == (1, True)


def test_it_holds_what_was_autosaved_when_the_link_was_made(erins: Client, erin: User) -> None:
    article = make_draft("Мост")
    publishing.save(article, make_content("Набросок"), by=erin, kind=Revision.Kind.AUTOSAVE)
    address = make_link(erins, article)
    publishing.save(article, make_content("Дальше"), by=erin, kind=Revision.Kind.AUTOSAVE)
    assert "Набросок" in Client().get(address).text


@pytest.mark.parametrize("sent", [{}, {"for_whom": "Юрист", "term": "9y"}, {"for_whom": "", "term": "1d"}])
def test_it_asks_for_whom_and_how_long(erins: Client, sent: dict[str, str]) -> None:
    assert erins.post(desk(make_draft(), "preview-links"), sent).status_code == 400
    assert not PreviewLink.objects.exists()


def test_it_lets_only_those_make_links_who_may_write(walts: Client, monas: Client) -> None:
    article = make_draft()
    assert walts.post(desk(article, "preview-links"), {"for_whom": "я", "term": "1d"}).status_code == 403
    assert monas.get(desk(article, "look")).status_code == 403


def test_it_lets_only_those_revoke_who_may_write(erins: Client, walt: User) -> None:
    article = make_draft()
    make_link(erins, article)
    other = Client()
    other.force_login(walt)
    address = desk(article, f"preview-links/{PreviewLink.objects.get().pk}/revoke")
    assert other.post(address).status_code == 403
    assert erins.post(desk(make_draft(), f"preview-links/{PreviewLink.objects.get().pk}/revoke")).status_code == 404
    assert PreviewLink.objects.get().revoked_at is None


def test_it_goes_with_its_article_when_that_is_deleted_for_good(erins: Client) -> None:
    article = make_draft()
    make_link(erins, article)
    article.delete()
    assert not PreviewLink.objects.exists()


def test_it_lets_only_the_desk_put_a_preview_into_a_frame(erins: Client) -> None:
    article = make_draft()
    page = erins.get(desk(article, "preview"))
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert "frame-src 'self'" in erins.get(desk(article, "look")).headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in Client().get("/").headers["Content-Security-Policy"]


def test_it_marks_the_places_of_ads(erins: Client) -> None:
    assert "Место рекламы" in erins.get(desk(make_draft(), "preview")).text


def cards(browser: Client, **fields: Any) -> str:
    return str(browser.get(desk(make_draft(**fields), "look")).context["cards"])


def test_it_shows_the_cards_with_the_words_that_the_page_tells(erins: Client) -> None:
    page = cards(erins, title="Мост", seo_title="Мост открыт", seo_description="Коротко о мосте", hero=make_media())
    assert page.count("Мост открыт") == 4
    assert page.count("Коротко о мосте") == 3
    assert page.count("<img") == 2


@pytest.mark.parametrize(
    ("fields", "warning"),
    [({"title": "о" * 90}, "Заголовок обрежется"), ({"title": "Мост"}, "Картинки нет")],
)
def test_it_says_what_is_lost_on_a_card(erins: Client, fields: dict[str, Any], warning: str) -> None:
    assert warning in cards(erins, **fields)


def test_it_says_what_is_lost_in_the_language_of_the_desk(erins: Client) -> None:
    assert "Заголовок обрежется" in cards(erins, title="o" * 90, language="en")


def test_it_says_that_a_picture_is_too_small(erins: Client) -> None:
    small = make_media(content=make_picture(300, 200))
    assert "слишком мала" in cards(erins, hero=small)


def test_it_changes_nothing_by_a_look(erins: Client) -> None:
    article = make_draft(category=make_category())
    before = Article.objects.filter(pk=article.pk).values().get()
    erins.get(desk(article, "look"))
    Client().get(make_link(erins, article))
    assert Article.objects.filter(pk=article.pk).values().get() == before
    assert newest(article).number == 1

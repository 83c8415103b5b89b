"""What the desk answers the text editor: links to choose from, typography, pictures and their words."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles import publishing
from articles.models import Article, Media, State
from articles.search import suggesting
from portal.models import Page
from tests.factories import make_article, make_category, make_draft, make_media, make_picture
from tests.sheets import ADD, sheet, typed

LINKS = "/admin/articles/article/links/"
TYPOGRAPHY = "/admin/articles/article/typography/"
DROP, WORDS = "/admin/articles/media/drop/", "/admin/articles/media/words/"


@pytest.fixture(autouse=True)
def names_anew() -> None:
    suggesting._names.cache_clear()


def found(browser: Client, words: str, **more: str) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = browser.get(LINKS, {"q": words} | more).json()["found"]
    return answer


def test_it_finds_stories_by_any_form_of_their_words(erins: Client) -> None:
    article = make_article("Мосты через Серебрянку сдадут раньше")
    make_article("Парк закрыт")
    for words in ("мост", "МОСТАМИ", "серебрян мос", str(article.pk)):
        assert [each["address"] for each in found(erins, words)] == [article.get_absolute_url()]


def test_it_warns_of_a_story_to_come_and_leaves_out_drafts(erins: Client) -> None:
    make_article("Мост завтра", at=timezone.now() + timedelta(days=1))
    make_draft("Мост в черновике")
    answer = found(erins, "мост")
    assert [each["label"] for each in answer] == ["Мост завтра"]
    assert answer[0]["warning"]


def test_it_finds_pages_categories_and_tags(erins: Client) -> None:
    make_category("Мосты и дороги")
    Page.objects.create(path="bridges", title="О мостах", is_published=True)
    assert {each["address"] for each in found(erins, "мост")} == {"/bridges/", "/category/mosty-i-dorogi/"}


def test_it_asks_few_questions(erins: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(5):
        make_article(f"Мост {number}")
    found(erins, "мост")
    with django_assert_max_num_queries(3 + 4):  # and four for the session, its user and their rights
        found(erins, "мост")


def test_it_answers_nothing_to_nonsense(erins: Client, rita: User) -> None:
    make_article()
    for words in ("", "…", "%", "'\"*", "9" * 9, "ы" * 500):
        assert found(erins, words, language="xx") == []
    rita.is_staff = True
    rita.save()
    erins.force_login(rita)
    assert erins.get(LINKS, {"q": "мост"}).status_code == 403


def test_it_proposes_typography_for_each_field(erins: Client) -> None:
    answer = erins.post(
        TYPOGRAPHY, {"title": '"Мост" - открыт', "lead": "Всё верно.", "body": "<p>Он - там</p>"}
    ).json()
    assert {each["name"]: each["value"] for each in answer["fields"]} == {
        "title": "«Мост»\u00a0— открыт",
        "body": "<p>Он&nbsp;— там</p>",
    }
    assert "<del>" in answer["fields"][0]["html"]
    assert erins.get(TYPOGRAPHY).status_code == 405


def test_it_proposes_typography_to_writers_only(monas: Client) -> None:
    assert monas.post(TYPOGRAPHY, {"title": '"a"'}).status_code == 403


def test_it_proposes_typography_above_the_form_and_saves_nothing(erins: Client) -> None:
    page = erins.post("/admin/articles/article/typeset/", typed(title='"Мост"', lead="- Да")).text
    assert 'name="typography" value="title" checked' in page
    assert "&quot;Мост&quot;</textarea>" in page
    page = erins.post("/admin/articles/article/typeset/", typed(title='"Мост"', lead="- Да", typography="title")).text
    assert "«Мост»</textarea>" in page
    assert ">\n- Да</textarea>" in page
    assert not Article.objects.exists()


def test_it_offers_typography_without_script(walts: Client, walt: User) -> None:
    article = make_draft("Мост", by=walt)
    assert f'formaction="/admin/articles/article/{article.pk}/typeset/"' in walts.get(sheet(article)).text
    assert 'formaction="/admin/articles/article/typeset/"' in walts.get(ADD).text


def test_it_gives_the_text_back_to_who_lost_the_story_before_typography(walts: Client, walt: User) -> None:
    article = make_draft("Мост", by=walt)
    publishing.move_to(article, State.READY, by=None)
    answer = walts.post(f"/admin/articles/article/{article.pk}/typeset/", typed(title='"Мост"', body="<p>Два</p>"))
    assert answer.status_code == 403
    assert "нет права" in answer.text
    assert "&quot;Мост&quot;</textarea>" in answer.text
    assert "&lt;p&gt;Два&lt;/p&gt;</textarea>" in answer.text


def test_it_takes_in_a_dropped_picture(walts: Client) -> None:
    answer = walts.post(DROP, {"file": SimpleUploadedFile("bridge.jpg", make_picture())}).json()["picture"]
    media = Media.objects.get()
    assert (answer["media"], answer["src"], answer["alt"]) == (str(media.pk), media.url, "")


@pytest.mark.parametrize("content", [b"", b"x"])
def test_it_says_why_a_file_is_refused(walts: Client, content: bytes) -> None:
    answer = walts.post(DROP, {"file": SimpleUploadedFile("bridge.jpg", content)})
    assert answer.status_code == 400
    assert answer.json()["refused"]
    assert walts.post(DROP).status_code == 400


def test_it_keeps_the_words_of_a_picture_of_ones_own(walts: Client, walt: User) -> None:
    media = make_media(alt="", credit="", by=walt)
    sent = {"picture": media.pk, "alt": " Мост утром ", "credit": "Фото: Илья Соснин", "caption": ""}
    assert walts.post(WORDS, sent).json()["picture"]["alt"] == "Мост утром"
    assert Media.objects.get().credit == "Фото: Илья Соснин"
    told = walts.get(WORDS, {"media": [str(media.pk), "x", "9" * 40]}).json()["pictures"]
    assert [each["credit"] for each in told] == ["Фото: Илья Соснин"]


def test_it_lets_reporters_describe_only_their_own(walts: Client) -> None:
    media = make_media(alt="", credit="")
    answer = walts.post(WORDS, {"picture": media.pk, "alt": "Мост", "credit": "Соснин"})
    assert (answer.status_code, Media.objects.get().alt) == (403, "")
    assert answer.json()["errors"]["alt"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"alt": ""}, 400),
        ({"credit": " "}, 400),
        ({"alt": "x" * 501}, 400),
        ({"picture": "99"}, 404),
        ({"picture": "x"}, 400),
    ],
)
def test_it_refuses_words_that_are_missing_or_too_long(walts: Client, sent: dict[str, str], status: int) -> None:
    media = make_media(alt="", credit="")
    answer = walts.post(WORDS, {"picture": str(media.pk), "alt": "Мост", "credit": "Соснин"} | sent)
    assert answer.status_code == status
    assert answer.json()["errors"]
    assert Media.objects.get().credit == ""


def test_it_lets_no_stranger_describe_pictures(monas: Client) -> None:
    media = make_media()
    assert monas.get(WORDS).status_code == 403
    assert monas.post(WORDS, {"picture": media.pk, "alt": "x", "credit": "y"}).status_code == 403
    assert monas.post(DROP, {"file": SimpleUploadedFile("a.jpg", make_picture())}).status_code == 403

"""The media library on the desk."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Media
from portal.models import Page, SiteSettings
from tests.factories import FILES, make_article, make_content, make_draft, make_media, make_picture

LIBRARY = "/admin/articles/media/"


def picture(name: str = "bridge.jpg", colour: str = "#2a6f6b") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make_picture(colour=colour))


def told(answer: object) -> str:
    return " ".join(str(message) for message in answer.context["messages"])  # type: ignore[attr-defined]


def change(media: Media, **fields: object) -> dict[str, object]:
    return {"alt": media.alt, "focal_x": media.focal_x, "focal_y": media.focal_y} | fields


def test_it_takes_in_many_files_at_once(erins: Client) -> None:
    erins.post(f"{LIBRARY}upload/", {"files": [picture("a.jpg"), picture("b.jpg", "#803010")]})
    assert {media.original_name for media in Media.objects.all()} == {"a.jpg", "b.jpg"}


def test_it_says_of_each_file_why_it_was_refused(erins: Client) -> None:
    files = [picture("good.jpg"), SimpleUploadedFile("bad.jpg", b"no picture"), SimpleUploadedFile("empty.png", b"")]
    answer = erins.post(f"{LIBRARY}upload/", {"files": files}, follow=True)
    assert Media.objects.get().original_name == "good.jpg"
    assert "«bad.jpg»" in told(answer)
    assert "empty.png" in told(answer)


def test_it_asks_for_a_file_where_there_is_none(erins: Client) -> None:
    assert told(erins.post(f"{LIBRARY}upload/", follow=True))


def test_it_takes_nothing_from_those_without_rights(monas: Client) -> None:
    assert monas.post(f"{LIBRARY}upload/", {"files": picture()}).status_code == 403
    assert monas.get(f"{LIBRARY}picker/").status_code == 403
    assert not Media.objects.exists()


@pytest.mark.parametrize("query", ["МОСТ", "соснин", "bridge"])
def test_it_searches_caption_credit_description_and_name(erins: Client, query: str) -> None:
    found = make_media("bridge.jpg", alt="Мост")
    make_media("park.jpg", alt="Парк", credit="Архив")
    assert list(erins.get(f"{LIBRARY}?q={query}").context["cl"].result_list) == [found]


def test_it_lists_what_is_not_described_or_whose_licence_ends(erins: Client) -> None:
    described = make_media("a.jpg", licence_until=date(2001, 1, 1))
    bare = make_media("b.jpg", alt="")
    assert list(erins.get(f"{LIBRARY}?missing=alt").context["cl"].result_list) == [bare]
    assert list(erins.get(f"{LIBRARY}?licence=ended").context["cl"].result_list) == [described]


def test_it_lists_in_few_queries_however_much_there_is(erins: Client) -> None:
    counts = []
    for names in (["a.jpg"], ["b.jpg", "c.jpg", "d.jpg"]):
        for name in names:
            make_media(name)
        with CaptureQueriesContext(connection) as queries:
            erins.get(LIBRARY)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_it_draws_anew_when_the_focus_moves(erins: Client) -> None:
    media = make_media()
    erins.post(f"{LIBRARY}{media.pk}/change/", change(media, focal_x="0.9"))
    moved = Media.objects.get()
    assert (moved.focal_x, moved.version) == (0.9, media.version + 1)


def test_it_keeps_the_version_when_only_words_change(erins: Client) -> None:
    media = make_media()
    erins.post(f"{LIBRARY}{media.pk}/change/", change(media, alt="Новый мост", caption="Вид сверху"))
    changed = Media.objects.get()
    assert (changed.alt, changed.caption, changed.version) == ("Новый мост", "Вид сверху", media.version)


@pytest.mark.parametrize("focus", ["2", "-1", "nan", "x", "1e400"])
def test_it_refuses_a_focus_outside_of_the_picture(erins: Client, focus: str) -> None:
    media = make_media()
    answer = erins.post(f"{LIBRARY}{media.pk}/change/", change(media, focal_x=focus))
    assert answer.context["adminform"].form.errors["focal_x"]


def test_it_says_where_a_picture_is_used(erins: Client) -> None:
    media = make_media()
    make_article("Мост открыт", hero=media)
    assert "Мост открыт" in erins.get(f"{LIBRARY}{media.pk}/change/").text


def test_it_says_which_unpublished_texts_use_a_picture(erins: Client) -> None:
    media = make_media()
    make_draft("Ещё не вышло", hero=media)
    live = make_article("Вышло")
    body = f'<figure><img src="/a.jpg" alt="" data-media="{media.pk}"></figure>'
    publishing.save(live, make_content("Вышло, но правится", body=body), by=None)
    assert media.uses() == ["«Ещё не вышло»", "«Вышло, но правится»"]
    assert "Ещё не вышло" in erins.get(f"{LIBRARY}{media.pk}/change/").text


@pytest.mark.django_db
def test_it_forgets_what_a_text_no_longer_shows() -> None:
    media = make_media()
    draft = make_draft("Ещё не вышло", hero=media)
    publishing.save(draft, make_content("Ещё не вышло"), by=None)
    assert media.uses() == []


def test_it_keeps_a_picture_of_a_page_and_the_logo(erins: Client) -> None:
    shown, logo, dark, icon = (make_media(f"{name}.jpg") for name in "abcd")
    Page.objects.create(path="about", title="О нас", body=f'<img src="/a.jpg" alt="" data-media="{shown.pk}">')
    SiteSettings.objects.create(logo=logo, logo_dark=dark, icon=icon)
    for media in (shown, logo, dark, icon):
        assert erins.post(f"{LIBRARY}{media.pk}/delete/").status_code == 409


def test_it_deletes_nothing_for_good_that_came_back_into_use(erins: Client) -> None:
    media = make_media(binned_at=timezone.now())
    make_draft("Ещё не вышло", hero=media)
    answer = erins.post(f"{LIBRARY}{media.pk}/delete/", {"for_good": "yes"})
    assert (answer.status_code, Media.objects.count()) == (409, 1)
    assert "Ещё не вышло" in answer.text


def test_it_keeps_what_is_used_out_of_the_bin_and_says_why(erins: Client) -> None:
    media = make_media()
    make_article("Мост открыт", hero=media)
    answer = erins.post(f"{LIBRARY}{media.pk}/delete/", {"post": "yes"})
    assert (answer.status_code, Media.objects.get().in_bin) == (409, False)
    assert "Мост открыт" in answer.text


def test_it_moves_the_unused_to_the_bin(erins: Client) -> None:
    media = make_media()
    erins.post(f"{LIBRARY}{media.pk}/delete/", {"post": "yes"})
    assert Media.objects.get().in_bin
    assert str(media.pk) not in erins.get(f"{LIBRARY}picker/").text


def test_it_offers_pictures_with_what_the_editor_needs(erins: Client) -> None:
    media = make_media()
    page = erins.get(f"{LIBRARY}picker/?q=мост").text
    assert f'data-media="{media.pk}"' in page
    assert 'data-alt="Мост"' in page
    assert f'data-media="{media.pk}"' not in erins.get(f"{LIBRARY}picker/?q=парк").text


def test_it_takes_in_files_within_the_picker(erins: Client) -> None:
    page = erins.post(f"{LIBRARY}picker/upload/", {"files": [picture(), SimpleUploadedFile("bad.jpg", b"x")]}).text
    assert f'data-media="{Media.objects.get().pk}"' in page
    assert "bad.jpg" in page


def test_it_offers_files_apart_from_pictures(erins: Client) -> None:
    image, sound = make_media(), make_media("bell.mp3", caption="Колокол <ратуши>")
    files, pictures = (erins.get(f"{LIBRARY}picker/?kind={kind}").text for kind in ("file", "image"))
    assert f'data-media="{sound.pk}" data-src="{sound.url}" data-caption="Колокол &lt;ратуши&gt;"' in files
    assert f'data-media="{image.pk}"' not in files
    assert f'data-media="{sound.pk}"' not in pictures
    assert "bell.mp3" in erins.get(f"{LIBRARY}picker/?kind=file&q=колокол").text
    assert "bell.mp3" not in erins.get(f"{LIBRARY}picker/?kind=file&q=парк").text


def test_it_takes_in_a_file_within_the_picker_and_shows_it(erins: Client) -> None:
    upload = {"files": [SimpleUploadedFile("bell.mp3", FILES[".mp3"])]}
    assert "bell.mp3" in erins.post(f"{LIBRARY}picker/upload/?kind=file", upload).text


def test_it_adds_files_in_the_library_itself(erins: Client) -> None:
    assert erins.get(f"{LIBRARY}add/").headers["Location"] == LIBRARY

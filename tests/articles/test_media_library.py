"""The media library: finding, describing, changing many, where things are used, licences."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db.models.signals import pre_save
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django.fixtures import Settings

from articles import publishing
from articles.media_uses import lookalikes, shown_in
from articles.models import Article, Media, MediaUse
from articles.uploads import take_in
from portal.models import SiteSettings
from tests.factories import FILES, make_article, make_content, make_draft, make_media, make_picture

pytestmark = pytest.mark.django_db

LIBRARY = "/admin/articles/media/"
JSON: dict[str, Any] = {"headers": {"Accept": "application/json"}}


def file(name: str = "a.jpg", colour: str = "teal") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, FILES.get(name[-4:]) or make_picture(colour=colour))


def found(browser: Client, query: str) -> list[Media]:
    return list(browser.get(f"{LIBRARY}?{query}").context["cl"].result_list)


def gradient(width: int = 320, height: int = 200, quality: int = 90) -> bytes:
    """Returns a picture that looks like no plain surface."""
    image = Image.linear_gradient("L").rotate(37, fillcolor=90).resize((width, height))
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


# Uploading and describing


def test_it_answers_a_script_for_each_file(erins: Client) -> None:
    taken = erins.post(f"{LIBRARY}upload/", {"files": file()}, **JSON).json()
    assert taken["taken"][0]["address"] == f"{LIBRARY}{Media.objects.get().pk}/change/"
    refused = erins.post(f"{LIBRARY}upload/", {"files": SimpleUploadedFile("x.svg", b"<svg/>")}, **JSON).json()
    assert "SVG" in refused["refused"][0]["reason"]


def test_it_keeps_nothing_of_a_file_that_is_too_large(erins: Client, settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    large = SimpleUploadedFile("large.pdf", b"%PDF" + bytes(3 * 1024 * 1024))
    answer = erins.post(f"{LIBRARY}upload/", {"files": [large, file()]}, **JSON).json()
    assert "1 МБ" in answer["refused"][0]["reason"]
    assert answer["taken"][0]["title"] == "a.jpg"


def test_it_offers_what_is_there_instead_of_a_second_one(erins: Client) -> None:
    there = take_in(file("first.jpg"))
    answer = erins.post(f"{LIBRARY}upload/", {"files": file("again.jpg")}, **JSON).json()
    assert answer["known"][0]["key"] == there.pk
    assert Media.objects.count() == 1
    erins.post(f"{LIBRARY}upload/", {"files": file("again.jpg"), "again": "1"}, **JSON)
    assert Media.objects.count() == 2


def test_it_links_to_what_is_there_without_a_script(erins: Client) -> None:
    there = take_in(file())
    page = erins.post(f"{LIBRARY}upload/", {"files": file()}, follow=True).text
    assert f'href="{LIBRARY}{there.pk}/change/"' in page


def test_it_describes_the_new_ones_together(erins: Client) -> None:
    new = [make_media(f"{n}.jpg", alt="", credit="") for n in "ab"]
    address = f"{LIBRARY}describe/?media={new[0].pk}&media={new[1].pk}"
    assert erins.get(address).status_code == 200
    typed = {"shared-credit": "Архив", "shared-tag_names": "мост, Река", f"{new[1].pk}-credit": "Илья Соснин"}
    typed |= {f"{media.pk}-alt": f"Вид {number}" for number, media in enumerate(new)}
    erins.post(address, typed)
    first, second = Media.objects.order_by("pk")
    assert (first.alt, first.credit, second.credit) == ("Вид 0", "Архив", "Илья Соснин")
    assert [str(tag) for tag in first.tags.all()] == ["мост", "Река"]


@pytest.mark.parametrize("query", ["", "media=x", "media=999", f"media={'9' * 30}"])
def test_it_has_nothing_to_describe(erins: Client, query: str) -> None:
    assert erins.get(f"{LIBRARY}describe/?{query}").status_code == 200


def test_it_keeps_what_was_typed_when_a_description_is_refused(erins: Client) -> None:
    media = make_media()
    assert "я" * 501 in erins.post(f"{LIBRARY}describe/?media={media.pk}", {f"{media.pk}-alt": "я" * 501}).text
    assert Media.objects.get().alt == media.alt


# Finding


@pytest.mark.parametrize("words", ["СОСНИНА", "мосты", "ёлка", "Елка", "bridge", "архив+мост"])
def test_it_finds_any_form_of_a_word_in_any_case(erins: Client, words: str) -> None:
    wanted = make_media("bridge.jpg", alt="Мост и ёлка", credit="Соснин, архив")
    make_media("park.jpg", alt="Парк", credit="Ольга")
    assert found(erins, f"q={words}") == [wanted]


def test_it_finds_by_tag(erins: Client) -> None:
    media, _other = make_media("a.jpg", alt="Вид"), make_media("b.jpg", alt="Парк")
    media.tag(["Мосты"])
    assert found(erins, "tag=мосты") == [media]
    assert found(erins, "q=мостов") == [media]


def test_it_narrows_down(erins: Client, erin: User) -> None:
    wide = make_media("wide.jpg", content=make_picture(2000, 900), by=erin, licence_until=timezone.localdate())
    tall = make_media("tall.jpg", content=make_picture(300, 900), alt="", credit="")
    sound = make_media("bell.mp3")
    month = timezone.localdate().strftime("%Y-%m")
    assert found(erins, "kind=audio") == [sound]
    assert found(erins, "shape=tall") == [tall]
    assert found(erins, "size=large") == [wide]
    assert found(erins, f"by={erin.pk}") == [wide]
    assert found(erins, "licence=week") == [wide]
    assert found(erins, "missing=credit") == [tall]
    assert found(erins, f"month={month}&order=old") == [wide, tall, sound]
    assert found(erins, "order=large")[0] == wide


@pytest.mark.parametrize(
    "query",
    ["kind=x", "by=x", "by=99999999999999999999", "month=2026-99", "month=x", "order=x", "view=x", "p=x", "tag=%00"],
)
def test_it_takes_no_harm_from_odd_filters(erins: Client, query: str) -> None:
    assert erins.get(f"{LIBRARY}?{query}").status_code in {200, 400}


def test_it_remembers_the_list(erins: Client) -> None:
    make_media()
    assert "library-table" in erins.get(f"{LIBRARY}?view=list").text
    assert "library-table" in erins.get(LIBRARY).text


# Where things are used


def test_it_knows_what_is_used_nowhere(erins: Client) -> None:
    hero, within, drafted, logo, unused = (make_media(f"{n}.jpg") for n in "abcde")
    body = f'<figure><img src="/a.jpg" alt="" data-media="{within.pk}"></figure>'
    make_article("Вышло", hero=hero, body=body)
    make_draft("Ещё не вышло", hero=drafted)
    SiteSettings.objects.create(logo=logo)
    assert found(erins, "use=unused") == [unused]
    for media in (hero, within, drafted, logo):
        assert media.uses()
    assert unused.uses() == []


def test_it_counts_uses_as_a_look_at_every_newest_revision_would() -> None:
    media = [make_media(f"{n}.jpg") for n in "abc"]
    first, second = make_article("Один", hero=media[0]), make_draft("Два", hero=media[1])
    publishing.save(first, make_content("Один", hero=media[2]), by=None)
    publishing.save(second, make_content("Два"), by=None)
    third = make_article("Три", hero=media[0])
    publishing.restore(third, third.revisions.get(), by=None)
    newest = {each.pk: each.revisions.newest() for each in Article.objects.all()}
    scanned = {(pk, key) for pk, revision in newest.items() if revision for key in shown_in(revision.content)}
    assert set(MediaUse.objects.values_list("article", "media")) == scanned
    MediaUse.objects.all().delete()
    call_command("review_media", "--pause=0")
    assert set(MediaUse.objects.values_list("article", "media")) == scanned


def test_it_leads_from_a_picture_to_where_it_stands(erins: Client) -> None:
    media = make_media()
    article = make_article("Мост открыт", hero=media)
    page = erins.get(f"{LIBRARY}{media.pk}/change/").text
    assert f'href="/admin/articles/article/{article.pk}/change/"' in page
    assert f'href="{article.get_absolute_url()}"' in page


def test_it_shows_twins_and_lookalikes(erins: Client) -> None:
    one, other = make_media("a.jpg", content=gradient()), make_media("b.jpg", content=gradient(640, 400, 60))
    make_media("c.jpg")
    assert lookalikes(one) == [other]
    assert f"№ {other.pk}" in erins.get(f"{LIBRARY}{one.pk}/change/").text
    twins = [make_media(f"{n}.pdf") for n in "xy"]
    assert set(twins) <= set(found(erins, "use=twins"))


# Many at once


@pytest.mark.parametrize("view", ["grid", "list"])
def test_it_offers_to_change_many_or_to_bin_them(erins: Client, walt: User, view: str) -> None:
    make_media()
    page = erins.get(f"{LIBRARY}?view={view}").text
    assert f'formaction="{LIBRARY}bulk/"' in page
    assert f'formaction="{LIBRARY}bulk/bin/"' in page
    erins.force_login(walt)
    assert f'formaction="{LIBRARY}bulk/bin/"' not in erins.get(f"{LIBRARY}?view={view}").text


def test_it_changes_many_and_takes_it_back(erins: Client) -> None:
    media = [make_media(f"{n}.jpg", credit="Старый") for n in "ab"]
    chosen = {"chosen": [each.pk for each in media]}
    assert erins.post(f"{LIBRARY}bulk/", chosen).status_code == 200
    erins.post(f"{LIBRARY}bulk/", chosen | {"confirmed": "1", "shared-credit": "Архив", "shared-tag_names": "мост"})
    assert set(Media.objects.values_list("credit", flat=True)) == {"Архив"}
    assert found(erins, "tag=мост") == media[::-1]
    Media.objects.filter(pk=media[0].pk).update(credit="Ещё новее")
    told = erins.post(f"{LIBRARY}bulk/undo/", follow=True).text
    assert "Изменены с тех пор и оставлены как есть: 1." in told
    assert [each.credit for each in Media.objects.order_by("pk")] == ["Ещё новее", "Старый"]
    assert found(erins, "tag=мост") == [media[0]]


def test_it_empties_a_field_only_when_told_so(erins: Client) -> None:
    media = make_media(licence_until=date(2030, 1, 1))
    typed = {"chosen": media.pk, "confirmed": "1"}
    assert erins.post(f"{LIBRARY}bulk/", typed).context["form"].non_field_errors()
    erins.post(f"{LIBRARY}bulk/", typed | {"shared-clear": "licence_until"})
    assert Media.objects.get().licence_until is None


@pytest.mark.parametrize("act", ["bulk/", "bulk/bin/", "bulk/undo/"])
def test_it_changes_nothing_that_was_not_chosen(erins: Client, act: str) -> None:
    make_media()
    assert erins.post(f"{LIBRARY}{act}", {"chosen": ["x", "9" * 40], "confirmed": "1"}).status_code == 302
    assert not Media.objects.get().in_bin


def test_it_bins_many_but_those_in_use(erins: Client) -> None:
    used, free = make_media("a.jpg"), make_media("b.jpg")
    make_article("Мост открыт", hero=used)
    chosen = {"chosen": [used.pk, free.pk]}
    assert "Мост открыт" in erins.post(f"{LIBRARY}bulk/bin/", chosen).text
    erins.post(f"{LIBRARY}bulk/bin/", chosen | {"confirmed": "1"})
    assert [each.in_bin for each in Media.objects.order_by("pk")] == [False, True]


def test_it_lets_only_those_change_who_may(monas: Client, mona: User) -> None:
    media = make_media()
    for act in ("bulk/", "bulk/bin/", "bulk/undo/", "upload/", f"{media.pk}/replace/", "describe/", "licences/"):
        assert monas.post(f"{LIBRARY}{act}", {"chosen": media.pk}).status_code == 403
    assert monas.get(f"{LIBRARY}licences/").status_code == 403


# Licences


def test_it_lists_whose_licence_ends_with_the_stories_to_act_on(erins: Client) -> None:
    today = timezone.localdate()
    ended = make_media("a.jpg", alt="Старый мост", licence_until=today - timedelta(days=1))
    make_media("b.jpg", alt="Скоро", licence_until=today + timedelta(days=5))
    make_media("c.jpg", alt="Позже", licence_until=today + timedelta(days=20))
    make_media("d.jpg", alt="Нигде", licence_until=today - timedelta(days=9))
    article = make_article("Мост открыт", hero=ended)
    answer = erins.get(f"{LIBRARY}licences/")
    shown = [[str(row.media) for row in group.rows] for group in answer.context["groups"]]
    assert shown == [["Старый мост"], ["Скоро"], ["Позже"], ["Нигде"]]
    assert f'href="/admin/articles/article/{article.pk}/change/"' in answer.text


def test_it_tells_of_licences_on_today(erins: Client) -> None:
    media = make_media(alt="Старый мост", licence_until=timezone.localdate() - timedelta(days=1))
    assert "Старый мост" not in erins.get("/admin/").text
    make_article("Мост открыт", hero=media)
    assert "Старый мост" in erins.get("/admin/").text


def test_it_extends_a_licence(erins: Client) -> None:
    media = make_media(licence_until=date(2020, 1, 1))
    erins.post(f"{LIBRARY}licences/", {"key": media.pk, "until": "2040-01-01"})
    assert Media.objects.get().licence_until == date(2040, 1, 1)
    for typed in ({"key": media.pk, "until": "x"}, {"key": "x"}, {}, {"key": 999}):
        assert erins.post(f"{LIBRARY}licences/", typed).status_code == 302
    assert Media.objects.get().licence_until == date(2040, 1, 1)


def test_it_offers_reporters_to_extend_the_licences_of_their_own_pictures_alone(walts: Client, walt: User) -> None:
    anothers = make_media(licence_until=date(2020, 1, 1))
    own = make_media("b.jpg", content=make_picture(colour="#123456"), by=walt, licence_until=date(2020, 1, 1))
    page = walts.get(f"{LIBRARY}licences/").text
    assert f'id="until-{own.pk}"' in page and f'id="until-{anothers.pk}"' not in page
    assert walts.post(f"{LIBRARY}licences/", {"key": anothers.pk, "until": "2040-01-01"}).status_code == 403


@pytest.mark.parametrize("address", ["describe/?media={0}", "{0}/change/"])
def test_it_keeps_the_sizes_that_were_drawn_while_a_picture_was_described(erins: Client, address: str) -> None:
    media = make_media()

    def drawn(instance: Media, **signal: Any) -> None:
        Media.objects.filter(pk=instance.pk).update(renditions={"full": {"jpeg": [320]}})

    pre_save.connect(drawn, Media)
    said = {"alt": "Мост", "focal_x": 0.5, "focal_y": 0.5, f"{media.pk}-alt": "Мост"}
    erins.post(f"{LIBRARY}{address.format(media.pk)}", said)
    pre_save.disconnect(drawn, Media)
    assert Media.objects.get().renditions


def test_it_asks_for_the_focus_of_pictures_alone(erins: Client) -> None:
    picture, paper = make_media(), make_media("report.pdf")
    assert 'name="focal_x"' in erins.get(f"/admin/articles/media/{picture.pk}/change/").text
    assert 'name="focal_x"' not in erins.get(f"/admin/articles/media/{paper.pk}/change/").text
    erins.post(f"/admin/articles/media/{paper.pk}/change/", {"alt": "Доклад"})
    assert Media.objects.get(pk=paper.pk).alt == "Доклад"

"""The files of the media library: another one under the same address, earlier ones, and how each is served."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from articles.models import Media
from articles.pictures import draw_renditions
from articles.uploads import replace
from portal.models import SiteSettings
from tests.articles.test_media_hostile import moving
from tests.articles.test_media_library import LIBRARY, file
from tests.articles.test_uploads import Commit
from tests.factories import FILES, make_article, make_author, make_media, make_picture

pytestmark = pytest.mark.django_db


def test_it_shows_the_new_file_at_once(erins: Client, django_capture_on_commit_callbacks: Commit) -> None:
    media = make_media(alt="Мост", focal_x=0.8)
    draw_renditions.func(media.pk)
    media.refresh_from_db()
    old, old_size = media.url, default_storage.url(media.rendition_path("16x9", 320, "jpeg"))
    article = make_article("Мост открыт", hero=media)
    with django_capture_on_commit_callbacks(execute=True):
        erins.post(f"{LIBRARY}{media.pk}/replace/", {"file": file("новый.png", "red")})
    media.refresh_from_db()
    assert (media.version, media.alt, media.focal_x, media.original_name) == (2, "Мост", 0.8, "новый.png")
    page = erins.get(article.get_absolute_url()).text
    assert f"/media/{media.token}/v2/" in page
    assert f"/media/{media.token}/v1/" not in page
    for address in (old, old_size, media.lasting_url):
        answer = erins.get(address)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (302, "no-cache")
        assert answer.headers["Location"].startswith(f"/media/{media.token}/v2/")


def test_it_brings_an_earlier_file_back(django_capture_on_commit_callbacks: Commit, erin: User, erins: Client) -> None:
    media = make_media("plan.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        replace(media, SimpleUploadedFile("plan-2.pdf", b"%PDF-1.7 new %%EOF"), by=erin)
    kept = media.versions.get()
    assert str(kept.file.name).partition("/")[0] != media.token
    with django_capture_on_commit_callbacks(execute=True):
        told = erins.post(f"{LIBRARY}{media.pk}/replace/{kept.number}/", follow=True).text
    assert "Теперь читатели видят его." in told
    media.refresh_from_db()
    with media.file.open("rb") as present:
        assert present.read() == FILES[".pdf"]
    assert (media.original_name, media.versions.count(), media.version) == ("plan.pdf", 2, 3)


@pytest.mark.parametrize(
    ("name", "content"),
    [("plan.pdf", FILES[".pdf"]), ("bad.jpg", b"<svg/>"), ("same.jpg", make_picture()), ("bomb.gif", moving(1_100, 8))],
)
def test_it_keeps_the_file_when_another_does_not_fit(erins: Client, name: str, content: bytes) -> None:
    media = make_media()
    answer = erins.post(f"{LIBRARY}{media.pk}/replace/", {"file": SimpleUploadedFile(name, content)}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    media.refresh_from_db()
    assert (media.version, media.versions.count()) == (1, 0)


def test_it_lets_a_reporter_replace_only_what_readers_do_not_see(walts: Client, walt: User) -> None:
    free, shown = (make_media(f"{n}.jpg", by=walt) for n in "ab")
    make_article("Мост открыт", hero=shown)
    assert walts.post(f"{LIBRARY}{shown.pk}/replace/", {"file": file()}).status_code == 403
    assert walts.post(f"{LIBRARY}{free.pk}/replace/", {"file": file()}).status_code == 302
    assert Media.objects.get(pk=free.pk).version == 2


def test_it_lets_a_reporter_replace_nothing_that_the_site_itself_or_a_scheduled_story_shows(
    walts: Client, walt: User
) -> None:
    coming, face, logo = (make_media(f"{n}.jpg", by=walt) for n in "abc")
    make_article(hero=coming, at=timezone.now() + timedelta(days=1))
    make_author(photo=face)
    SiteSettings.objects.create(logo=logo)
    for media in (coming, face, logo):
        assert walts.post(f"{LIBRARY}{media.pk}/replace/", {"file": file()}).status_code == 403


def test_it_leaves_no_earlier_file_of_what_is_deleted_for_good(django_capture_on_commit_callbacks: Commit) -> None:
    media = make_media()
    with django_capture_on_commit_callbacks(execute=True):
        replace(media, file("b.jpg", "red"), by=None)
    kept = str(media.versions.get().file.name)
    with django_capture_on_commit_callbacks(execute=True):
        media.delete()
    assert not default_storage.exists(kept)


@pytest.mark.parametrize("rest", ["v1/full-².jpeg", "v1/" + "a" * 300, "v1/" + "a/" * 3000])
def test_it_answers_404_to_addresses_of_files_that_cannot_be(client: Client, rest: str) -> None:
    assert client.get(f"/media/{make_media().token}/{rest}").status_code == 404


def test_it_serves_files_so_that_they_do_no_harm(client: Client) -> None:
    picture, document = client.get(make_media().url), client.get(make_media("plan.pdf").url)
    for answer in (picture, document):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        answer.close()
    assert (document.headers["Content-Disposition"], document.headers["Cache-Control"]) == ("attachment", "no-cache")
    assert "immutable" in picture.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["x", f"{'a' * 16}/", f"{'a' * 16}/v1/x.jpg", "../settings.py", f"{'a' * 16}/v{'9' * 20}/x"]
)
def test_it_leads_nowhere_from_an_address_it_never_gave(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}").status_code in {400, 404}

"""What goes into the media library, and what is refused with a reason."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import product

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image, ImageSequence
from pytest_django.fixtures import Settings

from articles import uploads
from articles.models import Media
from articles.pictures import draw_renditions
from articles.uploads import Refused, take_in
from lib.images import Picture, clean_picture
from tests.factories import FILES, make_media, make_picture

pytestmark = pytest.mark.django_db


Commit = Callable[..., AbstractContextManager[object]]


def upload(name: str, content: bytes) -> Media:
    return take_in(ContentFile(content, name=name))


def test_it_stores_a_picture_under_an_address_nobody_can_guess() -> None:
    media = make_media("Мост ночью.JPG")
    assert media.file.name == f"{media.token}/v1/most-nochyu.jpg"
    assert (media.width, media.height, media.content_type) == (800, 450, "image/jpeg")
    assert len(media.token) == 16


def test_it_removes_where_a_picture_was_taken() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (55.0, 45.0, 7.0)  # GPS latitude
    exif[0x010F] = "Camera"
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20)).save(buffer, "JPEG", exif=exif)
    media = upload("a.jpg", buffer.getvalue())
    with media.file.open("rb") as file, Image.open(file) as stored:
        assert dict(stored.getexif()) == {}


TRACES = (b"Camera", b"xmpmeta", b"Lenin street", b"Exif")


@pytest.mark.parametrize(("image_format", "frames"), [("JPEG", 1), *product(("PNG", "GIF", "WEBP", "AVIF"), (1, 3))])
def test_it_removes_what_is_hidden_in_a_picture(image_format: str, frames: int) -> None:
    pictures = [Image.new("RGB", (40, 20), colour) for colour in ("red", "green", "blue")]
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    hidden = {"exif": exif.tobytes(), "xmp": b"<x:xmpmeta/>", "comment": b"Lenin street"}
    buffer = io.BytesIO()
    further = {"save_all": True, "append_images": pictures[1:frames]} if frames > 1 else {}
    pictures[0].save(buffer, image_format, **hidden, **further)
    with upload("a.jpg", buffer.getvalue()).file.open("rb") as file:
        stored = file.read()
    assert any(trace in buffer.getvalue() for trace in TRACES)
    assert not any(trace in stored for trace in TRACES)


@pytest.mark.parametrize("image_format", ["PNG", "GIF", "WEBP"])
def test_it_keeps_the_movement_of_a_picture(image_format: str) -> None:
    frames = [Image.new("RGB", (40, 20), colour) for colour in ("red", "green", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, image_format, save_all=True, append_images=frames[1:], duration=[100, 200, 300], loop=2)
    with upload("a.gif", buffer.getvalue()).file.open("rb") as file, Image.open(file) as stored:
        assert stored.info["loop"] == 2
        shown = [
            (frame.convert("RGB").getpixel((5, 5)), frame.info["duration"])
            for frame in ImageSequence.all_frames(stored)
        ]
    assert [time for _colour, time in shown] == [100, 200, 300]
    assert len({colour for colour, _time in shown}) == 3


def test_it_takes_the_first_of_the_pictures_a_phone_puts_into_one_file() -> None:
    main, further = Image.new("RGB", (40, 20)), Image.new("RGB", (8, 4))
    buffer = io.BytesIO()
    main.save(buffer, "MPO", save_all=True, append_images=[further])
    media = upload("IMG_0001.jpg", buffer.getvalue())
    assert (media.width, media.height, media.content_type) == (40, 20, "image/jpeg")
    assert str(media.file.name).endswith(".jpg")


def test_it_turns_a_picture_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turned by a quarter
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20)).save(buffer, "JPEG", exif=exif)
    media = upload("a.jpg", buffer.getvalue())
    assert (media.width, media.height) == (20, 40)


def test_it_names_a_picture_by_what_it_is() -> None:
    assert str(upload("lies.jpg", make_picture(image_format="PNG")).file.name).endswith("lies.png")


def test_it_takes_a_document_as_a_file() -> None:
    media = upload("Отчёт.pdf", FILES[".pdf"])
    assert (media.kind, media.content_type, media.width) == (Media.Kind.FILE, "application/pdf", None)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.jpg", b""),
        ("cut.jpg", make_picture()[:500]),
        ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("page.jpg", b"<html><script>alert(1)</script></html>"),
        ("no-suffix", b"MZ\x90\x00"),
    ],
)
def test_it_refuses_what_it_cannot_show(name: str, content: bytes) -> None:
    with pytest.raises(Refused):
        upload(name, content)
    assert not Media.objects.exists()


def test_it_refuses_a_picture_with_too_many_pixels(settings: Settings) -> None:
    settings.MAX_IMAGE_PIXELS = 1000
    with pytest.raises(Refused, match="million|миллион"):
        upload("large.png", make_picture(200, 200, "PNG"))


def test_it_refuses_a_file_that_is_too_large(settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    with pytest.raises(Refused, match="1 MB|1 МБ"):
        upload("large.pdf", b"%PDF" + bytes(1024 * 1024))


@pytest.mark.parametrize("delete", [Media.delete, lambda media: Media.objects.filter(pk=media.pk).delete()])
def test_it_leaves_no_file_of_what_is_deleted_for_good(
    delete: Callable[[Media], object], django_capture_on_commit_callbacks: Commit
) -> None:
    media, other = make_media(), make_media("other.jpg")
    draw_renditions.func(media.pk)
    path = media.rendition_path("16x9", 320, "jpeg")
    assert default_storage.exists(path)
    with django_capture_on_commit_callbacks(execute=True):
        delete(media)
    assert not default_storage.exists(media.token)
    assert default_storage.exists(str(other.file.name))


@pytest.mark.django_db(transaction=True)
def test_it_keeps_no_other_editor_waiting_while_it_looks_at_a_picture(
    erins: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []

    def look(data: bytes) -> Picture:
        looked.append(connection.in_atomic_block)
        return clean_picture(data)

    monkeypatch.setattr(uploads, "clean_picture", look)
    erins.post("/admin/articles/media/drop/", {"file": SimpleUploadedFile("a.png", make_picture(image_format="PNG"))})
    assert (looked, Media.objects.count()) == ([False], 1)

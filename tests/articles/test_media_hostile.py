"""Files that mean harm, are broken, or tell too much: refused with a reason, or made harmless."""

import io
import zipfile
import zlib

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from articles.models import Media
from articles.uploads import Refused, take_in
from lib import documents
from lib.images import clean_picture
from tests.factories import FILES, make_box, make_picture

pytestmark = pytest.mark.django_db


def upload(name: str, content: bytes) -> Media:
    return take_in(ContentFile(content, name=name))


def stored(media: Media) -> bytes:
    with media.file.open("rb") as file:
        return bytes(file.read())


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        upload(name, content)
    assert not Media.objects.exists()
    return str(refused.value)


def archive(names: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, data in names.items():
            file.writestr(name, data)
    return buffer.getvalue()


def png_of(width: int, height: int) -> bytes:
    """Returns a PNG of one colour: a few kilobytes, however large it says it is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + b"\x01\x00\x00\x00\x00"
    rows = zlib.compress(bytes((width // 8 + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def moving(frames: int, width: int, image_format: str = "GIF") -> bytes:
    pictures = [Image.new("L", (width, width), number % 256) for number in range(frames)]
    buffer = io.BytesIO()
    pictures[0].save(buffer, image_format, save_all=True, append_images=pictures[1:], duration=20)
    return buffer.getvalue()


def test_it_refuses_a_bomb_of_pixels() -> None:
    bomb = png_of(12_000, 12_000)
    assert len(bomb) < 20_000
    assert "40 миллионов" in refusal("bomb.png", bomb)


@pytest.mark.parametrize(("frames", "width"), [(1_100, 8), (120, 1_000)])
def test_it_refuses_a_bomb_of_frames(frames: int, width: int) -> None:
    assert "слишком много кадров" in refusal("bomb.gif", moving(frames, width))


def test_it_refuses_a_picture_of_thousands_of_scans() -> None:
    picture = make_picture()
    assert "очень долго" in refusal("scans.jpg", picture[:-2] + b"\xff\xda" * 300 + picture[-2:])


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("drawing.svg", b"<?xml version='1.0'?><svg onload='alert(1)'/>", "SVG"),
        ("drawing.png", b"\xef\xbb\xbf <svg/>", "SVG"),
        ("page.jpg", b"<!DOCTYPE html><script>alert(1)</script>", "размет"),
        ("cut.jpg", make_picture()[:-900], "оборв"),
        ("cut.png", make_picture(image_format="PNG")[:60], "оборв"),
        ("phone.heic", b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        ("scan.tif", b"II*\0\x08\0\0\0", "TIFF"),
        ("film.mov", b"\0\0\0\x14ftypqt  \0\0\0\0", "QuickTime"),
        ("setup.jpg", b"MZ\x90\0", "EXE"),
        ("plan.jpg", FILES[".pdf"], "PDF"),
        ("notes.pdf", b"<html></html>%PDF-1.7 %%EOF", "PDF"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj", "оборв"),
        ("page.txt", b"  <script>alert(1)</script>", "TXT"),
        ("program.csv", b"MZ\x90\0\x03", "CSV"),
        ("song.mp3", b"<html>", "MP3"),
        ("report.docx", b"PK\x03\x04 broken", "оборв"),
        ("report.docx", archive({"a.txt": b"no document"}), "DOCX"),
        ("table.ods", archive({"mimetype": b"text/html"}), "ODS"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"), "макрос"),
        ("zip.zip", archive({"../../etc/passwd": b"x"}), "за пределы"),
        ("zip.zip", archive({"C:\\evil.txt": b"x"}), "за пределы"),
        ("cut.mp4", FILES[".mp4"][:-100], "оборв"),
        ("empty.zip", b"", "пуст"),
        ("page.html", b"<p>", "размет"),
        ("archive.phar", b"<?php __HALT_COMPILER();", "размет"),
        ("\0", b"x", "не показываются"),
    ],
)
def test_it_refuses_with_a_reason(name: str, content: bytes, reason: str) -> None:
    assert reason in refusal(name, content)


def test_it_refuses_macros_and_bombs_in_archives() -> None:
    document = {"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b""}
    assert "макрос" in refusal("letter.docx", archive(document))
    assert "бомба" in refusal("bomb.zip", archive({"zeros": bytes(130_000_000)}))


def test_it_takes_honest_documents() -> None:
    letter = archive({"[Content_Types].xml": b"", "word/document.xml": b"<w/>"})
    table = archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, zipfile.ZIP_STORED)
    files = {"letter.docx": letter, "table.ods": table, "photos.zip": archive({"a/b.jpg": make_picture()})}
    for name, content in (files | {f"file{suffix}": content for suffix, content in FILES.items()}).items():
        assert stored(upload(name, content)) == content
    assert upload("list.csv", "Улица;Дом\n".encode("cp1251")).content_type == "text/csv"


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_it_leaves_nothing_of_what_hides_behind_a_picture(image_format: str) -> None:
    hidden = b"<html><script>alert(1)</script></html>" + archive({"Evil.class": b"x"})
    media = upload("both.jpg", make_picture(image_format=image_format) + hidden)
    assert b"script" not in stored(media)
    assert b"Evil" not in stored(media)


def test_it_leaves_nothing_of_what_hides_as_a_colour_profile() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20)).save(buffer, "JPEG", icc_profile=b"<script>alert(1)</script>" * 9)
    assert b"script" not in stored(upload("a.jpg", buffer.getvalue()))


@pytest.mark.parametrize(
    "name", ["cod\u202egpj.exe.jpg", "../../x.jpg", "..\\..\\x.jpg", "a\0b.jpg", "\u2066a.jpg", "я" * 400 + ".jpg"]
)
def test_it_keeps_tricks_out_of_names(name: str) -> None:
    media = upload(name, make_picture())
    assert media.original_name.isprintable()
    assert not {"/", "\\", "\u202e", "\0"} & set(media.original_name)
    assert str(media.file.name).startswith(f"{media.token}/v1/")


PLACE = make_box(b"\xa9xyz", b"\x00\x12\x15\xc7+55.0419+045.1234/")


def test_it_forgets_where_a_film_was_made_and_moves_nothing() -> None:
    track = make_box(b"trak", make_box(b"udta", PLACE))
    told = make_box(b"meta", b"com.apple.quicktime.location.ISO6709+55.0419+045.1234/")
    film = b"".join([
        make_box(b"ftyp", b"isom"), make_box(b"moov", make_box(b"udta", PLACE), track, told),
        make_box(b"uuid", b"<x:xmpmeta>+55.0419"), make_box(b"mdat", b"sample"),
    ])  # fmt: skip
    clean = stored(upload("film.mp4", film))
    assert b"55.0419" not in clean
    assert len(clean) == len(film)
    assert clean.index(b"sample") == film.index(b"sample")


def test_it_refuses_a_film_with_telemetry() -> None:
    entry = make_box(b"stsd", bytes(4), b"\0\0\0\1", make_box(b"gpmd", bytes(8)))
    track = make_box(b"trak", make_box(b"mdia", make_box(b"minf", make_box(b"stbl", entry))))
    assert "телеметр" in refusal("drone.mp4", make_box(b"ftyp", b"isom") + make_box(b"moov", track))


def test_it_forgets_what_a_recorder_wrote() -> None:
    told = b"bext" + (12).to_bytes(4, "little") + b"Lenin street"
    sound = FILES[".wav"] + told
    clean = stored(upload("talk.wav", sound))
    assert b"Lenin" not in clean
    assert len(clean) == len(sound)


def with_words(**saved: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20)).save(buffer, "JPEG", **saved)
    return buffer.getvalue()


XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 photoshop:Credit="ТАСС"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">Паводок в Заречье</rdf:li></rdf:Alt>
</dc:description><dc:creator><rdf:Seq><rdf:li>Илья Соснин</rdf:li></rdf:Seq></dc:creator>
<dc:subject><rdf:Bag><rdf:li>паводок</rdf:li><rdf:li>Заречье</rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def test_it_takes_over_what_the_photographer_wrote() -> None:
    media = upload("a.jpg", with_words(xmp=XMP.encode()))
    assert (media.caption, media.credit) == ("Паводок в Заречье", "Илья Соснин / ТАСС")
    assert {str(tag) for tag in media.tags.all()} == {"паводок", "Заречье"}


def test_it_reads_the_names_that_cameras_write() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Ilya Sosnin"
    exif[0x8298] = "CC BY 4.0"
    exif[0x010E] = "OLYMPUS DIGITAL CAMERA"
    media = upload("a.jpg", with_words(exif=exif.tobytes()))
    assert (media.caption, media.credit, media.licence) == ("", "Ilya Sosnin", "CC BY 4.0")


def test_it_prefers_what_an_editor_says() -> None:
    media = take_in(ContentFile(with_words(xmp=XMP.encode()), name="a.jpg"), credit="Архив")
    assert (media.caption, media.credit) == ("Паводок в Заречье", "Архив")


@pytest.mark.parametrize("xmp", [b"<x", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"\xff" * 50, b"<a/>"])
def test_it_refuses_no_picture_for_its_words(xmp: bytes) -> None:
    assert upload("a.jpg", with_words(xmp=xmp)).caption == ""


SEEDS = {f"seed{suffix}": content for suffix, content in FILES.items()} | {
    f"seed.{kind}": make_picture(24, 16, kind) for kind in ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
} | {"seed.docx": archive({"[Content_Types].xml": b"", "word/document.xml": b"<w/>"})}  # fmt: skip


def look_at(name: str, data: bytes) -> None:
    suffix = f".{name.rpartition('.')[2]}"
    if suffix in documents.TYPES:
        documents.check(suffix, io.BytesIO(data), len(data))
    else:
        clean_picture(data)


@given(
    st.sampled_from(sorted(SEEDS)),
    st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=6)), max_size=6),
    st.integers(1, 9_000),
)
def test_it_takes_or_refuses_whatever_comes(name: str, changes: list[tuple[int, bytes]], length: int) -> None:
    data = bytearray(SEEDS[name])
    for at, change in changes:
        data[at % len(data) : at % len(data) + len(change)] = change
    try:
        look_at(name, bytes(data[:length]))
    except Refused as refused:
        assert str(refused)

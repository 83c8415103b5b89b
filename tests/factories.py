"""Makes what a test needs, with sensible defaults; every argument is optional."""

import io
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from articles import publishing
from articles.content import Content, Reference, Signature
from articles.models import Article, Author, Category, Media, Source
from articles.uploads import take_in
from comments.models import PortalComment, Status


def make_category(name: str = "Город", *, parent: Category | None = None, **fields: Any) -> Category:
    category = Category(name_ru=name, parent=parent, **fields)
    category.full_clean(exclude=["path"])
    category.save()
    return category


def make_author(name: str = "Мария Лаптева", **fields: Any) -> Author:
    return Author.objects.create(name_ru=name, **fields)


def make_source(name: str = "пресс-служба порта", **fields: Any) -> Source:
    return Source.objects.create(name=name, **fields)


def make_picture(width: int = 800, height: int = 450, image_format: str = "JPEG", colour: str = "#2a6f6b") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, image_format)
    return buffer.getvalue()


def make_box(kind: bytes, *parts: bytes) -> bytes:
    """Returns a box of an MP4."""
    body = b"".join(parts)
    return (8 + len(body)).to_bytes(4) + kind + body


FILES = {
    ".pdf": b"%PDF-1.7\n1 0 obj\n%%EOF\n",
    ".mp3": b"ID3" + bytes(2048),
    ".ogg": b"OggS" + bytes(2048),
    ".wav": b"RIFF\x0c\0\0\0WAVEdata\0\0\0\0",
    ".webm": b"\x1a\x45\xdf\xa3" + bytes(2048),
    ".mp4": make_box(b"ftyp", b"isom") + make_box(b"moov", b"") + make_box(b"mdat", bytes(9000)),
}
"""The least that passes for a file of each kind."""


def make_media(name: str = "bridge.jpg", *, content: bytes | None = None, **details: Any) -> Media:
    usual = FILES.get(PurePosixPath(name).suffix) or make_picture()
    file = ContentFile(usual if content is None else content, name=name)
    return take_in(file, **({"alt": "Мост", "credit": "Илья Соснин"} | details))


def make_content(
    title: str = "Мост через Серебрянку сдадут раньше срока",
    *,
    category: Category | None = None,
    categories: list[Category] | None = None,
    authors: list[Author] | None = None,
    sources: list[Source] | None = None,
    hero: Media | None = None,
    **fields: Any,
) -> Content:
    fields.setdefault("body", "<p>Строители уложили последнюю плиту.</p>")
    return Content(
        title=title,
        category=category.pk if category else None,
        categories=[each.pk for each in categories or []],
        authors=[Signature(each.pk) for each in authors or []],
        sources=[Reference(each.pk) for each in sources or []],
        hero=hero.pk if hero else None,
        **fields,
    )


def make_draft(
    title: str = "Мост через Серебрянку сдадут раньше срока", *, by: User | None = None, **fields: Any
) -> Article:
    return publishing.start(make_content(title, **fields), by=by)


def make_article(
    title: str = "Мост через Серебрянку сдадут раньше срока",
    *,
    at: datetime | None = None,
    until: datetime | None = None,
    **fields: Any,
) -> Article:
    """Returns a published article."""
    draft = make_draft(title, **fields)
    return publishing.publish(draft, draft.revisions.get(), by=None, at=at, until=until, now=timezone.now())


def make_comment(
    article: Article | None = None,
    text: str = "Наконец-то достроили.",
    *,
    to: PortalComment | None = None,
    status: str = Status.APPROVED,
    name: str = "Ольга",
    **fields: Any,
) -> PortalComment:
    article = article or (to.article if to else make_article())
    said = {"user_name": name, "user_email": "olga@example.com", "comment": text, "status": status}
    return PortalComment.objects.create(article=article, reply_to=to, **(said | fields))

"""The picture that social networks show with a link to a story without one: drawn, with its title.

The worker draws it when the story is published. Until then, and where no font is found, the site's own picture
for links stands in. The font comes with a package, so that a card looks the same on every machine.
"""

import io
import logging
import secrets
from dataclasses import astuple, dataclass
from functools import cache, partial
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from PIL import Image, ImageDraw, ImageFont

from articles.models import Article, State
from articles.templatetags.articles_tags import headline
from lib.addresses import absolute
from lib.pagecache.models import OnPages
from portal.distribution.pings import moves_in
from portal.models.site import SiteSettings

logger = logging.getLogger(__name__)

WIDTH, HEIGHT = 1200, 630
"""What every network shows whole (1.91 : 1)."""
MARGIN = 72
PAPER, INK = "#ffffff", "#15171c"
SIZES = range(84, 39, -4)
"""Sizes of the title that are tried, the largest first."""
LEADING = 1.14
FONT_PACKAGE = "font_source_serif_pro"


class Card(OnPages):
    """The drawn picture of a story, under a name that nobody can guess and that changes with what is drawn."""

    article = models.OneToOneField(Article, models.CASCADE, related_name="card", verbose_name=_("article"))
    digest = models.CharField(max_length=32)
    path = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("card")
        verbose_name_plural = _("cards")

    def __str__(self) -> str:
        return self.path

    def cache_tags(self) -> set[str]:
        return {f"article:{self.article_id}"}

    @property
    def url(self) -> str:
        return absolute(default_storage.url(self.path))


@dataclass(frozen=True)
class Words:
    """Everything that stands on a card."""

    site: str
    category: str
    title: str
    brand: str

    @property
    def digest(self) -> str:
        return blake2b("\0".join(astuple(self)).encode(), digest_size=16).hexdigest()


def words_of(article: Article, site: SiteSettings) -> Words:
    with translation.override(article.language):
        return Words(site.name, str(article.category or ""), headline(article), site.brand)


def ask(*, article: Article, first: bool = False, **signal: Any) -> None:
    """Listens to the three signals of ``articles.announcing``: has the card drawn, or taken away."""
    if not moves_in(article, first, timezone.now()):
        draw_card.enqueue(article.pk)


def take_away(*, instance: Card, **signal: Any) -> None:
    """Listens to ``post_delete``: no file stays public of a card that is gone."""
    transaction.on_commit(partial(default_storage.delete, instance.path))


@task()
def draw_card(article_key: int) -> None:
    """Draws the card of an article if it needs one that it does not have. Running twice does no harm."""
    article = Article.objects.select_related("category").filter(pk=article_key).first()
    if article is None:
        return
    known = Card.objects.filter(article=article).first()
    gone = article.state != State.PUBLISHED or article.in_bin or article.has_gone_off(timezone.now())
    if article.hero_id or gone:
        if known:
            known.delete()
        return
    words = words_of(article, SiteSettings.current())
    if (known and known.digest == words.digest) or (drawn := picture(words)) is None:
        return
    path = default_storage.save(f"cards/{secrets.token_urlsafe(12)}.png", ContentFile(drawn))
    with transaction.atomic():
        Card.objects.update_or_create(article=article, defaults={"digest": words.digest, "path": path})
        if known:
            transaction.on_commit(partial(default_storage.delete, known.path))


@cache
def _font_file(weight: str) -> Path | None:
    """Returns where the font is, without running its package; None, with a word in the log, if it is not there."""
    found = find_spec(FONT_PACKAGE)
    for folder in (found.submodule_search_locations or ()) if found else ():
        file = Path(folder) / "files" / f"SourceSerifPro-{weight}.otf"
        if file.is_file():
            return file
    logger.warning("The font of %s is missing: no cards are drawn.", FONT_PACKAGE)
    return None


def picture(words: Words) -> bytes | None:
    """Returns a PNG with ``words``, or None where there is no font to write them with."""
    bold, regular = _font_file("Bold"), _font_file("Regular")
    if bold is None or regular is None:
        return None
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 14), fill=words.brand)
    _site_name(pen, words, ImageFont.truetype(str(bold), 38))
    pen.rectangle((MARGIN, 128, WIDTH - MARGIN, 130), fill=INK)
    pen.text((MARGIN, 152), words.category, fill=words.brand, font=ImageFont.truetype(str(regular), 30))
    _title(pen, words.title, bold, top=204 if words.category else 164)
    buffer = io.BytesIO()
    image.quantize(64).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _site_name(pen: ImageDraw.ImageDraw, words: Words, font: ImageFont.FreeTypeFont) -> None:
    """Writes the name with its last word in the brand colour, as the masthead does."""
    head, space, last = words.site.rpartition(" ")
    pen.text((MARGIN, 60), head + space, fill=INK, font=font)
    at = MARGIN + pen.textlength(head + space, font)
    pen.text((at, 60), last, fill=words.brand if head else INK, font=font)


def _title(pen: ImageDraw.ImageDraw, title: str, file: Path, *, top: int) -> None:
    """Writes the title as large as it fits; of one that fits at no size, the beginning."""
    room = HEIGHT - MARGIN + 20 - top
    for size in SIZES:
        font = ImageFont.truetype(str(file), size)
        lines = _lines(pen, title, font)
        if len(lines) * size * LEADING <= room:
            break
    else:
        lines = lines[: int(room / (size * LEADING))]
        lines[-1] = f"{lines[-1].rstrip(' ,;:—–-')[:-1]}…"
    for number, line in enumerate(lines):
        pen.text((MARGIN, top + number * size * LEADING), line, fill=INK, font=font)


def _lines(pen: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Returns ``text`` in lines that fit the card. A word that is wider than a line is broken."""
    lines, width = [""], WIDTH - 2 * MARGIN
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if pen.textlength(longer, font) <= width:
            lines[-1] = longer
            continue
        lines += [""] if lines[-1] else []
        for letter in word:
            if lines[-1] and pen.textlength(lines[-1] + letter, font) > width:
                lines.append("")
            lines[-1] += letter
    return lines

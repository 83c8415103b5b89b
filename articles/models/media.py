"""Pictures and files, stored under addresses that nobody can guess."""

import secrets
from pathlib import PurePosixPath

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.revision import Revision
from articles.signals import uses_asked
from lib.bin import Binnable
from lib.pagecache.models import OnPages
from lib.slugs import latin_slug

INNER_QUOTES = str.maketrans("«»", "„“")
"""Quotation marks of a title that stands in quotation marks itself."""


def new_token() -> str:
    return secrets.token_urlsafe(12)


def media_path(media: "Media", filename: str) -> str:
    """Returns where a file is kept: a random token nobody can guess, and a version so that it can be replaced."""
    name = PurePosixPath(filename)
    stem = latin_slug(name.stem, 60) or "file"
    return f"{media.token}/v{media.version}/{stem}{name.suffix.lower()}"


class MediaQuerySet(models.QuerySet["Media"]):
    def images(self) -> "MediaQuerySet":
        return self.filter(kind=Media.Kind.IMAGE)

    def in_library(self) -> "MediaQuerySet":
        return self.filter(binned_at=None)


class Media(Binnable, OnPages):
    class Kind(models.TextChoices):
        IMAGE = "image", _("picture")
        FILE = "file", _("file")

    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices, editable=False)
    token = models.CharField(max_length=16, unique=True, default=new_token, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    file = models.FileField(_("file"), upload_to=media_path, max_length=200)
    original_name = models.CharField(_("file name"), max_length=255, editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size"), default=0, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    focal_x = models.FloatField(
        _("focus, from the left"), default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    focal_y = models.FloatField(
        _("focus, from the top"), default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    renditions = models.JSONField(default=dict, blank=True, editable=False)
    """Sizes that are ready: crop → format → widths in pixels, such as {"16x9": {"avif": [320, 640]}}."""

    alt = models.CharField(
        _("text instead of the picture"),
        max_length=500,
        blank=True,
        help_text=_("What is seen, for those who do not see it."),
    )
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(
        _("credit"), max_length=300, blank=True, help_text=_("As it is printed, such as «Photo: Ilya Sosnin».")
    )
    licence = models.CharField(_("licence"), max_length=300, blank=True)
    licence_until = models.DateField(_("licence ends"), null=True, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("uploaded by"),
        editable=False,
    )

    objects = MediaQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture or file")
        verbose_name_plural = _("media")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.caption or self.alt or self.original_name

    def cache_tags(self) -> set[str]:
        return {f"media:{self.pk}"}

    @property
    def is_image(self) -> bool:
        return self.kind == self.Kind.IMAGE

    @property
    def url(self) -> str:
        return str(self.file.url)

    def rendition_path(self, crop: str, width: int, extension: str) -> str:
        return f"{self.token}/v{self.version}/{crop}-{width}.{extension}"

    def uses(self) -> list[str]:
        """Returns in words where the picture or file is used: in what readers see, and in what is being written."""
        shown = {*self.hero_of.filter(binned_at=None), *self.in_text_of.filter(binned_at=None)}
        titles = {article.pk: str(article) for article in shown}
        for copy in Revision.objects.working_copies().showing(self.pk).select_related("article"):
            titles.setdefault(copy.article_id, copy.title or str(copy.article))
        uses = [f"«{title.translate(INNER_QUOTES)}»" for _pk, title in sorted(titles.items())]
        uses += [str(shows) for shows in (*self.authors.all(), *self.categories.all())]
        return uses + [use for _listener, found in uses_asked.send(Media, media=self) for use in found or ()]

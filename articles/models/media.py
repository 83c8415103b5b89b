"""Pictures and files, stored under addresses that nobody can guess."""

import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.media_uses import MediaUse, Use, uses_of
from articles.signals import media_kept
from lib.bin import Binnable
from lib.pagecache.models import OnPages
from lib.slugs import latin_slug

LONGEST_WORDS = 8_000
NEXT_LINE = "\n"


def new_token() -> str:
    return secrets.token_urlsafe(12)


def media_path(media: "Media", filename: str) -> str:
    """Returns where a file is kept: a random token nobody can guess, and a version so that it can be replaced."""
    return f"{media.token}/v{media.version}/{plain_name(filename)}"


def kept_path(kept: "MediaVersion", filename: str) -> str:
    """Returns where a replaced file is kept: under a token of its own, so that its old address leads to the new one."""
    return f"{new_token()}/{plain_name(filename)}"


def plain_name(filename: str) -> str:
    name = PurePosixPath(filename)
    return f"{latin_slug(name.stem, 60) or 'file'}{name.suffix.lower()[:12]}"


def folded(text: str) -> str:
    """Returns ``text`` as it is searched: of capitals, «ё» and spaces nothing is left to differ."""
    return " ".join(text.lower().replace("ё", "е").split())


class MediaTag(models.Model):
    """A word that editors put on pictures and files to find them again; readers never see it."""

    name = models.CharField(_("name"), max_length=60)
    key = models.CharField(max_length=60, unique=True, editable=False)

    class Meta:
        verbose_name = _("tag of media")
        verbose_name_plural = _("tags of media")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = folded(self.name)
        super().save(*args, **kwargs)


def tags_named(names: Iterable[str]) -> list[MediaTag]:
    """Returns the tags with ``names``, in any case; makes those that are missing."""
    wanted = {folded(name): " ".join(name.split())[:60] for name in names if name.strip()}
    wanted = {key[:60]: name for key, name in wanted.items()}
    known = {tag.key: tag for tag in MediaTag.objects.filter(key__in=wanted)}
    return [known.get(key) or MediaTag.objects.create(name=name) for key, name in wanted.items()]


class StoredFile(models.Model):
    """What is known of a stored file, be it the present one or one that was replaced."""

    original_name = models.CharField(_("file name"), max_length=255, editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size"), default=0, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    """Of the file as it was sent, before anything was taken off it."""
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    look = models.BigIntegerField(null=True, db_index=True, editable=False)
    """How the picture looks: see ``lib.looks``."""

    class Meta:
        abstract = True


STORED = tuple(field.name for field in StoredFile._meta.fields)


class MediaQuerySet(models.QuerySet["Media"]):
    def images(self) -> Self:
        return self.filter(kind=Media.Kind.IMAGE)

    def in_library(self) -> Self:
        return self.filter(binned_at=None)

    def unused(self) -> Self:
        """What stands nowhere: neither in what readers see, nor in a newest revision, nor in the site itself."""
        here = OuterRef("pk")
        written = MediaUse.objects.filter(media=here, article__binned_at=None)
        hero = Media.objects.filter(pk=here, hero_of__isnull=False, hero_of__binned_at=None)
        within = Media.objects.filter(pk=here, in_text_of__isnull=False, in_text_of__binned_at=None)
        found = self.filter(~Exists(written), ~Exists(hero), ~Exists(within), authors=None, categories=None)
        return found.exclude(pk__in={key for _listener, keys in media_kept.send(Media) for key in keys or ()})

    def searched(self, words: Iterable[tuple[str, str]]) -> Self:
        """What has every one of ``words`` in its caption, credit, name or tags: as it is written, or its stem."""
        found = Q()
        for word, stem in words:
            found &= Q(words__contains=word) | (Q(words__contains=stem) if len(stem) > 2 else Q())
        return self.filter(found)

    def with_twins(self) -> Self:
        """What is in the library twice: by its content, or by what is seen."""
        every = Media.objects.in_library()
        same, seen = (
            every.exclude(**{f"{name}": empty}).values(name).annotate(n=models.Count("pk")).filter(n__gt=1).values(name)
            for name, empty in (("sha256", ""), ("look", None))
        )
        return self.filter(Q(sha256__in=same) | Q(look__in=seen))


class Media(StoredFile, Binnable, OnPages):
    class Kind(models.TextChoices):
        IMAGE = "image", _("picture")
        FILE = "file", _("file")

    stamped_by_relations = False  # a text that joins or leaves changes its own page; tags stand on none

    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices, editable=False)
    token = models.CharField(max_length=16, unique=True, default=new_token, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    file = models.FileField(_("file"), upload_to=media_path, max_length=200)
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
    tags = models.ManyToManyField(MediaTag, blank=True, related_name="media", verbose_name=_("tags"))
    words = models.TextField(default="", editable=False)
    """Everything that the library searches, folded: a line of what is said about it, kept by ``save``, and a line of
    its tags, kept by ``tag``."""
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False, db_index=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("uploaded by"),
        editable=False,
    )
    replaced_at = models.DateTimeField(null=True, editable=False)
    """When the present file took the place of another; None for the first one."""
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = MediaQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture or file")
        verbose_name_plural = _("media")
        ordering = ["-pk"]
        indexes = [
            # Partial, as those of articles: few files have an end of their licence, and hardly any lies in the bin.
            models.Index(fields=["licence_until"], name="media_licence_ends", condition=Q(licence_until__isnull=False)),
            models.Index(fields=["size"], name="media_by_size"),
        ]

    def __str__(self) -> str:
        return self.caption or self.alt or self.original_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is None or {"alt", "caption", "credit", "licence", "original_name"} & set(fields):
            self.words = f"{self._said()}\n{self.words.partition(NEXT_LINE)[2]}"
            if fields is not None:
                kwargs["update_fields"] = {*fields, "words"}
        super().save(*args, **kwargs)

    def _said(self) -> str:
        said = (self.caption, self.alt, self.credit, self.original_name, self.licence)
        return folded(" · ".join(said))[:LONGEST_WORDS]

    def tag(self, names: Iterable[str]) -> list[MediaTag]:
        """Gives the media these tags and no others; returns them. Call within a transaction."""
        tags = tags_named(names)
        links = Media.tags.through.objects
        links.filter(media=self).exclude(mediatag__in=tags).delete()
        links.bulk_create([links.model(media=self, mediatag=tag) for tag in tags], ignore_conflicts=True)
        self.words = f"{self._said()}\n{' · '.join(tag.key for tag in tags)}"
        Media.objects.filter(pk=self.pk).update(words=self.words)
        return tags

    def cache_tags(self) -> set[str]:
        return {f"media:{self.pk}"}

    @property
    def is_image(self) -> bool:
        return self.kind == self.Kind.IMAGE

    @property
    def url(self) -> str:
        return str(self.file.url)

    @property
    def lasting_url(self) -> str:
        """The address that leads to the present file, whatever replaces it."""
        return f"{settings.MEDIA_URL}{self.token}/"

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.file.name or "").suffix.removeprefix(".").upper()

    def licence_has_ended(self, today: date) -> bool:
        return self.licence_until is not None and self.licence_until < today

    def licence_ends_soon(self, today: date) -> bool:
        return self.licence_until is not None and today <= self.licence_until <= today + timedelta(days=30)

    def rendition_path(self, crop: str, width: int, extension: str) -> str:
        return f"{self.token}/v{self.version}/{crop}-{width}.{extension}"

    def where_used(self) -> list[Use]:
        """Returns where it is used: in what readers see, in what is being written, and in the site itself."""
        return uses_of(self)

    def uses(self) -> list[str]:
        return [str(use) for use in self.where_used()]


class MediaVersion(StoredFile):
    """A file that was replaced by another under the same address. Kept, so that it can come back."""

    media = models.ForeignKey(Media, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(editable=False)
    file = models.FileField(upload_to=kept_path, max_length=200)
    came_at = models.DateTimeField(editable=False)
    came_from = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("earlier file")
        verbose_name_plural = _("earlier files")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["media", "number"], name="media_version_once")]

    def __str__(self) -> str:
        return f"{self.number}: {self.original_name}"


class MediaLook(models.Model):
    """A band of the look of a picture: those that look nearly the same share one. See ``lib.looks``."""

    media = models.ForeignKey(Media, models.CASCADE, related_name="looks")
    band = models.BigIntegerField(db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["media", "band"], name="media_look_once")]

    def __str__(self) -> str:
        return f"{self.media_id}: {self.band}"

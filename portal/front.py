"""The front page: its zones, the stories held in them, and who changed what."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Category
from lib.pagecache.models import OnPages

MOST_STORIES = 30
"""A zone is no archive: its list is one click away."""


class FrontZone(OnPages):
    """A place on the front page that is filled with stories: pins first, then by its rule."""

    class Kind(models.TextChoices):
        LEAD = "lead", _("lead story")
        SECONDS = "seconds", _("beside the lead")
        STREAM = "stream", _("latest news")
        CATEGORY = "category", _("one category")
        CATEGORIES = "categories", _("every main category, one block each")
        OPINION = "opinion", _("opinion")
        MOST_READ = "most_read", _("most read")

    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, verbose_name=_("category"))
    title = models.CharField(_("title"), max_length=100, blank=True, help_text=_("Empty: the name of the category."))
    size = models.PositiveSmallIntegerField(
        _("stories"), default=4, validators=[MinValueValidator(1), MaxValueValidator(MOST_STORIES)]
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_on = models.BooleanField(_("shown"), default=True)

    class Meta:
        verbose_name = _("front page zone")
        verbose_name_plural = _("front page zones")
        ordering = ["language", "order", "pk"]
        constraints = [models.CheckConstraint(name="zone_has_a_place", condition=models.Q(size__gte=1))]

    def __str__(self) -> str:
        return self.title or (str(self.category) if self.category else capfirst(self.get_kind_display()))

    @property
    def is_shown(self) -> bool:
        """Whether it stands on the page: switched on, and not of a category that lies in the bin."""
        return self.is_on and not (self.category and self.category.in_bin)

    def clean(self) -> None:
        if (self.kind == self.Kind.CATEGORY) != (self.category is not None):
            raise ValidationError({"category": _("A zone of one category needs it; no other zone may have one.")})

    def cache_tags(self) -> set[str]:
        return {f"front:{self.language}"}


class Pin(OnPages):
    """A story held in a zone of the front page, until a time if one is given."""

    zone = models.ForeignKey(FrontZone, models.CASCADE, related_name="pins", verbose_name=_("zone"))
    article = models.ForeignKey(Article, models.CASCADE, related_name="pins", verbose_name=_("article"))
    category = models.ForeignKey(
        Category, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("block of the category")
    )
    """In a zone of every main category: in whose block. Elsewhere None."""
    position = models.PositiveSmallIntegerField(_("place"), default=1)
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    """How many pins lie over it at the same place: it comes to light when they lapse."""
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("pin")
        verbose_name_plural = _("pins")
        ordering = ["position", "depth", "-pk"]
        constraints = [models.UniqueConstraint(fields=["zone", "article"], name="pinned_once")]

    def __str__(self) -> str:
        return f"{self.position}. {self.article}"

    def cache_tags(self) -> set[str]:
        return {f"front:{self.zone.language}"}

    def is_held(self, now: datetime) -> bool:
        return self.until is None or self.until > now


class FrontChange(models.Model):
    """One change of the front page: who, when, what, and how the places it touched stood before and after.

    ``before`` and ``after`` are parts of an arrangement: see ``portal/arranging/changes.py``.
    """

    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    number = models.PositiveIntegerField()
    """Counts the changes of one language from 1."""
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=20)
    words = models.JSONField(default=dict)
    """What the sentence about it names: the story, the place, the time."""
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["language", "number"], name="front_changes_in_order")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.language} {self.number}: {self.act}"

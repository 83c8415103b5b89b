"""The front page and the ticker: what stands where, and until when."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Category
from lib.pagecache.models import OnPages


class FrontZone(OnPages):
    """A place on the front page that is filled with stories: pins first, then by its rule."""

    class Kind(models.TextChoices):
        LEAD = "lead", _("lead story")
        SECONDS = "seconds", _("beside the lead")
        STREAM = "stream", _("latest news")
        CATEGORY = "category", _("one category")
        CATEGORIES = "categories", _("every main category, one block each")
        OPINION = "opinion", _("opinion")

    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, verbose_name=_("category"))
    title = models.CharField(_("title"), max_length=100, blank=True, help_text=_("Empty: the name of the category."))
    size = models.PositiveSmallIntegerField(_("stories"), default=4)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("front page zone")
        verbose_name_plural = _("front page zones")
        ordering = ["language", "order", "pk"]

    def __str__(self) -> str:
        return self.title or (str(self.category) if self.category else self.get_kind_display())

    def clean(self) -> None:
        if (self.kind == self.Kind.CATEGORY) != (self.category is not None):
            raise ValidationError({"category": _("A zone of one category needs it; no other zone may have one.")})

    def cache_tags(self) -> set[str]:
        return {f"front:{self.language}"}


class Pin(OnPages):
    """A story held in a zone of the front page, until a time if one is given."""

    zone = models.ForeignKey(FrontZone, models.CASCADE, related_name="pins", verbose_name=_("zone"))
    article = models.ForeignKey(Article, models.CASCADE, related_name="pins", verbose_name=_("article"))
    position = models.PositiveSmallIntegerField(_("place"), default=1)
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("pin")
        verbose_name_plural = _("pins")
        ordering = ["position", "-pk"]
        constraints = [models.UniqueConstraint(fields=["zone", "article"], name="pinned_once")]

    def __str__(self) -> str:
        return f"{self.position}. {self.article}"

    def cache_tags(self) -> set[str]:
        return {f"front:{self.zone.language}"}


class TickerQuerySet(models.QuerySet["TickerItem"]):
    def running(self, language: str, now: datetime) -> "TickerQuerySet":
        begun = Q(starts_at=None) | Q(starts_at__lte=now)
        not_over = Q(ends_at=None) | Q(ends_at__gt=now)
        return self.filter(begun, not_over, language=language)

    def next_change(self, language: str, now: datetime) -> datetime | None:
        """Returns the next moment at which an item begins or ends."""
        times = self.filter(language=language).aggregate(
            begins=models.Min("starts_at", filter=Q(starts_at__gt=now)),
            ends=models.Min("ends_at", filter=Q(ends_at__gt=now)),
        )
        return min((time for time in times.values() if time), default=None)


class TickerItem(OnPages):
    """A line of the ticker «Актуально», with an end."""

    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    article = models.ForeignKey(Article, models.CASCADE, null=True, blank=True, verbose_name=_("article"))
    text = models.CharField(_("text"), max_length=300, blank=True, help_text=_("Empty: the title of the article."))
    url = models.CharField(_("other address"), max_length=1000, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = TickerQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticker line")
        verbose_name_plural = _("ticker lines")
        ordering = ["order", "-pk"]

    def __str__(self) -> str:
        return self.text or str(self.article)

    def clean(self) -> None:
        if self.article is None and not self.text:
            raise ValidationError(_("Choose an article or write a text."))

    def cache_tags(self) -> set[str]:
        return {f"ticker:{self.language}"}

"""The ticker «Right now»: lines that editors wrote, and the rule that finds stories by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.lists import list_page, shown
from articles.models import Article, Category, Tag
from lib import pagecache
from lib.addresses import can_be_followed
from lib.pagecache.models import OnPages

MOST_LINES = 10
A_WEEK = 168


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
        if self.url and not can_be_followed(self.url):
            raise ValidationError(
                {"url": _("Write a path from the root, such as /news/, or a full address with https://.")}
            )
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end is not after the beginning.")})

    def cache_tags(self) -> set[str]:
        return {f"ticker:{self.language}"}


class TickerRule(OnPages):
    """Which stories the ticker of a language shows by itself. Without a row: the newest five."""

    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, unique=True)
    is_on = models.BooleanField(_("show the newest stories by themselves"), default=True)
    beside = models.BooleanField(
        _("also while there are lines of our own"),
        default=False,
        help_text=_("They stand behind the lines of our own."),
    )
    category = models.ForeignKey(Category, models.SET_NULL, null=True, blank=True, verbose_name=_("of this category"))
    tag = models.ForeignKey(Tag, models.SET_NULL, null=True, blank=True, verbose_name=_("with this tag"))
    size = models.PositiveSmallIntegerField(
        _("how many"), default=5, validators=[MinValueValidator(1), MaxValueValidator(MOST_LINES)]
    )
    hours = models.PositiveSmallIntegerField(
        _("not older than, hours"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(A_WEEK)],
        help_text=_("Empty: however old."),
    )

    class Meta:
        verbose_name = _("rule of the ticker")
        verbose_name_plural = _("rules of the ticker")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} ({self.language})"

    def clean(self) -> None:
        if self.category is not None and self.tag is not None:
            raise ValidationError({"tag": _("Choose a category or a tag, not both.")})

    def cache_tags(self) -> set[str]:
        return {f"ticker:{self.language}"}

    @classmethod
    def of(cls, language: str) -> "TickerRule":
        found = cls.objects.select_related("category", "tag").filter(language=language).first()
        return found or cls(language=language)

    @property
    def key(self) -> str:
        """The list (see Listing) that it takes stories from."""
        if self.tag_id is not None:
            return f"tag:{self.tag_id}"
        return f"category:{self.category_id}" if self.category and not self.category.in_bin else "all"


@dataclass(frozen=True)
class Line:
    """A line of the ticker. One without an address leads nowhere."""

    article: Article | None
    text: str = ""
    address: str = ""


def lines(language: str, now: datetime) -> list[Line]:
    """Returns what the ticker of ``language`` shows at ``now``: the written lines, then what the rule finds."""
    pagecache.tag(f"ticker:{language}", "categories")
    written = _written(language, now)
    rule = TickerRule.of(language)
    if rule.tag_id is not None:
        pagecache.tag(f"tag:{rule.tag_id}")  # without it the rule is another one
    if not rule.is_on or (written and not rule.beside):
        return written
    told = {line.article.pk for line in written if line.article}
    return [
        *written,
        *(Line(each, address=each.get_absolute_url()) for each in _found(rule, now) if each.pk not in told),
    ]


def _found(rule: TickerRule, now: datetime) -> Iterable[Article]:
    articles = list_page(rule.key, rule.language, now=now, size=rule.size).articles
    if rule.hours is None:
        return articles
    age = timedelta(hours=rule.hours)
    fresh = [article for article in articles if article.cursor.publish_at > now - age]
    for article in fresh:
        pagecache.expires(article.cursor.publish_at + age)
    return fresh


def _written(language: str, now: datetime) -> list[Line]:
    pagecache.expires(TickerItem.objects.next_change(language, now))
    items = TickerItem.objects.running(language, now).select_related("article")
    articles = [item.article for item in items if item.article]
    shown(articles)
    for article in articles:
        if article.is_scheduled(now):
            pagecache.expires(article.publish_at)
    return [_line(item) for item in items if item.article is None or item.article.is_live(now)]


def _line(item: TickerItem) -> Line:
    address = item.url or (item.article.get_absolute_url() if item.article else "")
    return Line(item.article, item.text, address)

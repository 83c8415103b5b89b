"""How often articles were read, by the hour and by the day, and the ranking that follows from it."""

from django.conf import settings
from django.db import models

from articles.models.article import Article


class HourlyReads(models.Model):
    """How many readers read an article within an hour."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="hourly_reads")
    hour = models.DateTimeField()
    """The moment at which the hour begins."""
    number = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "hour"], name="hourly_reads_once")]
        indexes = [models.Index(fields=["hour", "article", "number"], name="hourly_reads_by_hour")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.hour:%Y-%m-%d %H}: {self.number}"


class DailyReads(models.Model):
    """How many readers read an article on a day (of the site's time zone) that is over for a while."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="daily_reads")
    day = models.DateField()
    number = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "day"], name="daily_reads_once")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.day}: {self.number}"


class MostRead(models.Model):
    """A place in the ranking of one language. Written by ``articles.most_read`` when the order changes."""

    class Span(models.TextChoices):
        DAY = "day"
        WEEK = "week"

    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    span = models.CharField(max_length=4, choices=Span.choices)
    place = models.PositiveSmallIntegerField()
    article = models.ForeignKey(Article, models.CASCADE, related_name="rankings")

    class Meta:
        ordering = ["language", "span", "place"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["language", "span", "place"], name="one_in_each_place")]

    def __str__(self) -> str:
        return f"{self.language} {self.span} {self.place}: {self.article_id}"

"""The ranking «Most read»: worked out by the counter, so that a reader's page only looks it up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from articles.lists import shown
from articles.models import Article, MostRead
from lib import pagecache

Span = MostRead.Span
SPANS = {Span.DAY: timedelta(days=1), Span.WEEK: timedelta(days=7)}
TITLES = {Span.DAY: _("Past 24 hours"), Span.WEEK: _("Past 7 days")}
SIZE = 5
SPARE = 5
"""How many more are ranked than shown, since a story may be taken off before the counter runs again."""
FEWEST_READERS = 3
FEWEST_STORIES = 3
"""A list of fewer says nothing: it is not shown."""


@dataclass(frozen=True)
class Ranking:
    span: str
    title: str
    articles: list[Article]


def rankings(language: str, now: datetime) -> list[Ranking]:
    """Returns the lists that say something, in one query, and tells the page cache what they show."""
    pagecache.tag(f"most_read:{language}")
    ranked = Article.objects.published(now).filter(rankings__language=language).defer("body")
    stories = list(ranked.annotate(span=F("rankings__span")).order_by("rankings__place"))
    shown(stories)
    lists = {span: [story for story in stories if story.span == span][:SIZE] for span in SPANS}  # type: ignore[attr-defined]
    return [Ranking(span, str(TITLES[span]), each) for span, each in lists.items() if len(each) >= FEWEST_STORIES]


def rank(now: datetime) -> None:
    """Writes the rankings anew whose order changed."""
    for language, _name in settings.LANGUAGES:
        for span, length in SPANS.items():
            _write(language, span, _order(language, now - length, now))


def _order(language: str, since: datetime, now: datetime) -> list[int]:
    """Returns the keys of the articles that most readers read since ``since``; of equals the newer one first."""
    articles = Article.objects.published(now).filter(language=language, hourly_reads__hour__gt=since)
    read = articles.values("pk").annotate(readers=Sum("hourly_reads__number")).filter(readers__gte=FEWEST_READERS)
    return list(read.order_by("-readers", "-publish_at", "-pk").values_list("pk", flat=True)[: SIZE + SPARE])


def _write(language: str, span: Span, order: list[int]) -> None:
    standing = MostRead.objects.filter(language=language, span=span).order_by("place")
    if list(standing.values_list("article", flat=True)) == order:
        return
    with transaction.atomic():
        standing.delete()
        MostRead.objects.bulk_create(
            MostRead(language=language, span=span, place=place, article_id=pk) for place, pk in enumerate(order, 1)
        )
        pagecache.stamp(f"most_read:{language}")

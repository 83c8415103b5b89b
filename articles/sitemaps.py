"""What search engines may read, month by month."""

from datetime import date, datetime

from django.db.models import Max
from django.db.models.functions import TruncMonth
from django.utils import timezone

from articles.models import Article


def months(now: datetime) -> list[tuple[date, datetime]]:
    """Returns each month that has news, and when something of it changed last; the newest first."""
    found = Article.objects.published(now).filter(noindex=False).annotate(month=TruncMonth("publish_at"))
    rows = found.order_by("-month").values("month").annotate(changed=Max("modified_at")).values_list("month", "changed")
    return [(month.date(), changed) for month, changed in rows]


def in_month(month: date, now: datetime) -> list[Article]:
    """Returns what stands in the sitemap of a month: addresses and times, without texts.

    Raises OverflowError for a month at the edge of the calendar.
    """
    zone = timezone.get_current_timezone()
    since = datetime(month.year, month.month, 1, tzinfo=zone)
    until = datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=zone)
    found = Article.objects.published(now).filter(publish_at__gte=since, publish_at__lt=until, noindex=False)
    return list(found.only("language", "slug", "modified_at", "publish_at").order_by("-publish_at"))

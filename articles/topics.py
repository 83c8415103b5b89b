"""Topics of the day: the tags that most of the newest stories have."""

from datetime import datetime, timedelta

from django.db.models import Count

from articles.lists import newest_keys
from articles.models import Tag
from articles.models.listing import Listing
from lib import pagecache

FRESH = timedelta(days=2)
NEWEST = 60
"""How many of the newest stories are looked at."""
MOST, FEWEST = 7, 3
"""Fewer topics than that say nothing: none are shown."""
FEWEST_STORIES = 2


def topics(language: str, now: datetime) -> list[Tag]:
    """Returns the tags of several stories of the last two days, the most frequent first; none where there are few."""
    keys = newest_keys(["all"], language, now=now, size=NEWEST)["all"]
    fresh = Listing.objects.filter(article__in=keys, key="all", language=language, publish_at__gt=now - FRESH)
    counted = Tag.objects.filter(uses__content_object__listings__in=fresh).annotate(stories=Count("uses"))
    found = list(counted.filter(stories__gte=FEWEST_STORIES).order_by("-stories", "name")[:MOST])
    pagecache.tag(*(f"tag:{tag.pk}" for tag in found))
    oldest = fresh.order_by("publish_at").values_list("publish_at", flat=True).first()
    pagecache.expires(oldest + FRESH if oldest else None)
    return found if len(found) >= FEWEST else []

"""What readers are offered when nothing was found."""

from datetime import datetime

from django.db.models import Count

from articles.models import Listing, Tag

NEWEST = 200
"""Stories whose tags are counted."""
TAGS = 12


def popular_tags(language: str, now: datetime) -> list[Tag]:
    """Returns the tags that the newest stories have most often, in two queries."""
    listed = Listing.objects.filter(key="all", language=language, publish_at__lte=now).exclude(unpublish_at__lte=now)
    newest = list(listed.order_by("-publish_at", "-article").values_list("article", flat=True)[:NEWEST])
    tags = Tag.objects.filter(uses__content_object__in=newest)
    return list(tags.annotate(number=Count("uses")).order_by("-number", "name")[:TAGS])

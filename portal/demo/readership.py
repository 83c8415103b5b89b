"""How often the stories of the demo were read: much at first, less with every hour, hardly at night."""

import random
from datetime import datetime, timedelta

from articles import most_read, reads
from articles.models import Article

HOUR = timedelta(hours=1)
FADES = 0.9
"""What is left of the interest in a story after each hour."""
BY_HOUR = (2, 1, 1, 1, 1, 3, 7, 10, 12, 11, 10, 10, 11, 11, 9, 9, 9, 10, 11, 12, 12, 10, 7, 4)
"""How many of a city's readers are awake and reading, by the hour of their clock."""


def read(now: datetime) -> None:
    """Writes how many readers each story had in the week before ``now``, which is local time, and ranks them."""
    dice = random.Random(1)
    hours: dict[tuple[int, datetime], int] = {}
    for story in Article.objects.published(now).order_by("pk"):
        interest = dice.lognormvariate(2.2, 0.8) / (1 if story.language == "ru" else 5)
        begin = max(story.publish_at or now, now - reads.HOURLY).replace(minute=0, second=0, microsecond=0)
        for age in range(int((now - begin) / HOUR) + 1):
            hour = begin + age * HOUR
            awake = BY_HOUR[hour.astimezone(now.tzinfo).hour] / 10
            if number := round(interest * awake * (FADES**age * 10 + 0.3)):
                hours[story.pk, hour] = number
    reads.add(hours)
    most_read.rank(now)

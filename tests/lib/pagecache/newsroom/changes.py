"""What an editor does to the newsroom. Each is one transaction."""

from datetime import datetime

from django.db import connection, transaction

from lib.pagecache import stamp
from lib.pagecache.models import TagVersion
from tests.lib.pagecache.newsroom.models import Bulletin, Category, Keyword, Story


class Mishap(Exception):
    """Something went wrong before the commit."""


@transaction.atomic
def found() -> None:
    """Empties the newsroom and gives it two categories, a keyword, a story and a bulletin."""
    for model in (Story, Category, Keyword, Bulletin):
        model._base_manager.all().delete()
    TagVersion.objects.all().delete()
    for pk, name in ((1, "Town"), (2, "Sport")):
        Category.objects.create(pk=pk, name=name)
    Keyword.objects.create(pk=1, name="bridge")
    Story.objects.create(pk=1, title="Bridge opens", category_id=1)
    Bulletin.objects.create(pk=1, text="Rain")


def add(title: str) -> None:
    Story.objects.create(pk=2, title=title, category_id=1)


def rename(title: str) -> None:
    story = Story.objects.get(pk=1)
    story.title = title
    story.save()


def rename_and_fail(title: str) -> None:
    try:
        with transaction.atomic():
            rename(title)
            raise Mishap
    except Mishap:
        pass


def move(category: int) -> None:
    story = Story.objects.get(pk=1)
    story.category_id = category
    story.save()


def move_as_known_before(category: int) -> None:
    """Saves a story that somebody else has moved since it was read."""
    story = Story(pk=1, title="Bridge opens", category_id=1)
    story.category_id = category
    story.save()


def attach(keyword: int) -> None:
    Story.objects.get(pk=1).keywords.add(keyword)


def detach_from_the_other_side(keyword: int) -> None:
    Keyword.objects.get(pk=keyword).story_set.remove(1)


def clear_keywords() -> None:
    Story.objects.get(pk=1).keywords.clear()


def clear_stories(keyword: int) -> None:
    Keyword.objects.get(pk=keyword).story_set.clear()


def delete_story() -> None:
    Story.objects.get(pk=1).delete()


def delete_stories_at_once() -> None:
    Story.objects.all().delete()


def delete_their_category() -> None:
    Category.objects.get(pk=1).delete()


@transaction.atomic
def rename_silently(title: str) -> None:
    Story.objects.update(title=title)


@transaction.atomic
def rename_silently_and_stamp(title: str) -> None:
    Story.objects.update(title=title)
    stamp("story:1")


def stamp_alone() -> None:
    stamp("story:1")


def announce(text: str, next_at: str | None = None) -> None:
    Bulletin(pk=1, text=text, next_at=next_at and datetime.fromisoformat(next_at)).save()


@transaction.atomic
def announce_silently(text: str) -> None:
    Bulletin.objects.update(text=text)


def lose_connections() -> None:
    """Ends every other connection of the database, as a restart of PostgreSQL does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@transaction.atomic
def stamp_elsewhere() -> None:
    stamp("elsewhere")

"""What follows when an author or a tag gets another name or goes: search finds their articles by what is true now."""

from typing import Any

from django.db import transaction
from django_tasks import task

from articles import search
from articles.models import Article, Author, Tag


def find_by_new_name(*, instance: Author | Tag, **signal: Any) -> None:
    """Listens to ``pre_save`` of authors and tags."""
    before = type(instance).objects.filter(pk=instance.pk).first()
    if before is not None and _names(before) != _names(instance):
        key = f"{instance._meta.model_name}:{instance.pk}"
        transaction.on_commit(lambda: index_list.enqueue(key))


def _names(named: Author | Tag) -> tuple[str, ...]:
    return (named.name_ru, named.name_en) if isinstance(named, Author) else (named.name,)


@task()
def index_list(key: str) -> None:
    """Writes the search entries of a list's articles anew. Running twice does no harm."""
    for _size in search.reindex(key):
        pass


@task()
@transaction.atomic
def index_articles(keys: list[int]) -> None:
    """Writes the search entries of some articles anew. Running twice does no harm."""
    search.index(*Article.objects.select_for_update().filter(pk__in=keys).order_by("pk"))

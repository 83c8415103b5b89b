"""What follows when an author or a tag gets another name: search finds their articles by it."""

from typing import Any

from django.db import transaction
from django_tasks import task

from articles import search
from articles.models import Author, Tag


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

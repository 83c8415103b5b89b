"""Stamps what changes of models with ``cache_tags()`` touch: before the change and after it."""

from itertools import permutations
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save

from lib.pagecache.models import OnPages
from lib.pagecache.stamps import stamp


def connect() -> None:
    """Connects the receivers, each to the models it concerns: a delete of any other model stays fast."""
    for model in apps.get_models():
        if issubclass(model, OnPages):
            pre_save.connect(stamp_stored, sender=model)
            post_save.connect(stamp_saved, sender=model)
            pre_delete.connect(stamp_deleted, sender=model)
    m2m_changed.connect(stamp_related)


def stamp_stored(sender: type[OnPages], instance: OnPages, using: str, **kwargs: Any) -> None:
    if instance.pk is not None:
        stamp(*_stored_tags(instance, using), using=using)


def stamp_saved(sender: type[OnPages], instance: OnPages, using: str, **kwargs: Any) -> None:
    stamp(*instance.cache_tags(), using=using)


def stamp_deleted(sender: type[OnPages], instance: OnPages, using: str, **kwargs: Any) -> None:
    stamp(*_stored_tags(instance, using), *instance.cache_tags(), using=using)


def stamp_related(
    sender: type[Model],
    instance: Model,
    action: str,
    model: type[Model],
    pk_set: set[Any] | None,
    using: str,
    **kwargs: Any,
) -> None:
    """Stamps both sides of a many-to-many relation, before and after it changes."""
    if isinstance(instance, OnPages):
        stamp(*_stored_tags(instance, using), *instance.cache_tags(), using=using)
    if issubclass(model, OnPages) and model.stamped_by_relations:
        keys = _related_keys(sender, instance, model, using) if action == "pre_clear" else pk_set
        for other in model._base_manager.using(using).filter(pk__in=keys or ()):
            stamp(*other.cache_tags(), using=using)


def _stored_tags(instance: OnPages, using: str) -> set[str]:
    """Returns the tags of the stored row, locked: another transaction could move it just before we do."""
    stored = type(instance)._base_manager.using(using).select_for_update().filter(pk=instance.pk).first()
    return stored.cache_tags() if stored else set()


def _related_keys(through: type[Model], instance: Model, model: type[Model], using: str) -> set[Any]:
    keys: set[Any] = set()
    links = [field for field in through._meta.fields if isinstance(field, ForeignKey)]
    for ours, theirs in permutations(links, 2):
        if isinstance(instance, ours.remote_field.model) and issubclass(model, theirs.remote_field.model):
            rows = through._base_manager.using(using).filter(**{ours.name: instance.pk})
            keys.update(rows.values_list(theirs.attname, flat=True))
    return keys

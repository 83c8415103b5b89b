"""Order among tags: several that mean one thing become one, what nobody needs goes, what looks alike is found."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Model

from articles.models import ArticleTag, Listing, Tag, TagName
from articles.models.listing import list_tag
from articles.models.tags import key_of
from articles.renaming import index_articles, index_list
from articles.search.words import stems
from articles.signals import tag_merged
from lib.pagecache import stamp

BATCH = 1_000
LONG_ENOUGH = 6
"""Letters from which on names that differ in one letter are likely to mean one thing."""


@transaction.atomic
def merge(tags: Sequence[Tag], into: Tag) -> int:
    """Gives the stories of ``tags`` the tag ``into`` and takes ``tags`` away; returns how many stories that were.

    Their names become names of ``into``, since revisions go on calling it so; their addresses lead to its own.
    """
    tags = list(Tag.objects.select_for_update().filter(pk__in=[tag.pk for tag in tags]).exclude(pk=into.pk))
    articles = _retag(tags, into)
    _relist(tags, into)
    _repoint(tags, into)
    TagName.objects.filter(tag__in=tags).update(tag=into)
    for old in tags:
        transaction.on_commit(partial(tag_merged.send, Tag, old=_copy(old), tag=into))
        old.delete()
    transaction.on_commit(lambda: index_list.enqueue(f"tag:{into.pk}"))
    return len(articles)


@transaction.atomic
def remove(tags: Sequence[Tag]) -> None:
    """Takes ``tags`` from every story and from the site. A story whose text names one brings it back when published."""
    articles = set(ArticleTag.objects.filter(tag__in=tags).values_list("content_object", flat=True))
    keys = _keys(tags)
    Listing.objects.filter(key__in=keys).delete()
    _stamp(articles, keys)
    for tag in tags:
        tag.delete()
    keys_in_order = sorted(articles)
    for first in range(0, len(keys_in_order), BATCH):
        transaction.on_commit(partial(index_articles.enqueue, keys_in_order[first : first + BATCH]))


def alike(tags: Iterable[Tag]) -> list[list[Tag]]:
    """Returns groups of tags that may mean one thing: forms of the same words, or names that differ in one letter."""
    groups: dict[object, list[Tag]] = defaultdict(list)
    for tag in tags:
        for key in _likenesses(tag.name):
            groups[key].append(tag)
    found = {tuple(group) for group in groups.values() if len(group) > 1}
    largest = [group for group in found if not any(set(group) < set(other) for other in found)]
    return sorted((list(group) for group in largest), key=lambda group: group[0].name)


def _likenesses(name: str) -> set[object]:
    """Returns what names that are alike have in common: their stems, or the letters but for one."""
    key = key_of(name)
    shorter = {key[:at] + key[at + 1 :] for at in range(len(key))} if len(key) >= LONG_ENOUGH else set()
    has_number = any(map(str.isdigit, key))  # «2025» and «2026» are no slip
    return {tuple(sorted(stems(name))), key} | (set() if has_number else shorter)


def _retag(tags: Sequence[Tag], into: Tag) -> set[int]:
    uses = ArticleTag.objects.filter(tag__in=tags)
    articles = set(uses.values_list("content_object", flat=True))
    uses.delete()
    have = set(ArticleTag.objects.filter(tag=into).values_list("content_object", flat=True))
    missing = (ArticleTag(tag=into, content_object_id=pk) for pk in sorted(articles - have))
    ArticleTag.objects.bulk_create(missing, batch_size=BATCH)
    _stamp(articles, {*_keys(tags), *_keys([into])})
    return articles


def _relist(tags: Sequence[Tag], into: Tag) -> None:
    """Moves the rows of the lists; an article stands in one list once."""
    old = Listing.objects.filter(key__in=_keys(tags))
    (key,) = _keys([into])
    have = set(Listing.objects.filter(key=key).values_list("article", flat=True))
    rows = {row.article_id: row for row in old if row.article_id not in have}
    old.delete()
    for row in rows.values():
        row.pk, row.key = None, key
    Listing.objects.bulk_create(rows.values(), batch_size=BATCH)


def _repoint(tags: Sequence[Tag], into: Tag) -> None:
    """Leads whatever else names one of ``tags``, such as a rule of the ticker, to ``into``."""
    for relation in Tag._meta.related_objects:
        model: type[Model] = relation.related_model
        if model in {ArticleTag, TagName}:
            continue
        name = relation.field.name
        for pointing in model._base_manager.filter(**{f"{name}__in": tags}):
            if relation.many_to_many:
                getattr(pointing, name).add(into)
            else:
                _point(pointing, name, into)


def _point(pointing: Model, name: str, into: Tag) -> None:
    """Leads one row to ``into``, unless there is such a row already: then it goes with the old tag."""
    setattr(pointing, name, into)
    with suppress(IntegrityError), transaction.atomic():
        pointing.save()


def _keys(tags: Iterable[Tag]) -> list[str]:
    return [f"tag:{tag.pk}" for tag in tags]


def _stamp(articles: Iterable[int], keys: Iterable[str]) -> None:
    lists = (list_tag(key, language) for key in keys for language, _name in settings.LANGUAGES)
    stamp(*lists, *(f"article:{pk}" for pk in articles))


def _copy(tag: Tag) -> Tag:
    """Returns what a listener needs of a tag that is no more."""
    return Tag(pk=tag.pk, name=tag.name, slug=tag.slug)

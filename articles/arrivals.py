"""Publishes many articles at once, as an import brings them.

What ``publishing.save`` and ``publishing.publish`` do for one story in some forty statements, this does for a
batch in about twenty. Only for articles that have nothing yet, so that there is nothing to compare or remove.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from articles import search
from articles.announcing import Kind, announce
from articles.body import media_in
from articles.content import COPIED_FIELDS, Content
from articles.media_uses import note_uses_of_new
from articles.models import (
    Article,
    ArticleTag,
    Author,
    Byline,
    Category,
    Citation,
    Listing,
    Media,
    Revision,
    Source,
    State,
    Tag,
)
from articles.models.tags import present_names
from lib.pagecache import stamp

WRITTEN = [
    *COPIED_FIELDS,
    "category",
    "hero",
    "state",
    "publish_at",
    "first_published_at",
    "modified_at",
    "live_revision",
    "newest",
    "touched_at",
]


@dataclass
class Arrival:
    """An article without any revision, what it will say, and since when it has been public."""

    article: Article
    content: Content
    at: datetime
    modified_at: datetime

    @property
    def categories(self) -> list[int]:
        return [key for key in (self.content.category, *self.content.categories) if key]


@transaction.atomic
def publish_arrivals(arrivals: Sequence[Arrival], *, now: datetime | None = None) -> None:
    """Publishes ``arrivals`` with a first revision each, and with whatever follows from a publication."""
    known = _Known(arrivals)
    for arrival, revision in zip(arrivals, _revisions(arrivals, now or timezone.now()), strict=True):
        _copy(arrival, revision, known)
    articles = [arrival.article for arrival in arrivals]
    Article.objects.bulk_create(articles, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN)
    _relate(arrivals, known)
    note_uses_of_new([(arrival.article.pk, arrival.content) for arrival in arrivals])
    _credit(arrivals, known)
    _list(arrivals, known)
    search.index(*articles)
    announce(articles, Kind.PUBLISHED, now or timezone.now(), first=True)


class _Known:
    """What the arrivals name and what is still there. What was deleted since is left out, as ever."""

    def __init__(self, arrivals: Sequence[Arrival]) -> None:
        contents = [arrival.content for arrival in arrivals]
        heroes = (content.hero for content in contents)
        pictures = (key for content in contents for key in media_in(content.body))
        self.categories = _with_ancestors({key for arrival in arrivals for key in arrival.categories})
        self.media = _existing(Media, chain(heroes, pictures))
        self.authors = _existing(Author, (one.author for content in contents for one in content.authors))
        self.sources = _existing(Source, (one.source for content in contents for one in content.sources))
        self.tags = _tags({name for content in contents for name in content.tags})

    def list_keys(self, arrival: Arrival) -> set[str]:
        """Returns the lists that the article will stand in; see ``Article.list_keys``."""
        content = arrival.content
        keys = {"all"} | ({"opinion"} if content.is_opinion else set())
        keys |= {f"category:{key}" for category in arrival.categories for key in self.categories.get(category, ())}
        keys |= {f"tag:{self.tags[name].pk}" for name in content.tags}
        keys |= {f"author:{one.author}" for one in content.authors if one.author in self.authors}
        return keys | {f"source:{one.source}" for one in content.sources if one.source in self.sources}


def _revisions(arrivals: Sequence[Arrival], now: datetime) -> list[Revision]:
    return Revision.objects.bulk_create(
        Revision(
            article=arrival.article,
            number=1,
            kind=Revision.Kind.IMPORT,
            at=now,
            title=arrival.content.title,
            data=arrival.content.to_json(),
        )
        for arrival in arrivals
    )


def _copy(arrival: Arrival, revision: Revision, known: _Known) -> None:
    article, content = arrival.article, arrival.content
    for name in COPIED_FIELDS:
        setattr(article, name, getattr(content, name))
    article.category_id = content.category if content.category in known.categories else None
    article.hero_id = content.hero if content.hero in known.media else None
    article.state = State.PUBLISHED
    article.publish_at = article.first_published_at = arrival.at
    article.modified_at = max(arrival.modified_at, arrival.at)
    article.live_revision = article.newest = revision
    article.touched_at = article.modified_at


def _relate(arrivals: Sequence[Arrival], known: _Known) -> None:
    further, pictures = Article.categories.through, Article.body_media.through
    further.objects.bulk_create(
        further(article=arrival.article, category_id=key)
        for arrival in arrivals
        for key in dict.fromkeys(arrival.content.categories)
        if key in known.categories
    )
    pictures.objects.bulk_create(
        pictures(article=arrival.article, media_id=key)
        for arrival in arrivals
        for key in media_in(arrival.content.body) & known.media
    )
    ArticleTag.objects.bulk_create(
        ArticleTag(content_object=arrival.article, tag=tag)
        for arrival in arrivals
        for tag in dict.fromkeys(known.tags[name] for name in arrival.content.tags)
    )


def _credit(arrivals: Sequence[Arrival], known: _Known) -> None:
    Byline.objects.bulk_create(
        Byline(article=arrival.article, author_id=one.author, role=one.role, order=order)
        for arrival in arrivals
        for order, one in enumerate(arrival.content.authors)
        if one.author in known.authors
    )
    Citation.objects.bulk_create(
        Citation(article=arrival.article, source_id=one.source, url=one.url, order=order)
        for arrival in arrivals
        for order, one in enumerate(arrival.content.sources)
        if one.source in known.sources
    )


def _list(arrivals: Sequence[Arrival], known: _Known) -> None:
    """Writes the listing rows, and gives the pages that show these lists new versions."""
    rows = [
        Listing(key=key, language=arrival.content.language, article=arrival.article, publish_at=arrival.at)
        for arrival in arrivals
        for key in sorted(known.list_keys(arrival))
    ]
    Listing.objects.bulk_create(rows)
    lists = {tag for row in rows for tag in row.cache_tags}
    stamp(*(f"article:{arrival.article.pk}" for arrival in arrivals), *lists)


def _with_ancestors(keys: Collection[int]) -> dict[int, set[int]]:
    """Returns for each category the keys of it and of those above it, in two queries."""
    paths = dict(Category.objects.filter(pk__in=keys).values_list("pk", "path"))
    lines = {key: _steps(path) for key, path in paths.items()}
    known = dict(Category.objects.filter(path__in=set().union(*lines.values())).values_list("path", "pk"))
    return {key: {known[step] for step in line if step in known} for key, line in lines.items()}


def _steps(path: str) -> set[str]:
    """Returns ``a``, ``a/b`` and ``a/b/c`` for ``a/b/c``."""
    parts = path.split("/")
    return {"/".join(parts[:depth]) for depth in range(1, len(parts) + 1)}


def _tags(names: Collection[str]) -> dict[str, Tag]:
    called = present_names(names)
    known = Tag.objects.in_bulk(set(called.values()), field_name="name")
    for name in set(called.values()) - known.keys():
        known[name] = Tag.objects.create(name=name)
    return {name: known[called[name]] for name in names}


def _existing(model: type[Model], keys: Iterable[int | None]) -> set[int]:
    wanted = {key for key in keys if key is not None}
    return set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True))

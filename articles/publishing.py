"""The editorial acts: save, publish, withdraw, restore.

Saving writes a Revision and nothing else. Publishing copies a revision to the rows that readers see, and
with them whatever follows (lists, search, the versions of cached pages) in one transaction, so that readers
see all of it or nothing.
"""

from datetime import datetime, timedelta
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles import search
from articles.body import media_in
from articles.content import COPIED_FIELDS, Content
from articles.models import Article, Author, Byline, Category, Citation, Media, Revision, Source, State, Update
from articles.signals import article_published, article_withdrawn
from lib.pagecache import stamp

SITTING = timedelta(hours=2)
"""Autosaves of one person replace each other when they are no further apart."""


class Conflict(Exception):
    """Somebody saved in between: ``newest`` is a revision that the editor has not seen."""

    def __init__(self, newest: Revision) -> None:
        super().__init__(f"Revision {newest.number} is newer.")
        self.newest = newest


@transaction.atomic
def start(content: Content, *, by: User | None, kind: str = Revision.Kind.SAVE, now: datetime | None = None) -> Article:
    """Makes a draft whose first revision is ``content``."""
    article = Article.objects.create(language=content.language, created_by=by, created_at=now or timezone.now())
    save(article, content, by=by, kind=kind, now=now)
    return article


@transaction.atomic
def save(
    article: Article,
    content: Content,
    *,
    by: User | None,
    kind: str = Revision.Kind.SAVE,
    based_on: int | None = None,
    now: datetime | None = None,
) -> Revision:
    """Writes ``content`` as the newest revision and returns it; readers notice nothing.

    ``based_on`` is the number of the revision that the editor had before them. Raises Conflict when another
    one has been saved since.
    """
    now = now or timezone.now()
    Article.objects.select_for_update().get(pk=article.pk)  # numbers are given one at a time
    newest = article.revisions.newest()
    if newest is not None and based_on is not None and newest.number != based_on:
        raise Conflict(newest)
    revision = Revision(article=article, number=newest.number + 1 if newest else 1)
    if newest is not None and kind == Revision.Kind.AUTOSAVE and _same_sitting(newest, by, now):
        revision = newest
    revision.kind, revision.by, revision.at = kind, by, now
    revision.title, revision.data = content.title, content.to_json()
    revision.save()
    if article.live_revision_id is None and article.language != content.language:
        article.take_language(content.language)  # the desk and its translations know a draft by its language
        article.save(update_fields=["language", "translation_group"])
    return revision


def _same_sitting(newest: Revision, by: User | None, now: datetime) -> bool:
    return newest.kind == Revision.Kind.AUTOSAVE and newest.by == by and now - newest.at < SITTING


def restore(article: Article, revision: Revision, *, by: User | None, now: datetime | None = None) -> Revision:
    """Makes an older revision the newest one again, as a new revision."""
    return save(article, revision.content, by=by, kind=Revision.Kind.RESTORE, now=now)


@transaction.atomic
def move_to(article: Article, state: State) -> None:
    """Moves an article that was never published to ``state``: draft, in review or ready.

    A withdrawn story comes back only by being published again. Raises ValueError for any other move.
    """
    if {article.state, state} & {State.PUBLISHED, State.WITHDRAWN}:
        raise ValueError("Use publish() and withdraw() for what readers see.")
    article.state = state
    article.save(update_fields=["state"])


@transaction.atomic
def publish(
    article: Article,
    revision: Revision,
    *,
    by: User | None,
    at: datetime | None = None,
    until: datetime | None = None,
    update_note: str = "",
    now: datetime | None = None,
) -> Article:
    """Makes ``revision`` what readers see, from ``at`` (now, if not given) and until ``until``.

    A story that is live keeps its time; ``update_note`` tells readers what is new in it. Returns the article.
    """
    now = now or timezone.now()
    article = Article.objects.select_for_update().get(pk=article.pk)
    was_live = article.is_live(now)
    since = article.first_published_at
    if at is not None or not was_live:
        article.publish_at = at or now
    article.unpublish_at = until
    if since is None or since > now:  # a story that was only scheduled has never been public
        article.first_published_at = article.publish_at
    article.modified_at = max(now, at or now)
    article.state = State.PUBLISHED
    article.live_revision = _marked(article, revision, by, now)
    copy_to(article, revision.content)
    if update_note:
        Update.objects.create(article=article, at=now, note=update_note)
    _tell_lists(article)
    transaction.on_commit(partial(article_published.send, Article, article=article, first=since is None))
    return article


def _marked(article: Article, revision: Revision, by: User | None, now: datetime) -> Revision:
    """Returns the revision that says who published this content: ``revision`` itself only if it is by the same."""
    if revision.by != by:
        return save(article, revision.content, by=by, kind=Revision.Kind.PUBLISH, now=now)
    if revision.kind != Revision.Kind.IMPORT:
        revision.kind = Revision.Kind.PUBLISH
        revision.save(update_fields=["kind"])
    return revision


def copy_to(article: Article, content: Content) -> None:
    """Copies a content to the article and its related rows. What was deleted since is left out."""
    article.take_language(content.language)
    for name in COPIED_FIELDS:
        setattr(article, name, getattr(content, name))
    article.category = Category.objects.filter(pk=content.category).first() if content.category else None
    article.hero = Media.objects.filter(pk=content.hero).first() if content.hero else None
    article.save()
    article.categories.set(Category.objects.filter(pk__in=content.categories))
    article.tags.set(content.tags)
    article.body_media.set(Media.objects.filter(pk__in=media_in(content.body)))
    authors = Author.objects.in_bulk([one.author for one in content.authors])
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(article=article, author=authors[one.author], role=one.role, order=order)
        for order, one in enumerate(content.authors)
        if one.author in authors
    )
    sources = Source.objects.in_bulk([one.source for one in content.sources])
    article.citations.all().delete()
    Citation.objects.bulk_create(
        Citation(article=article, source=sources[one.source], url=one.url, order=order)
        for order, one in enumerate(content.sources)
        if one.source in sources
    )


def _tell_lists(article: Article) -> None:
    """Brings lists and search into line with the article, and gives the pages that show them new versions."""
    stamp(f"article:{article.pk}", *article.relist())
    search.index(article)


@transaction.atomic
def withdraw(article: Article, *, now: datetime | None = None) -> Article:
    """Takes an article off the site for good: its page answers 410. The text stays with the editors.

    A story withdrawn before its time was never public, so its page stays unknown (404).
    """
    now = now or timezone.now()
    article = Article.objects.select_for_update().get(pk=article.pk)
    article.state = State.WITHDRAWN
    article.modified_at = now
    if article.first_published_at is not None and article.first_published_at > now:
        article.first_published_at = None
    article.save(update_fields=["state", "modified_at", "first_published_at"])
    _tell_lists(article)
    transaction.on_commit(partial(article_withdrawn.send, Article, article=article))
    return article


@transaction.atomic
def move_to_bin(article: Article, *, now: datetime | None = None) -> None:
    """Puts an article into the bin; readers find it no more."""
    article.move_to_bin(now or timezone.now())
    _tell_lists(article)
    transaction.on_commit(partial(article_withdrawn.send, Article, article=article))


@transaction.atomic
def take_out_of_bin(article: Article) -> None:
    """Brings an article back from the bin, as it was."""
    article.take_out_of_bin()
    _tell_lists(article)
    if article.state == State.PUBLISHED:
        transaction.on_commit(partial(article_published.send, Article, article=article, first=False))

"""The editorial acts: save, publish, withdraw, bring back, restore.

Saving writes a Revision and nothing else. Publishing copies a revision to the rows that readers see, and
with them whatever follows (lists, search, the versions of cached pages) in one transaction, so that readers
see all of it or nothing.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles import embargo, search
from articles.announcing import Kind, announce
from articles.body import media_in
from articles.content import COPIED_FIELDS, Content
from articles.gone import PARTING, UNSAID, Parting
from articles.media_uses import note_uses
from articles.models import Article, Author, Byline, Category, Citation, Media, Move, Revision, Source, State, Update
from articles.models.tags import as_called_now
from lib.pagecache import stamp, stamp_due

SITTING = timedelta(hours=2)
"""What one person autosaves is written over, as long as its parts are no further apart."""

WRITTEN_OVER = {Revision.Kind.AUTOSAVE, Revision.Kind.SAVE}
"""What is saved so takes the place of an autosave before it."""

UNSEEN = (State.DRAFT, State.REVIEW, State.READY)
"""The states before the first publication. A withdrawn story comes back only by being published again."""
ACTS = {State.DRAFT: Move.Act.TAKE_BACK, State.REVIEW: Move.Act.REVIEW, State.READY: Move.Act.READY}
PLAN = ("planned_revision", "change_at")


class Conflict(Exception):
    """Somebody saved in between: ``newest`` is a revision that the editor has not seen."""

    def __init__(self, newest: Revision) -> None:
        super().__init__(f"Revision {newest.number} is newer.")
        self.newest = newest


@transaction.atomic
def start(
    content: Content,
    *,
    by: User | None,
    kind: str = Revision.Kind.SAVE,
    sheet: str = "",
    now: datetime | None = None,
) -> Article:
    """Makes a draft whose first revision is ``content``, written on ``sheet``."""
    article = Article.objects.create(language=content.language, created_by=by, created_at=now or timezone.now())
    save(article, content, by=by, kind=kind, sheet=sheet, now=now)
    return article


@transaction.atomic
def save(
    article: Article,
    content: Content,
    *,
    by: User | None,
    kind: str = Revision.Kind.SAVE,
    based_on: int | None = None,
    sheet: str = "",
    lifts_embargo: bool = False,
    now: datetime | None = None,
) -> Revision:
    """Writes ``content`` as the newest revision and returns it; readers notice nothing.

    An embargo in force stays, unless ``content`` has a longer one (see ``lift_embargo``). ``based_on`` is the number
    of the revision that the editor had before them. Raises Conflict when another one has been saved since. ``sheet``
    names the open sheet: what it has written itself is no conflict, whether or not the answer came through.

    A save, or an autosave, writes over what the same person has autosaved in this sitting. Its number moves on all
    the same, so that a number always stands for one text: who has another sheet open with the older one is told.
    """
    now = now or timezone.now()
    stored = Article.objects.select_for_update().get(pk=article.pk)  # numbers are given one at a time
    newest = article.revisions.newest()
    if newest is not None and based_on is not None and newest.number != based_on and not newest.is_of(sheet, by):
        raise Conflict(newest)
    if newest is not None and not lifts_embargo:
        content = embargo.kept(content, newest.content, now)
    writes_over = newest and kind in WRITTEN_OVER and _same_sitting(newest, by, now) and not _is_bound(stored, newest)
    revision = newest if newest and writes_over else Revision(article=article)
    if newest is None or revision is not newest or newest.content != content:
        revision.number = newest.number + 1 if newest else 1
    revision.kind, revision.by, revision.at, revision.sheet = kind, by, now, sheet
    revision.title, revision.data = content.title, content.to_json()
    revision.save()
    _stand_on(article, revision, now)
    note_uses(article, content)
    if article.live_revision_id is None and article.language != content.language:
        article.take_language(content.language)  # the desk and its translations know a draft by its language
        article.save(update_fields=["language", "translation_group"])
    return revision


def _stand_on(article: Article, revision: Revision, now: datetime) -> None:
    """Tells the article's row which revision is the newest. No page shows it, so that none is made anew."""
    article.newest, article.touched_at = revision, now
    Article.objects.filter(pk=article.pk).update(newest=revision, touched_at=now)


def _same_sitting(newest: Revision, by: User | None, now: datetime) -> bool:
    return newest.kind == Revision.Kind.AUTOSAVE and newest.by == by and now - newest.at < SITTING


def _is_bound(article: Article, revision: Revision) -> bool:
    """Whether readers see this very revision, or will."""
    return revision.pk in {article.live_revision_id, article.planned_revision_id}


def restore(article: Article, revision: Revision, *, by: User | None, now: datetime | None = None) -> Revision:
    """Makes an older revision the newest one again, as a new revision."""
    return save(article, revision.content, by=by, kind=Revision.Kind.RESTORE, now=now)


def lift_embargo(article: Article, reason: str, *, by: User | None, now: datetime | None = None) -> Revision:
    """Ends the embargo on an article before its time. The new revision says who did it, and why."""
    newest = article.revisions.newest()
    content = embargo.lifted(newest.content if newest else Content(), reason)
    return save(article, content, by=by, lifts_embargo=True, now=now)


@transaction.atomic
def move_to(
    article: Article,
    state: State,
    *,
    by: User | None = None,
    act: Move.Act | None = None,
    reason: str = "",
    now: datetime | None = None,
) -> None:
    """Moves an article that was never published to ``state``: draft, in review or ready.

    What is published or withdrawn stays so (an approval is logged with it). Raises ValueError for any other move.
    """
    if article.state != state and {article.state, state} - {*UNSEEN}:
        raise ValueError("Use publish() and withdraw() for what readers see.")
    log = Move(article=article, act=act or ACTS[state], from_state=article.state, to_state=state, by=by, reason=reason)
    now = now or timezone.now()
    article.state, article.touched_at = state, now
    article.save(update_fields=["state", "touched_at"])
    _log(log, now)


def _log(move: Move, now: datetime, number: int | None = None) -> None:
    """Writes a line of the log, at the newest revision unless another is named."""
    newest = move.article.revisions.order_by("-number").values_list("number", flat=True)
    move.at, move.number = now, number or newest.first()
    move.save()


@transaction.atomic
def publish(
    article: Article,
    revision: Revision,
    *,
    by: User | None,
    at: datetime | None = None,
    until: datetime | None = None,
    update_note: str = "",
    keep_plan: bool = False,
    now: datetime | None = None,
) -> Article:
    """Makes ``revision`` what readers see, from ``at`` (now, if not given) and until ``until``.

    A story that is live keeps its time; ``update_note`` tells readers what is new in it. A change that was planned
    is dropped, or it would undo this one later, unless ``keep_plan``. Returns the article.

    Raises Embargoed if the text may not be read by then.
    """
    now = now or timezone.now()
    article = Article.objects.select_for_update().get(pk=article.pk)
    was, was_live = article.state, article.is_live(now)
    embargo.check(revision.content, now if was_live else at or now)
    is_first = article.first_published_at is None
    _set_times(article, at or (None if was_live else now), until, now)
    article.state = State.PUBLISHED
    article.live_revision = _marked(article, revision, by, now)
    if not keep_plan and article.forget_planned_change():
        stamp_due()
    log = Move(article=article, act=Move.Act.PUBLISH, from_state=was, to_state=State.PUBLISHED, by=by)
    _log(log, now, article.live_revision.number)
    copy_to(article, revision.content)
    if update_note:
        Update.objects.create(article=article, at=now, note=update_note)
    _tell_lists(article)
    announce([article], Kind.PUBLISHED, now, first=is_first)
    return article


def _set_times(article: Article, at: datetime | None, until: datetime | None, now: datetime) -> None:
    """Lets what is published begin ``at`` (None: when it did already) and end ``until``."""
    article.publish_at, article.unpublish_at = at or article.publish_at, until
    if article.first_published_at is None or article.first_published_at > now:  # only scheduled, so never public
        article.first_published_at = article.publish_at
    article.modified_at, article.touched_at = max(now, at or now), now


@transaction.atomic
def retime(
    article: Article, *, at: datetime | None, until: datetime | None = None, now: datetime | None = None
) -> Article:
    """Gives a published article other times; the text that readers see, or will see, stays.

    Raises ValueError for a live one and a time to come (it would leave the site), Embargoed like ``publish``.
    """
    now = now or timezone.now()
    article = Article.objects.select_for_update().get(pk=article.pk)
    at = at or now
    if article.state != State.PUBLISHED or (article.is_live(now) and at > now):
        raise ValueError("Only what is published has times, and what is live began before now.")
    if article.live_revision:
        embargo.check(article.live_revision.content, max(at, now))
    if article.first_published_at is None or article.first_published_at > now:
        article.first_published_at, article.modified_at = at, max(at, now)
    article.publish_at, article.unpublish_at = at, until
    if article.change_at and not article.is_live(article.change_at) and article.forget_planned_change():
        stamp_due()
    article.save()
    _tell_lists(article)
    announce([article], Kind.PUBLISHED, now)
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
    article.tags.set(as_called_now(content.tags))
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
def withdraw(
    article: Article, *, by: User | None = None, parting: Parting = UNSAID, now: datetime | None = None
) -> Article:
    """Takes an article off the site for good: its page answers 410, with ``parting``. The text stays with the editors.

    A story withdrawn before its time was never public, so its page stays unknown (404).
    """
    now = now or timezone.now()
    article = Article.objects.select_for_update().get(pk=article.pk)
    log = Move(article=article, act=Move.Act.WITHDRAW, from_state=article.state, to_state=State.WITHDRAWN, by=by)
    article.state = State.WITHDRAWN
    article.modified_at = article.touched_at = now
    if article.first_published_at is not None and article.first_published_at > now:
        article.first_published_at = None
    if article.forget_planned_change():
        stamp_due()
    parting.write_to(article)
    article.save(update_fields=["state", "modified_at", "touched_at", "first_published_at", *PLAN, *PARTING])
    _log(log, now)
    _tell_lists(article)
    announce([article], Kind.WITHDRAWN, now)
    return article


@transaction.atomic
def bring_back(article: Article, *, by: User | None, now: datetime | None = None) -> Article:
    """Takes a withdrawal back: readers see what they saw last, at its address, its time and its place in the lists.

    It still stands in the article's rows, so nothing is copied and no revision is made: the newest one stays what
    editors go on with. A planned change that the withdrawal dropped does not come back.

    Raises ValueError for what was never out, is not withdrawn or is over by now, Embargoed like ``publish``.
    """
    now = now or timezone.now()
    article = Article.objects.select_for_update().get(pk=article.pk)
    shown, began = article.live_revision, article.publish_at
    if article.state != State.WITHDRAWN or shown is None or began is None or article.has_gone_off(now):
        raise ValueError("Only what is withdrawn, and has time left, can be brought back.")
    embargo.check(shown.content, max(began, now))
    is_first = article.first_published_at is None  # withdrawn before its time: see withdraw()
    log = Move(article=article, act=Move.Act.PUBLISH, from_state=article.state, to_state=State.PUBLISHED, by=by)
    article.state = State.PUBLISHED
    article.first_published_at = article.first_published_at or began
    article.modified_at, article.touched_at = max(began, now), now
    article.save(update_fields=["state", "first_published_at", "modified_at", "touched_at"])
    _log(log, now, shown.number)
    _tell_lists(article)
    announce([article], Kind.PUBLISHED, now, first=is_first)
    return article


@transaction.atomic
def tell_gone(article: Article, parting: Parting) -> Article:
    """Changes what readers find in the place of a story that is gone."""
    article = Article.objects.select_for_update().get(pk=article.pk)
    led_to = article.replaced_by_id
    parting.write_to(article)
    article.save(update_fields=PARTING)
    if article.replaced_by_id != led_to:  # search engines want to know where an address leads
        announce([article], Kind.WITHDRAWN, timezone.now())
    return article


@transaction.atomic
def move_to_bin(article: Article, *, now: datetime | None = None) -> None:
    """Puts an article into the bin; readers find it no more. A change that was planned is dropped."""
    article.move_to_bin(now or timezone.now())
    if article.forget_planned_change():
        article.save(update_fields=PLAN)
        stamp_due()
    _tell_lists(article)
    announce([article], Kind.WITHDRAWN, timezone.now())


@transaction.atomic
def take_out_of_bin(article: Article) -> None:
    """Brings an article back from the bin, as it was."""
    article.take_out_of_bin()
    _tell_lists(article)
    if article.state == State.PUBLISHED:
        announce([article], Kind.PUBLISHED, timezone.now())

"""Changes of live stories that are planned for a moment. None of them needs a job: see lib/pagecache/due.py.

A plan is a revision and a time. Editors go on with newer revisions meanwhile: what was planned is what comes.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from articles import embargo, publishing
from articles.models import Article, Revision
from lib.pagecache import stamp_due

MOST_AT_ONCE = 20


class CannotPlan(ValueError):
    """Readers do not see the story at that time, or the time is over."""


@transaction.atomic
def plan_change(
    article: Article, revision: Revision, *, by: User | None, at: datetime, now: datetime | None = None
) -> Article:
    """Has ``revision`` replace what readers see at ``at``, with its note on what is new. Replaces an earlier plan.

    Raises CannotPlan where the story is not live at that time, Embargoed if nobody may read the text by then.
    """
    now = now or timezone.now()
    article = Article.objects.select_for_update().get(pk=article.pk)
    if at <= now or not article.is_live(at):
        raise CannotPlan(f"No reader sees article {article.pk} change at {at}.")
    embargo.check(revision.content, at)
    article.planned_revision, article.change_at = _settled(article, revision, by, now), at
    _write(article)
    return article


def _settled(article: Article, revision: Revision, by: User | None, now: datetime) -> Revision:
    """Returns the revision as the one who plans answers for it: no autosave, which the next one would replace."""
    if revision.by != by:
        return publishing.save(article, revision.content, by=by, now=now)
    if revision.kind == Revision.Kind.AUTOSAVE:
        revision.kind = Revision.Kind.SAVE
        revision.save(update_fields=["kind"])
    return revision


@transaction.atomic
def drop_planned_change(article: Article) -> Article:
    """Forgets what was planned; the revision stays. Does nothing where nothing was planned (any more)."""
    article = Article.objects.select_for_update().get(pk=article.pk)
    article.forget_planned_change()
    _write(article)
    return article


def _write(article: Article) -> None:
    """Writes the plan past the page cache: by a plan no page changes yet."""
    plan = {"planned_revision": article.planned_revision, "change_at": article.change_at}
    Article.objects.filter(pk=article.pk).update(**plan)
    stamp_due()


def next_due() -> datetime | None:
    """Returns when the next planned change comes true."""
    moment: datetime | None = Article.objects.filter(change_at__isnull=False).aggregate(next=Min("change_at"))["next"]
    return moment


def apply_due(now: datetime) -> int:
    """Publishes every change whose time has come, each exactly once however many call this. Returns how many."""
    due = Article.objects.filter(change_at__lte=now).order_by("change_at", "pk")
    return sum(_apply(key, now) for key in list(due.values_list("pk", flat=True)[:MOST_AT_ONCE]))


@transaction.atomic
def _apply(key: int, now: datetime) -> bool:
    article = Article.objects.select_for_update().filter(pk=key, change_at__lte=now).first()
    if article is None or article.planned_revision is None or article.change_at is None:
        return False  # another was faster
    revision, at = article.planned_revision, article.change_at
    if not article.is_live(at):  # it went off before
        drop_planned_change(article)
        return False
    note = revision.content.update_note
    until = article.unpublish_at
    publishing.publish(article, revision, by=revision.by, until=until, update_note=note, now=at)
    return True

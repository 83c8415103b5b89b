"""What editors have before them: the working copies of articles, their state and what waits for whom."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from articles.models import Article, Author, Category, Revision, State

UNPUBLISHED = (State.DRAFT, State.REVIEW, State.READY)
SHELF_SIZE = 8


@dataclass(frozen=True)
class Badge:
    """The state of an article in a word; ``kind`` names its colour in the stylesheet."""

    kind: str
    label: str


def badge(article: Article, now: datetime) -> Badge:
    """Returns the state of ``article`` as it is at ``now``, the clock considered."""
    if article.in_bin:
        return Badge("bin", _("in the bin"))
    if article.is_scheduled(now):
        return Badge("scheduled", _("scheduled"))
    if article.state == State.PUBLISHED and article.has_gone_off(now):
        return Badge("off", _("taken off"))
    if article.is_live(now):
        return Badge("live", _("live"))
    return Badge(article.state, article.get_state_display())


def newest_revisions(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """Returns those of ``revisions`` that are the newest of their article."""
    newer = Revision.objects.filter(article=OuterRef("article")).order_by("-number")
    return revisions.filter(pk=Subquery(newer.values("pk")[:1]))


def working_copies() -> QuerySet[Revision]:
    """Returns the newest revisions of what is not published, whose articles' rows know nothing of them yet."""
    return newest_revisions(Revision.objects.filter(article__state__in=UNPUBLISHED))


@dataclass
class Line:
    """An article in a list of the desk, told by its newest revision."""

    article: Article
    title: str
    badge: Badge
    has_unpublished_changes: bool
    saved_at: datetime
    category_key: int | None
    author_keys: list[int]
    lags: bool = False
    """Whether it is a translation whose original was saved later."""
    category: Category | None = None
    authors: list[Author] = field(default_factory=list)


def lines(articles: Sequence[Article], now: datetime) -> list[Line]:
    """Returns the lines of ``articles``, in one query however many there are."""
    told = ("article", "pk", "title", "at", "data__category", "data__authors")
    newest = newest_revisions(Revision.objects.filter(article__in=[article.pk for article in articles]))
    rows = {row[0]: row[1:] for row in newest.values_list(*told)}
    return [_line(article, rows[article.pk], now) for article in articles if article.pk in rows]


def _line(article: Article, newest: tuple[Any, ...], now: datetime) -> Line:
    key, title, saved_at, category, authors = newest
    return Line(
        article,
        title,
        badge(article, now),
        article.state == State.PUBLISHED and key != article.live_revision_id,
        saved_at,
        category,
        [one["author"] for one in authors or []],
    )


def with_names(found: list[Line]) -> list[Line]:
    """Fills in the categories and authors of lines, in two queries however many there are."""
    categories = Category.objects.in_bulk({line.category_key for line in found if line.category_key})
    authors = Author.objects.in_bulk({key for line in found for key in line.author_keys})
    for line in found:
        line.category = categories.get(line.category_key or 0)
        line.authors = [authors[key] for key in line.author_keys if key in authors]
    return found


@dataclass
class Shelf:
    """A short list of «Today» and where the rest of it is."""

    title: str
    empty: str
    query: str
    lines: list[Line]
    template = "admin/articles/article/_shelf.html"


def shelves(user: User, now: datetime) -> list[Shelf]:
    """Returns what an editor wants to see first thing: own drafts, what waits, what comes, what is live."""
    every = Article.objects.filter(binned_at=None)
    listed = Q(listings__key="all", listings__language__in=[code for code, _name in settings.LANGUAGES])
    coming = every.filter(listed, state=State.PUBLISHED, listings__publish_at__gt=now)
    live = Article.objects.published(now).filter(listed, listings__publish_at__lte=now)
    wanted = [
        (_("My drafts"), _("No drafts of yours."), "state=draft&mine=1",
         every.filter(state=State.DRAFT, created_by=user).order_by("-pk")),
        (_("Waiting for an editor"), _("Nothing waits."), "state=waiting",
         every.filter(state__in=(State.REVIEW, State.READY)).order_by("-pk")),
        (_("Scheduled"), _("Nothing is scheduled."), "state=scheduled", coming.order_by("listings__publish_at")),
        (_("Live now"), _("Nothing is published yet."), "state=live", live.order_by("-listings__publish_at")),
    ]  # fmt: skip
    found = [list(articles.defer("body")[:SHELF_SIZE]) for *_words, articles in wanted]
    told = {line.article.pk: line for line in lines([article for articles in found for article in articles], now)}
    return [
        Shelf(title, empty, query, [told[article.pk] for article in articles if article.pk in told])
        for (title, empty, query, _articles), articles in zip(wanted, found, strict=True)
    ]

"""What editors have before them: the working copies of articles, their state and what waits for whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from articles.models import Article, Author, Category, Revision, State
from articles.models.article import ArticleQuerySet

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


def for_desk(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Adds what the newest revision says: ``working_title``, ``newest_key``, ``saved_at``."""
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
    return articles.defer("body").annotate(
        working_title=Subquery(newest.values("title")[:1]),
        newest_key=Subquery(newest.values("pk")[:1]),
        saved_at=Subquery(newest.values("at")[:1]),
    )


def working_copies() -> QuerySet[Revision]:
    """Returns the newest revisions of what is not published, whose articles' rows know nothing of them yet."""
    newer = Revision.objects.filter(article=OuterRef("article")).order_by("-number")
    unpublished = Revision.objects.filter(article__state__in=UNPUBLISHED)
    return unpublished.filter(pk=Subquery(newer.values("pk")[:1]))


@dataclass
class Line:
    """An article in a list of the desk, told by its newest revision."""

    article: Article
    title: str
    badge: Badge
    has_unpublished_changes: bool
    category: Category | None = None
    authors: list[Author] = field(default_factory=list)
    saved_at: datetime | None = None


def lines(articles: Iterable[Article], now: datetime) -> list[Line]:
    """Returns the lines of articles that ``for_desk`` fetched, in three queries however many there are."""
    rows = list(articles)
    keys = [row.newest_key for row in rows]  # type: ignore[attr-defined]  # annotated by for_desk
    values = Revision.objects.filter(pk__in=keys).values_list("article", "data__category", "data__authors")
    told = {article: (category, authors or []) for article, category, authors in values}
    categories = Category.objects.in_bulk({category for category, _authors in told.values() if category})
    names = Author.objects.in_bulk({one["author"] for _category, authors in told.values() for one in authors})
    found = []
    for row in rows:
        category, authors = told.get(row.pk, (None, []))
        line = _line(row, now)
        line.category = categories.get(category)
        line.authors = [names[one["author"]] for one in authors if one["author"] in names]
        found.append(line)
    return found


def _line(article: Article, now: datetime) -> Line:
    title = getattr(article, "working_title", "") or article.title
    newest = getattr(article, "newest_key", None)
    changed = article.state == State.PUBLISHED and newest != article.live_revision_id
    return Line(article, title, badge(article, now), changed, saved_at=getattr(article, "saved_at", None))


@dataclass
class Shelf:
    """A short list of «Today» and where the rest of it is."""

    title: str
    empty: str
    query: str
    lines: list[Line]


def shelves(user: User, now: datetime) -> list[Shelf]:
    """Returns what an editor wants to see first thing: own drafts, what waits, what comes, what is live."""
    every = Article.objects.filter(binned_at=None)
    drafts = every.filter(state=State.DRAFT, created_by=user).order_by("-pk")
    waiting = every.filter(state__in=(State.REVIEW, State.READY)).order_by("-pk")
    listed = Q(listings__key="all", listings__language__in=("ru", "en"))
    coming = every.filter(listed, state=State.PUBLISHED, listings__publish_at__gt=now)
    live = Article.objects.published(now).filter(listed, listings__publish_at__lte=now)
    return [
        _shelf(_("My drafts"), _("No drafts of yours."), "state=draft&mine=1", drafts, now),
        _shelf(_("Waiting for an editor"), _("Nothing waits."), "state=waiting", waiting, now),
        _shelf(
            _("Scheduled"), _("Nothing is scheduled."), "state=scheduled", coming.order_by("listings__publish_at"), now
        ),
        _shelf(
            _("Live now"), _("Nothing is published yet."), "state=live", live.order_by("-listings__publish_at"), now
        ),
    ]


def _shelf(title: str, empty: str, query: str, articles: ArticleQuerySet, now: datetime) -> Shelf:
    return Shelf(title, empty, query, [_line(article, now) for article in for_desk(articles)[:SHELF_SIZE]])

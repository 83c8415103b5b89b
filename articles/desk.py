"""What editors have before them: the working copies of articles, their state and what waits for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from articles import notes, rights, workflow
from articles.content import Content
from articles.embargo import embargo
from articles.models import Article, Author, Category, Note, Revision, State
from articles.reading_now import Reading
from lib.moments import in_words

UNPUBLISHED = (State.DRAFT, State.REVIEW, State.READY)
SHELF_SIZE = 8


def name_of(user: User | None) -> str:
    """Returns what a person is called on the desk."""
    return (user.get_full_name() or user.get_username()) if user else "—"


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
    embargo: datetime | None = None
    """Until when nobody outside may read it, if it is so now."""
    lags: bool = False
    """Whether it is a translation whose original was saved later."""
    category: Category | None = None
    authors: list[Author] = field(default_factory=list)
    reading: Reading | None = None
    """How it is read; told by ``articles.reading_now``."""
    writer: str = ""
    """Who writes in it at this moment."""

    @property
    def moments(self) -> list[str]:
        """What is to come, in words: the end of an embargo, a planned change."""
        ends = [_("embargo until %(when)s") % {"when": in_words(self.embargo)}] if self.embargo else []
        change = self.article.change_at
        return ends + ([_("change planned: %(when)s") % {"when": in_words(change)}] if change else [])


TOLD = {
    "title": "title",
    "saved_at": "at",
    "category": "data__category",
    "authors": "data__authors",
    "hero": "data__hero",
    "embargo": "data__embargo_until",
}


def with_newest(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Adds to each article what a line tells of its newest revision, without the text."""
    return articles.defer("body").annotate(**{f"newest_{name}": F(f"newest__{path}") for name, path in TOLD.items()})


def lines(articles: Sequence[Article], now: datetime) -> list[Line]:
    """Returns the lines of ``articles``, in one query however many there are; in none if ``with_newest`` read them."""
    if articles and not hasattr(articles[0], "newest_title"):
        known = {each.pk: each for each in with_newest(Article.objects.filter(pk__in=[one.pk for one in articles]))}
        articles = [known[article.pk] for article in articles if article.pk in known]
    return [_line(article, now) for article in articles if article.newest_id]


def _line(article: Any, now: datetime) -> Line:
    return Line(
        article,
        article.newest_title,
        badge(article, now),
        article.state == State.PUBLISHED and article.newest_id != article.live_revision_id,
        article.newest_saved_at,
        article.newest_category,
        [one["author"] for one in article.newest_authors or []],
        embargo(Content(embargo_until=article.newest_embargo or ""), now),
    )


def with_names(found: list[Line], categories: Mapping[int, Category] | None = None) -> list[Line]:
    """Fills in the categories and authors of lines, in two queries however many there are.

    In one if the ``categories`` are known already.
    """
    if categories is None:
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


@dataclass
class NotesShelf:
    """The notes that ask somebody, on «Today»."""

    title: str
    notes: list[Note]
    template = "admin/articles/article/_notes_shelf.html"


def _mine(user: User) -> list[tuple[str, str, str, QuerySet[Article]]]:
    """Returns the shelves of what is the user's own or waits for them: title, word for none, query, articles."""
    every = Article.objects.filter(binned_at=None)
    own, returned = every.filter(created_by=user), workflow.returned_to(user)
    drafts = own.filter(state=State.DRAFT).exclude(pk__in=returned.values("pk"))
    passed_on = own.filter(state__in=(State.REVIEW, State.READY))
    brings_on = user.has_perm(rights.PUBLISH) or user.has_perm(rights.EDIT_EVERY)
    waiting = every.filter(workflow.waits_for(user)).order_by("-touched_at")
    nothing = "" if brings_on else _("Nothing of yours is with the editors.")
    return [
        (_("Returned to me"), "", "state=draft&mine=1", returned.order_by("-touched_at")),
        (_("My drafts"), _("No drafts of yours."), "state=draft&mine=1", drafts.order_by("-touched_at")),
        (_("Waiting for me"), _("Nothing waits.") if brings_on else "", "state=waiting", waiting),
        (_("Passed on by me"), nothing, "state=waiting&mine=1", passed_on.order_by("-touched_at")),
    ]


def _newest_live(now: datetime) -> QuerySet[Article]:
    """Returns enough for a shelf. Each language is asked apart: the index of lists gives the newest of one at once."""
    live = Article.objects.published(now).order_by("-listings__publish_at", "-pk").values("pk")
    of_language = {"listings__key": "all", "listings__publish_at__lte": now}
    parts = [live.filter(**of_language, listings__language=code)[:SHELF_SIZE] for code, _name in settings.LANGUAGES]
    return Article.objects.filter(reduce(or_, (Q(pk__in=part) for part in parts))).order_by("-publish_at", "-pk")


def shelves(user: User, now: datetime) -> list[Shelf | NotesShelf]:
    """Returns what an editor wants to see first thing: what asks them, own drafts, what waits, comes and is live."""
    every = Article.objects.filter(binned_at=None)
    listed = Q(listings__key="all", listings__language__in=[code for code, _name in settings.LANGUAGES])
    coming = every.filter(listed, state=State.PUBLISHED, listings__publish_at__gt=now)
    wanted = [
        *_mine(user),
        (_("Scheduled"), _("Nothing is scheduled."), "state=scheduled", coming.order_by("listings__publish_at")),
        (_("Live now"), _("Nothing is published yet."), "state=live", _newest_live(now)),
    ]
    found = [list(articles.defer("body")[:SHELF_SIZE]) for *_words, articles in wanted]
    told = {line.article.pk: line for line in lines([article for articles in found for article in articles], now)}
    asking = list(notes.asking(user)[:SHELF_SIZE])
    return [
        *([NotesShelf(_("Notes for me"), asking)] if asking else []),
        *(
            Shelf(title, empty, query, [told[article.pk] for article in articles if article.pk in told])
            for (title, empty, query, _articles), articles in zip(wanted, found, strict=True)
            if articles or empty
        ),
    ]

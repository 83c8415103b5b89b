"""Who may do what with an article. The desk asks here and nowhere else; lists ask by the conditions below.
What can be done in which state says ``articles.workflow``.

=====================  ====================================================================================
articles.change        writes: one's own stories (``created_by``), as long as they are drafts or in review
edit_every_article     edits the stories of everybody in every category, returns them and marks them ready
Remit                  edits so the stories whose main category is in one's charge, or below one that is
publish_article        publishes, schedules and withdraws whatever one edits so
=====================  ====================================================================================

A story stands in a section by the main category of its newest revision *and* by that of what readers see: to move one
out of a section or into it takes the charge of both. Only an open story of one's own may be put anywhere.
"""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.content import Content
from articles.models import Article, Category, Media, Remit, State
from articles.models.category import steps_above

ADD = "articles.add_article"
WRITE = "articles.change_article"
EDIT_EVERY = "articles.edit_every_article"
PUBLISH = "articles.publish_article"
BIN = "articles.delete_article"
DELETE = "articles.delete_for_good"

OPEN = (State.DRAFT, State.REVIEW)
"""The states in which authors go on with their own stories; from there on they are the editors'."""


NONE = Q(pk__in=[])
EVERY = ~NONE  # Q() would vanish beside another condition


def remit(user: User) -> frozenset[int]:
    """Returns the keys of the categories in the charge of ``user``, those below them included.

    Kept with the user for as long as a request lasts, as Django keeps permissions.
    """
    kept: frozenset[int] | None = getattr(user, "_articles_remit", None)
    if kept is None:
        kept = _below(list(Remit.objects.filter(user=user.pk).values_list("category__path", flat=True)))
        user._articles_remit = kept  # type: ignore[attr-defined]  # as Django's own _perm_cache
    return kept


def _below(paths: list[str]) -> frozenset[int]:
    if not paths:
        return frozenset()
    roots = tuple(f"{path}/" for path in paths)
    return frozenset(pk for pk, path in Category.objects.values_list("pk", "path") if f"{path}/".startswith(roots))


def may_view(user: User, article: Article | None = None) -> bool:
    """Whether ``user`` may read what is in the newsroom: whoever is let in reads all of it."""
    return user.has_perm("articles.view_article") or user.has_perm(WRITE)


def may_edit(user: User, article: Article) -> bool:
    """Whether the story is in the charge of ``user``: to edit whosever it is, to return it, to mark it ready."""
    return user.has_perm(WRITE) and _in_charge(user, article)


def may_write(user: User, article: Article | None, content: Content | None = None) -> bool:
    """Whether ``user`` may save ``article`` (None: a new one); with ``content``, whether to put it where that says."""
    if article is None:
        return user.has_perm(ADD)
    own = _is_own(user, article)
    if not own and not may_edit(user, article):
        return False
    return content is None or own or user.has_perm(EDIT_EVERY) or _may_put(user, article, content.category)


def may_publish(user: User, article: Article | None, content: Content | None = None) -> bool:
    """Whether ``user`` may publish, schedule and withdraw ``article``; with ``content``, whether to publish that."""
    if not (user.has_perm(WRITE) and user.has_perm(PUBLISH)):
        return False
    if user.has_perm(EDIT_EVERY):
        return True
    sections = (_sections(article) if article else set()) | ({content.category} if content else set())
    return bool(remit(user)) and sections - {None} <= remit(user)


def may_bin(user: User, article: Article) -> bool:
    """Whether ``user`` may move ``article`` to the bin, or take it out again."""
    may = may_publish if article.state == State.PUBLISHED else may_write
    return user.has_perm(BIN) and may(user, article)


def may_delete(user: User, article: Article) -> bool:
    """Whether ``user`` may delete for good what is in the bin."""
    return user.has_perm(DELETE) and may_bin(user, article)


def may_empty_bin(user: User) -> bool:
    """Whether ``user`` may delete for good what is in the bin and is no article."""
    return user.has_perm(DELETE)


def may_describe(user: User, media: Media) -> bool:
    """Whether ``user`` may change what is said of ``media``: one's own, or of anybody for who edits or publishes.

    Captions and credits stand on live pages, so a reporter changes those of pictures that came from that reporter.
    """
    return media.uploaded_by_id == user.pk or described_by(user) == EVERY


def described_by(user: User) -> Q:
    """Returns the condition of ``may_describe`` on media."""
    return EVERY if user.has_perm(EDIT_EVERY) or user.has_perm(PUBLISH) else Q(uploaded_by=user.pk)


def editors_of(article: Article) -> QuerySet[User]:
    """Returns those for whom ``may_edit`` holds."""
    backend = "django.contrib.auth.backends.ModelBackend"
    everywhere = User.objects.with_perm(EDIT_EVERY, backend=backend)
    in_charge = Q(pk__in=everywhere.values("pk"))
    paths = Category.objects.filter(pk__in=_sections(article) - {None}).values_list("path", flat=True)
    if found := list(paths):
        above = ([*steps_above(path), path] for path in found)
        charges = (Exists(Remit.objects.filter(user=OuterRef("pk"), category__path__in=each)) for each in above)
        in_charge |= Q(*charges)
    return User.objects.with_perm(WRITE, backend=backend).filter(in_charge, is_staff=True)


def edited_by(user: User) -> Q:
    """Returns the condition of ``may_edit`` on articles."""
    if not user.has_perm(WRITE):
        return NONE
    if user.has_perm(EDIT_EVERY):
        return EVERY
    mine = remit(user)
    if not mine:
        return NONE
    here, nowhere = Q(newest__data__category__in=mine), Q(newest__data__category=None)
    live = Q(category__in=mine)
    return (here & (live | Q(category=None))) | (nowhere & live)


def written_by(user: User) -> Q:
    """Returns the condition of ``may_write`` on articles."""
    if not user.has_perm(WRITE):
        return NONE
    return edited_by(user) | Q(created_by=user.pk, state__in=OPEN)


def published_by(user: User) -> Q:
    """Returns the condition of ``may_publish`` on articles that have a category."""
    return edited_by(user) if user.has_perm(PUBLISH) else NONE


def _in_charge(user: User, article: Article) -> bool:
    if user.has_perm(EDIT_EVERY):
        return True
    sections = _sections(article) - {None} if remit(user) else set()
    return bool(sections) and sections <= remit(user)


def _is_own(user: User, article: Article) -> bool:
    return user.has_perm(WRITE) and article.created_by_id == user.pk and article.state in OPEN


def _may_put(user: User, article: Article, category: int | None) -> bool:
    return category in remit(user) or category == _category_of_newest(article)


def _sections(article: Article) -> set[Any]:
    return {article.category_id, _category_of_newest(article)}


def _category_of_newest(article: Article) -> Any:
    """Asks the newest revision where it came with the article, so that nothing is asked for each of many."""
    if Article.newest.is_cached(article):
        return article.newest.data.get("category") if article.newest else None
    return article.revisions.order_by("-number").values_list("data__category", flat=True).first()

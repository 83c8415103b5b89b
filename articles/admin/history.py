"""The revisions of an article: who saved what and when, what differs between any two, and the way back."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles import publishing, rights
from articles.admin.bases import ModelAdmin, editor
from articles.admin.happened import happened
from articles.comparison import compare
from articles.content import Content
from articles.models import Article, Revision
from articles.widgets import EditorWidget

PAGE_SIZE = 50
MOST = 2**31 - 1
"""A number beyond what a revision can have is no revision's."""


@dataclass
class Entry:
    """A revision in the list, and the autosaves that led to it."""

    revision: Revision
    before: int = 0
    """The number of the revision that it is compared with."""
    autosaves: list[Revision] = field(default_factory=list)


def _number(written: str | None) -> int | None:
    """Reads the number of a revision; None if it is none."""
    known = written is not None and written.isascii() and written.isdigit() and len(written) < 11
    return int(written) if known and written and 0 < int(written) <= MOST else None


def listed(admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """The list of revisions, the newest first, a page before a number."""
    before = _number(request.GET.get("before"))
    revisions = article.revisions.select_related("by").defer("data").order_by("-number")
    newest = revisions.first()
    found = list((revisions.filter(number__lt=before) if before else revisions)[: PAGE_SIZE + 1])
    entries = _entries(found[:PAGE_SIZE], found[PAGE_SIZE:])
    context = _context(admin, request, article, _("History")) | {
        "entries": entries,
        "newest": newest,
        "live": article.live_revision,
        "is_first_page": before is None,
        "happened": happened(article) if before is None else [],
        "older": found[PAGE_SIZE - 1].number if len(found) > PAGE_SIZE else None,
        "may_restore": not article.in_bin and rights.may_write(editor(request), article),
    }
    return TemplateResponse(request, "admin/articles/article/history.html", context)


def _entries(page: list[Revision], further: list[Revision]) -> list[Entry]:
    entries: list[Entry] = []
    for revision in page:
        if revision.is_autosave and entries and not entries[-1].revision.is_autosave:
            entries[-1].autosaves.append(revision)
        else:
            entries.append(Entry(revision))
    for entry, following in zip(entries, [*entries[1:], None], strict=True):
        earlier = following.revision if following else (further[0] if further else None)
        entry.before = earlier.number if earlier else 0
    return entries


def _context(admin: ModelAdmin, request: HttpRequest, article: Article, title: str) -> dict[str, Any]:
    return admin.admin_site.each_context(request) | {"title": title, "opts": admin.opts, "article": article}


def compared(admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """Any two revisions side by side, by their numbers; the older one stands on the left."""
    numbers = [_number(request.GET.get(name)) for name in ("old", "new")]
    if None in numbers:
        messages.warning(request, _("Choose two revisions to compare."))
        return redirect("admin:articles_article_history", article.pk)
    low, high = sorted(number for number in numbers if number)
    found = {each.number: each for each in _told(article).filter(number__in=[low, high])}
    if low not in found or high not in found:
        raise Http404
    context = _context(admin, request, article, _("Comparison of revisions")) | _pair(found[low], found[high])
    context |= {"newest": article.revisions.newest(), "live": article.live_revision}
    return TemplateResponse(request, "admin/articles/article/compare.html", context)


def _told(article: Article) -> Any:
    return article.revisions.select_related("by")


def _pair(old: Revision | None, new: Revision) -> dict[str, Any]:
    comparison = compare(old.content if old else Content(language=new.content.language), new.content)
    return {"old": old, "new": new, "comparison": comparison}


def opened(admin: ModelAdmin, request: HttpRequest, article: Article, number: int) -> HttpResponse:
    """One revision and what it changed; a POST makes it the newest one again."""
    revision = _told(article).filter(number=number).first() if number <= MOST else None
    if revision is None:
        raise Http404
    may_restore = rights.may_write(editor(request), article, revision.content) and not article.in_bin
    if request.method == "POST":
        if not may_restore:
            raise PermissionDenied
        return _restored(admin, request, article, revision)
    before = _told(article).filter(number__lt=number).order_by("-number").first()
    context = _context(admin, request, article, _("Revision %(number)d") % {"number": number}) | _pair(before, revision)
    context |= {
        "revision": revision,
        "newest": article.revisions.newest(),
        "live": article.live_revision,
        "content": revision.content,
        "text": EditorWidget().render("body", revision.content.body, {"id": "id_body", "disabled": True}),
        "media": EditorWidget().media,
        "may_restore": may_restore,
    }
    return TemplateResponse(request, "admin/articles/article/revision.html", context)


def _restored(admin: ModelAdmin, request: HttpRequest, article: Article, revision: Revision) -> HttpResponse:
    publishing.restore(article, revision, by=editor(request))
    admin.log_change(request, article, _("Restored revision %(number)d.") % {"number": revision.number})
    messages.success(request, _("Restored as a new revision. Readers notice nothing until it is published."))
    return redirect("admin:articles_article_change", article.pk)

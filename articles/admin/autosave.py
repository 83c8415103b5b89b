"""What a sheet asks for by itself: to keep what is typed, and to compare what a browser has kept."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import autosaving, publishing, rights
from articles.admin.bases import ModelAdmin, editor
from articles.changes import changes, label
from articles.content import PLANNED_FIELDS, Content
from articles.desk import name_of
from articles.forms import ContentForm, written
from articles.models import Article, Revision
from articles.presence import held_by_another, only_reads
from articles.timing import standing, timing

Answer = Callable[[ModelAdmin, HttpRequest, Article | None, ContentForm, Revision | None], HttpResponse]


def view(admin: ModelAdmin, answer: Answer) -> Any:
    """Returns the view that reads a sheet, of whoever may write on it, and answers it by ``answer``."""

    @require_POST
    def asked(request: HttpRequest, pk: int | None = None) -> HttpResponse:
        # A sheet that does not know yet which draft it has begun may do with it what the draft's own address may.
        article: Any = admin.get_object(request, str(pk)) if pk else _begun(request)
        if pk and article is None:
            raise Http404
        may = admin.has_change_permission(request, article) if article else admin.has_add_permission(request)
        if not may:
            if article:
                only_reads(article, editor(request))
            return _told(403, _("You may not change this article (any more)."))
        if request.POST.get("editor") != str(editor(request).pk):
            return _told(403, _("Somebody else is signed in to this browser by now. Nothing is saved in their name."))
        if article and article.in_bin:
            return _told(409, _("This article is in the bin. Take it out first."))
        newest = article.revisions.select_related("by").newest() if article else None
        may_publish = rights.may_publish(editor(request), article)
        shown = written(newest.content if newest else Content()) | timing(article, newest)
        form = ContentForm(request.POST, article=article, may_publish=may_publish, initial=shown)
        return answer(admin, request, article, form, newest)

    return asked


def _begun(request: HttpRequest) -> Article | None:
    return autosaving.written_on(request.POST.get("sheet", ""), by=editor(request))


def _told(status: int, told: str) -> HttpResponse:
    return JsonResponse({"told": told}, status=status)


def kept(
    admin: ModelAdmin, request: HttpRequest, article: Article | None, form: ContentForm, newest: Revision | None
) -> HttpResponse:
    """Keeps what is right of the sheet as an autosave."""
    now = timezone.now()
    if article and (hold := held_by_another(article, editor(request), now)):
        return _told(
            423, _("%(who)s took over the editing. Here the text is for reading now.") % {"who": name_of(hold.user)}
        )
    before = newest.content if newest else Content()
    content, left_out = autosaving.keepable(form, before)
    if not rights.may_write(editor(request), article, content):
        content, left_out = replace(content, category=before.category), [*left_out, "category"]
    if {"based_on", "sheet"} & set(form.errors):
        return _told(400, _("This is not what a sheet sends. Load the page anew."))
    told = {"based_on": form.cleaned_data["based_on"], "sheet": form.cleaned_data["sheet"], "now": now}
    try:
        revision = autosaving.autosave(article, content, by=editor(request), **told)
    except publishing.Conflict as conflict:
        return _told(409, _conflict(conflict.newest))
    if revision is None:
        return JsonResponse({"number": 0})
    return JsonResponse(_answer(revision, left_out))


def _conflict(newest: Revision) -> str:
    who = newest.by.get_full_name() or newest.by.get_username() if newest.by else "—"
    message = _("%(who)s saved this article at %(time)s. Yours is kept in this browser; press «Save» to see both.")
    return message % {"who": who, "time": _hour(newest)}


def _answer(revision: Revision, left_out: list[str]) -> dict[str, Any]:
    """Returns what the sheet goes on with: the revision that it is based on now, and its own address."""
    told = _("Saved automatically at %(time)s.") % {"time": _hour(revision)}
    if left_out:
        names = ", ".join(label(name) for name in left_out)
        told += " " + _("Only in this browser, as it stands: %(fields)s.") % {"fields": names}
    addresses = {
        name: reverse(f"admin:articles_article_{name}", args=[revision.article_id])
        for name in ("change", "autosave", "draft", "look", "history")
    }
    return {
        "number": revision.number,
        "standing": standing(revision.article),
        "told": told,
        "complete": not left_out,
        "addresses": addresses,
    }


def _hour(revision: Revision) -> str:
    return time_format(timezone.localtime(revision.at), "H:i")


def compared(
    admin: ModelAdmin, request: HttpRequest, article: Article | None, form: ContentForm, newest: Revision | None
) -> HttpResponse:
    """Says in what a text that a browser has kept differs from the newest revision."""
    before = newest.content if newest else Content()
    content, left_out = autosaving.keepable(form, before)
    if article and newest and newest.pk == article.live_revision_id:  # its plans came true: the sheet shows none
        came_true = {name: getattr(before, name) for name in PLANNED_FIELDS if not getattr(content, name)}
        content = replace(content, **came_true)
    found = changes(before, content)
    context = {"changes": found, "left_out": [capfirst(label(name)) for name in left_out]}
    html = render_to_string("admin/articles/article/_draft_changes.html", context, request)
    return JsonResponse({"differs": bool(found or left_out), "html": html})

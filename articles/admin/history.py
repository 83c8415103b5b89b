"""The revisions of an article: who saved what and when, what changed, and the way back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles import publishing
from articles.admin.bases import ModelAdmin, editor
from articles.changes import changes
from articles.content import Content
from articles.models import Article
from articles.widgets import EditorWidget

PAGE_SIZE = 50


def listed(admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """The list of revisions, the newest first."""
    revisions = article.revisions.select_related("by").defer("data").order_by("-number")
    context = admin.admin_site.each_context(request) | {
        "title": _("History"),
        "opts": admin.opts,
        "article": article,
        "page": Paginator(revisions, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return TemplateResponse(request, "admin/articles/article/history.html", context)


def opened(admin: ModelAdmin, request: HttpRequest, article: Article, number: int) -> HttpResponse:
    """One revision and what it changed; a POST makes it the newest one again."""
    revision = article.revisions.select_related("by").filter(number=number).first()
    if revision is None:
        raise Http404
    may_restore = admin.has_change_permission(request, article) and not article.in_bin
    if request.method == "POST":
        if not may_restore:
            raise PermissionDenied
        publishing.restore(article, revision, by=editor(request))
        messages.success(request, _("Restored as a new revision. Readers notice nothing until it is published."))
        return redirect("admin:articles_article_change", article.pk)
    before = article.revisions.filter(number__lt=number).order_by("-number").first()
    context = admin.admin_site.each_context(request) | {
        "title": _("Revision %(number)d") % {"number": number},
        "opts": admin.opts,
        "article": article,
        "revision": revision,
        "content": revision.content,
        "text": EditorWidget().render("body", revision.content.body, {"id": "id_body", "disabled": True}),
        "media": EditorWidget().media,
        "before": before,
        "changes": changes(before.content if before else Content(), revision.content),
        "may_restore": may_restore,
    }
    return TemplateResponse(request, "admin/articles/article/revision.html", context)

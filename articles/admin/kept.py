"""A text that could not be saved as it was typed: what is in it, and the way back into the article."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import keeping
from articles.admin import editing
from articles.admin.bases import ModelAdmin, editor
from articles.changes import changes
from articles.models import Article
from articles.widgets import EditorWidget


def opened(admin: ModelAdmin, request: HttpRequest, article: Article, key: int) -> HttpResponse:
    """The kept text beside the newest revision; a POST brings the two together on the sheet, or puts the text away."""
    kept = article.kept_texts.select_related("by", "article").filter(pk=key).first()
    newest = article.revisions.newest()
    if kept is None or newest is None:
        raise Http404
    may = admin.has_change_permission(request, article) and not article.in_bin and kept.settled_at is None
    is_own = kept.by_id == editor(request).pk  # whether it is of no use says only who typed it
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        if request.POST.get("act") != "drop":
            return editing.ask_about(admin, request, article, kept, newest, status=200)
        if not is_own:
            raise PermissionDenied
        keeping.settle(kept, timezone.now())
        messages.success(request, _("Put away. It stays in the history."))
        return redirect("admin:articles_article_change", article.pk)
    context = admin.admin_site.each_context(request) | {
        "title": _("Kept text"),
        "opts": admin.opts,
        "article": article,
        "kept": kept,
        "newest": newest,
        "content": kept.content,
        "text": EditorWidget().render("body", kept.content.body, {"id": "id_body", "readonly": True}),
        "media": EditorWidget().media,
        "changes": changes(newest.content, kept.content),
        "may_bring": may,
        "may_drop": may and is_own,
    }
    return TemplateResponse(request, "admin/articles/article/kept.html", context)

"""What readers were told about a story after it appeared: corrections, and what was new in its updates."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from articles.admin.bases import DeskAdmin
from articles.models import Correction, Update


class BackToArticle(DeskAdmin):
    """Leads back to the sheet of the article, where its link was pressed, once the form is saved."""

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return redirect("admin:articles_article_change", obj.article_id)

    response_post_save_change = response_post_save_add


@admin.register(Correction)
class CorrectionAdmin(BackToArticle):
    list_display = ("kind", "text", "article", "published_at")
    list_filter = ("kind", "article__language")
    list_select_related = ("article",)
    search_fields = ("text",)
    autocomplete_fields = ("article",)
    date_hierarchy = "published_at"


@admin.register(Update)
class UpdateAdmin(BackToArticle):
    """No list of its own: the sheet of the article leads here, to mend the words or to take an update back."""

    fields = ("note", "at")
    readonly_fields = ("at",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.publish_article")

    has_view_permission = has_delete_permission = has_change_permission

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        self.message_user(request, gettext_lazy("The update is taken back."))
        return redirect("admin:articles_article_changelist")

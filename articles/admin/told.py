"""What readers were told about a story after it appeared: corrections, and what was new in its updates."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from articles import rights
from articles.admin.bases import DeskAdmin, editor
from articles.models import Article, Correction, Update


def _may_tell(request: HttpRequest, told: Any) -> bool:
    return rights.may_publish(editor(request), told.article if told else None)


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

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Readers see it at once, so it takes the right to publish the story it is about."""
        return super().has_change_permission(request, obj) and _may_tell(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_tell(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and rights.may_publish(editor(request), None)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "article":
            kwargs["queryset"] = Article.objects.filter(rights.published_by(editor(request)))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Returns the field; a story is begun, changed and put away on its own pages, not beside its correction."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "article" and field is not None:
            field.widget.can_add_related = field.widget.can_change_related = False
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field


@admin.register(Update)
class UpdateAdmin(BackToArticle):
    """No list of its own: the sheet of the article leads here, to mend the words or to take an update back."""

    fields = ("note", "at")
    readonly_fields = ("at",)
    list_display_links = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may_tell(request, obj)

    has_view_permission = has_delete_permission = has_change_permission

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        self.message_user(request, gettext_lazy("The update is taken back."))
        return redirect("admin:articles_article_changelist")

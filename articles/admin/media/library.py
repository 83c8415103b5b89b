"""The media library: a grid or a list to find pictures and files in, and the sheet of each."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles import rights
from articles.admin import describing
from articles.admin.bases import editor
from articles.admin.bin import BinAdmin
from articles.admin.media import bulk, licences, picker, replacing, uploading
from articles.admin.media.filters import FILTERS, OrderFilter, most_used_tags
from articles.admin.media.forms import MediaForm
from articles.admin.media.paging import NearbyPaginator
from articles.admin.media.thumbnails import thumbnail
from articles.media_desk import waiting
from articles.media_uses import copies, lookalikes
from articles.models import Media
from articles.models.media import MediaQuerySet, folded
from articles.pictures import draw_again, sources
from articles.search.words import plain, stem

View = Callable[..., HttpResponse]
SAFE = ("GET", "HEAD")
CROPS = (
    ("16x9", gettext_lazy("Wide, 16 : 9: lists and the head of a story")),
    ("4x3", gettext_lazy("4 : 3: search engines")),
    ("1x1", gettext_lazy("Square: search engines, messengers")),
)


class MediaList(ChangeList):
    """The library: every file with what its card says, fetched for all at once."""

    def get_queryset(self, *args: Any, **kwargs: Any) -> Any:
        return super().get_queryset(*args, **kwargs).select_related("uploaded_by").prefetch_related("tags")

    def get_ordering(self, request: HttpRequest, queryset: Any) -> Any:
        if request.GET.get("use") == "twins":
            return ["look", "sha256", "-pk"]
        return OrderFilter.ORDERS.get(request.GET.get("order", ""), ("", ("-pk",)))[1]

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        today = timezone.localdate()
        for media in self.result_list:
            media.small = thumbnail(media)["small"] if media.is_image else ""
            media.ended, media.ends = media.licence_has_ended(today), media.licence_ends_soon(today)
        self.grid_query, self.list_query = (self.get_query_string({"view": view}) for view in ("grid", "list"))
        self.counted_all = self.result_count < self.paginator.farthest


@admin.register(Media)
class MediaAdmin(BinAdmin):
    form = MediaForm
    list_display = ("__str__",)
    list_filter = FILTERS
    list_per_page = 60
    list_max_show_all = 60
    show_full_result_count = False
    search_fields = ("words",)
    search_help_text = gettext_lazy("Caption, description, credit, tag or file name.")
    fields = ("alt", "caption", "credit", "tag_names", "licence", "licence_until", "focal_x", "focal_y")
    actions = None
    change_form_template = "admin/articles/media/change_form.html"

    class Media:
        js = tuple(forms.Script(f"desk/{name}.js", type="module") for name in ("focus", "media-tags"))

    def waiting(self, request: HttpRequest) -> int:
        """How many licences have ended of what readers see; stands beside the menu entry of those who can act."""
        return waiting(timezone.now()) if self.has_change_permission(request) else 0

    def get_urls(self) -> list[URLPattern]:
        def named(address: str, view: View, name: str, *methods: str) -> Any:
            def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
                return view(self, request, **kwargs)

            checked = require_http_methods(list(methods))(answer)
            return path(address, self.admin_site.admin_view(checked), name=f"articles_media_{name}")

        return [
            named("upload/", uploading.upload, "upload", "POST"),
            named("describe/", uploading.describe, "describe", *SAFE, "POST"),
            named("licences/", licences.licences, "licences", *SAFE, "POST"),
            named("bulk/", bulk.edit_many, "bulk", "POST"),
            named("bulk/bin/", bulk.bin_many, "bulk_bin", "POST"),
            named("bulk/undo/", bulk.take_back, "bulk_undo", "POST"),
            named("picker/", picker.pick, "picker", *SAFE),
            named("picker/upload/", picker.pick_uploaded, "picker_upload", "POST"),
            named("drop/", describing.drop, "drop", "POST"),
            named("words/", describing.words, "words", *SAFE, "POST"),
            named("<int:pk>/replace/", replacing.replace_file, "replace", "POST"),
            named("<int:pk>/replace/<int:number>/", replacing.bring_file_back, "bring_back", "POST"),
            *super().get_urls(),
        ]

    # The library

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[MediaList]:
        return MediaList

    def get_paginator(self, request: HttpRequest, queryset: Any, per_page: int, *args: Any, **kwargs: Any) -> Any:
        page = request.GET.get("p") or request.GET.get("page") or "1"
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
        return NearbyPaginator(queryset, per_page, *args, page=number, **kwargs)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[MediaQuerySet, bool]:
        """What has every word in whatever is written about it, in any form of the word."""
        words = folded(search_term.replace("\0", "")).split()[:10]
        return queryset.searched((word, _common(word)) for word in words), False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        view = request.GET.get("view")
        if view in {"grid", "list"}:
            request.session["media_view"] = view
        shown = view or request.session.get("media_view", "grid")
        more = {
            "as_list": shown == "list",
            "may_undo": bool(request.session.get(bulk.KEPT)),
            "has_change_permission": self.has_change_permission(request),
            "has_delete_permission": self.has_delete_permission(request),
        }
        return super().changelist_view(request, (extra_context or {}) | more)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or rights.may_describe(editor(request), obj))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Files are added in the library itself, many at once."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return redirect("admin:articles_media_changelist")

    # The sheet of one

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Only a picture has a focus."""
        focus = ("focal_x", "focal_y")
        return tuple(name for name in self.fields if obj is None or obj.is_image or name not in focus)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if obj is not None and not obj.is_image and "alt" in form.base_fields:
            form.base_fields["alt"].label = gettext_lazy("description")
            form.base_fields["alt"].help_text = gettext_lazy("What the file is.")
        return form

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        if (found := context.get("original")) is not None:
            context |= self._told(request, found)
        return super().render_change_form(request, context, *args, **kwargs)

    def _told(self, request: HttpRequest, media: Any) -> dict[str, Any]:
        uses = media.where_used()
        may_change = self.has_change_permission(request, media) and not media.in_bin
        return {
            "uses": uses,
            "crops": [(name, label, sources(media, name)) for name, label in CROPS] if media.is_image else [],
            "copies": copies(media),
            "alike": [thumbnail(each) for each in lookalikes(media) if each.sha256 != media.sha256],
            "versions": media.versions.select_related("came_from"),
            "may_replace": may_change and replacing.may_replace(editor(request), uses),
            "public_uses": sum(1 for use in uses if use.page),
            "tags": most_used_tags(),
            "show_save_and_add_another": False,
        }

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A focus that moved asks for other crops, under another version so that no browser shows the old ones."""
        obj.save(update_fields=MediaForm.Meta.fields)  # the worker may have drawn its sizes since it was read
        obj.tag(form.cleaned_data["tag_names"])
        if change and obj.is_image and {"focal_x", "focal_y"} & set(form.changed_data):
            draw_again(obj)


def _common(word: str) -> str:
    """Returns what the forms of ``word`` begin with: its stem, as far as the word itself goes along with it."""
    root = stem(plain(word)) if plain(word) == word else word
    length = next((at for at, (one, other) in enumerate(zip(word, root, strict=False)) if one != other), len(root))
    return word[:length]

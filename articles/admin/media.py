"""The media library: many files at once, a grid to find them in, and the picker of the editor."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from articles.admin.bases import editor
from articles.admin.bin import BinAdmin
from articles.models import Media
from articles.pictures import draw_again, sources
from articles.uploads import Refused, take_in

PICKER_SIZE = 24


class LicenceFilter(admin.SimpleListFilter):
    title = gettext_lazy("licence")
    parameter_name = "licence"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ended", _("has ended")), ("soon", _("ends within 30 days"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Media]) -> QuerySet[Media]:
        today = timezone.localdate()
        wanted = {
            "ended": Q(licence_until__lt=today),
            "soon": Q(licence_until__range=(today, today + timedelta(days=30))),
        }
        return queryset.filter(wanted.get(self.value() or "", Q()))


class MissingFilter(admin.SimpleListFilter):
    title = gettext_lazy("what is missing")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("alt", _("text instead of the picture")), ("credit", _("credit"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Media]) -> QuerySet[Media]:
        missing = {"alt": Q(alt="", kind=Media.Kind.IMAGE), "credit": Q(credit="")}
        return queryset.filter(missing.get(self.value() or "", Q()))


class MediaList(ChangeList):
    """The grid: every picture with the address of its small size."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        for media in self.result_list:
            media.small = thumbnail(media)["small"]


@admin.register(Media)
class MediaAdmin(BinAdmin):
    list_display = ("__str__",)
    list_filter = ("kind", MissingFilter, LicenceFilter)
    list_per_page = 60
    show_full_result_count = False
    search_fields = ("caption", "alt", "credit", "original_name")
    search_help_text = gettext_lazy("Caption, description, credit or file name.")
    fields = ("alt", "caption", "credit", "licence", "licence_until", "focal_x", "focal_y")
    actions = None
    change_form_template = "admin/articles/media/change_form.html"

    class Media:
        js = (forms.Script("desk/focus.js", type="module"),)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[MediaList]:
        return MediaList

    def get_urls(self) -> list[URLPattern]:
        def named(address: str, view: Any, name: str) -> Any:
            return path(address, self.admin_site.admin_view(view), name=f"articles_media_{name}")

        return [
            named("upload/", require_POST(self.upload_view), "upload"),
            named("picker/", require_safe(self.picker_view), "picker"),
            named("picker/upload/", require_POST(self.picker_upload_view), "picker_upload"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Files are added in the library itself, many at once."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return redirect("admin:articles_media_changelist")

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """Takes in every file that can be taken; says of each other why not."""
        taken = self._taken_in(request)
        if not request.FILES:
            messages.error(request, _("Choose one or more files first."))
        if len(taken) == 1:
            return redirect("admin:articles_media_change", taken[0].pk)
        return redirect("admin:articles_media_changelist")

    def _taken_in(self, request: HttpRequest) -> list[Any]:
        if not self.has_add_permission(request):
            raise PermissionDenied
        taken = []
        for file in request.FILES.getlist("files"):
            try:
                taken.append(take_in(file, by=editor(request)))
                self.log_addition(request, taken[-1], "")
            except Refused as refusal:
                messages.error(request, f"{file.name}: {refusal}")
        if taken:
            told = ngettext("%d file is in the library now.", "%d files are in the library now.", len(taken))
            messages.success(request, told % len(taken))
        return taken

    def picker_view(self, request: HttpRequest) -> HttpResponse:
        """What there is to choose from, as a part of a page: the newest, or what ``q`` finds.

        Pictures, or with ``kind=file`` sound, films and files.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._picker(request, [])

    def picker_upload_view(self, request: HttpRequest) -> HttpResponse:
        """Takes in files from within the picker and shows them first."""
        self._taken_in(request)
        refused = [str(message) for message in messages.get_messages(request) if message.level == messages.ERROR]
        return self._picker(request, refused)

    def _picker(self, request: HttpRequest, refused: list[str]) -> HttpResponse:
        query = request.GET.get("q", "").replace("\0", "").strip()[:100]
        kind = Media.Kind.FILE if request.GET.get("kind") == "file" else Media.Kind.IMAGE
        found, _distinct = self.get_search_results(request, Media.objects.in_library().filter(kind=kind), query)
        newest = found.order_by("-pk")[:PICKER_SIZE]
        context = {"query": query, "refused": refused, "may_upload": self.has_add_permission(request)}
        if kind == Media.Kind.FILE:
            return TemplateResponse(request, "admin/articles/media/_files.html", context | {"files": newest})
        pictures = [thumbnail(picture) for picture in newest]
        return TemplateResponse(request, "admin/articles/media/_pictures.html", context | {"pictures": pictures})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A focus that moved asks for other crops, under another version so that no browser shows the old ones."""
        super().save_model(request, obj, form, change)
        if change and obj.is_image and {"focal_x", "focal_y"} & set(form.changed_data):
            draw_again(obj)


def thumbnail(picture: Any) -> dict[str, Any]:
    """Returns what a picker and the editor need to know of a picture."""
    small = sources(picture, "16x9")
    whole = sources(picture)
    return {
        "picture": picture,
        "small": small.jpeg_srcset.split(" ")[0] or small.src,
        "src": whole.src,
        "width": whole.width,
        "height": whole.height,
        "caption": picture.caption,
    }

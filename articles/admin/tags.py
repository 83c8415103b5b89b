"""Tags on the desk: how many stories each has, which may mean one thing, and how several become one."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe
from taggit import admin as taggit_admin

from articles import tagging
from articles.admin.bases import SearchAdmin, TabularInline
from articles.admin.people import page_of
from articles.models import ArticleTag, Tag, TagName
from articles.models.tags import key_of

admin.site.unregister(taggit_admin.Tag)  # type: ignore[attr-defined]
"""The tags of the library below ours: unused here, and its page to merge them asks nobody for a right."""

MOST_AT_ONCE = 100
MOST_COMPARED = 20_000
"""The newest so many tags are compared with each other."""


class UsedFilter(admin.SimpleListFilter):
    title = gettext_lazy("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("0", _("no story has it"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Tag]) -> QuerySet[Tag]:
        uses = ArticleTag.objects.filter(tag=OuterRef("pk"))
        return queryset.filter(~Exists(uses)) if self.value() == "0" else queryset


class TagList(ChangeList):
    """The list with the number of stories of each tag, counted for the page at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = with_stories(list(self.result_list))


class NameInline(TabularInline):
    """The names a tag had before, and of tags merged into it. Its own name stands above."""

    model = TagName
    extra = 0
    max_num = 0
    fields = ()
    verbose_name_plural = gettext_lazy("Known as well by the names")

    def get_queryset(self, request: HttpRequest) -> QuerySet[TagName]:
        found: QuerySet[TagName] = super().get_queryset(request)
        tag = request.resolver_match.kwargs.get("object_id", "") if request.resolver_match else ""
        named = Tag.objects.filter(pk=tag).first() if tag.isdigit() and len(tag) < 19 else None
        return found.exclude(key=key_of(named.name)) if named else found


@admin.register(Tag)
class TagAdmin(SearchAdmin):
    list_display = ("name", "slug", "stories")
    list_filter = (UsedFilter,)
    list_per_page = 100
    search_fields = ("name", "slug")
    show_full_result_count = False
    fields = ("name", "slug", "description_ru", "description_en")
    inlines = (NameInline,)
    actions = ("merge_chosen",)
    change_list_template = "admin/articles/tag/change_list.html"

    def view_on_site(self, tag: Tag) -> str | None:
        return page_of(tag, f"tag:{tag.pk}")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[TagList]:
        return TagList

    def get_urls(self) -> list[URLPattern]:
        def named(address: str, view: Any, name: str) -> Any:
            return path(address, self.admin_site.admin_view(view), name=f"articles_tag_{name}")

        return [
            named("alike/", require_safe(self.alike_view), "alike"),
            named("merge/", require_http_methods(["GET", "HEAD", "POST"])(self.merge_view), "merge"),
            *super().get_urls(),
        ]

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Most tags were never called anything else: nothing is listed for them."""
        known = obj.names.exclude(key=key_of(obj.name)) if obj else TagName.objects.none()
        return self.inlines if known.exists() else ()

    @admin.display(description=gettext_lazy("stories"))
    def stories(self, tag: Tag) -> int:
        number: int = tag.stories  # type: ignore[attr-defined]  # set by with_stories
        return number

    @admin.action(description=gettext_lazy("Merge…"), permissions=["delete"])
    def merge_chosen(self, request: HttpRequest, queryset: QuerySet[Tag]) -> HttpResponse:
        keys = list(queryset.values_list("pk", flat=True)[:MOST_AT_ONCE])
        return redirect(reverse("admin:articles_tag_merge", query={"tag": keys}))

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Asks which of several tags stays, and makes them one."""
        if not self.has_delete_permission(request):
            raise PermissionDenied
        given = request.POST if request.method == "POST" else request.GET
        tags = with_stories(list(Tag.objects.filter(pk__in=_keys(given.getlist("tag")))))
        if len(tags) < 2:
            messages.error(request, _("Choose at least two tags."))
            return redirect("admin:articles_tag_changelist")
        if request.method == "POST":
            return self._merged(request, tags)
        tags.sort(key=lambda tag: -tag.stories)  # type: ignore[attr-defined]  # set by with_stories
        return self._page(request, "merge", _("Merge tags"), tags=tags)

    def _merged(self, request: HttpRequest, tags: list[Tag]) -> HttpResponse:
        (stays,) = _keys([request.POST.get("into", "")])
        into = next((tag for tag in tags if tag.pk == stays), None)
        if into is None:
            raise BadRequest("the tag that stays is none of the chosen")
        old = [tag for tag in tags if tag != into]
        number = tagging.merge(old, into)
        self.log_change(request, into, _("Merged: %s") % ", ".join(tag.name for tag in old))
        told = ngettext(
            "One tag now: %(tag)s. %(number)d story was moved.",
            "One tag now: %(tag)s. %(number)d stories were moved.",
            number,
        )
        messages.success(request, told % {"tag": into, "number": number})
        return redirect("admin:articles_tag_changelist")

    def alike_view(self, request: HttpRequest) -> HttpResponse:
        """Groups of tags that may mean one thing."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        groups = tagging.alike(Tag.objects.order_by("-pk")[:MOST_COMPARED])[:MOST_AT_ONCE]
        with_stories([tag for group in groups for tag in group])
        may_merge = self.has_delete_permission(request)
        return self._page(request, "alike", _("Tags that look alike"), groups=groups, may_merge=may_merge)

    def _page(self, request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
        every = self.admin_site.each_context(request) | {"title": title, "opts": self.opts}
        return TemplateResponse(request, f"admin/articles/tag/{name}.html", every | context)

    # Deleting

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Says how many stories lose the tags, instead of naming each."""
        tags = with_stories(list(objs))
        named = [format_html("{}: {}", tag, _stories(tag)) for tag in tags]
        return named, {str(self.opts.verbose_name_plural): len(tags)}, set(), []

    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        tagging.remove([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Tag]) -> None:
        tagging.remove(list(queryset))


def with_stories(tags: list[Tag]) -> list[Tag]:
    """Sets on each tag how many stories have it, in one query."""
    uses = ArticleTag.objects.filter(tag__in=tags).values_list("tag").annotate(number=Count("pk"))
    numbers = dict(uses)
    for tag in tags:
        tag.stories = numbers.get(tag.pk, 0)  # type: ignore[attr-defined]
    return tags


def _stories(tag: Tag) -> str:
    number: int = tag.stories  # type: ignore[attr-defined]  # set by with_stories
    return ngettext("%d story", "%d stories", number) % number


def _keys(given: list[str]) -> list[int]:
    """Reads keys. Raises BadRequest for what is none."""
    if len(given) > MOST_AT_ONCE or not all(key.isascii() and key.isdigit() and len(key) < 19 for key in given):
        raise BadRequest("no keys of tags")
    return [int(key) for key in given]

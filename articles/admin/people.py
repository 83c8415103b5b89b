"""Authors, sources and tags on the desk."""

from django.contrib import admin

from articles.admin.bases import SearchAdmin
from articles.admin.bin import BinAdmin
from articles.models import Author, Source, Tag


@admin.register(Author)
class AuthorAdmin(BinAdmin):
    list_display = ("__str__", "role_ru", "slug", "is_active", "user")
    list_filter = ("is_active",)
    list_select_related = ("user",)
    search_fields = ("name_ru", "name_en", "slug")
    autocomplete_fields = ("photo", "user")


@admin.register(Source)
class SourceAdmin(BinAdmin):
    list_display = ("name", "kind", "url")
    list_filter = ("kind",)
    search_fields = ("name", "url")


@admin.register(Tag)
class TagAdmin(SearchAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    fields = ("name", "slug", "description_ru", "description_en")

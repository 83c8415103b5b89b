"""Authors and sources on the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from articles.admin.bin import BinAdmin
from articles.models import Author, Listing, Source


def page_of(found: Any, key: str) -> str | None:
    """Returns the address of what has a page only while its list has a story in the language of the desk."""
    if not found.slug:  # as the form has it, before it is refused
        return None
    has_page = Listing.objects.live(key, str(get_language()), timezone.now()).exists()
    return str(found.get_absolute_url()) if has_page else None


@admin.register(Author)
class AuthorAdmin(BinAdmin):
    list_display = ("__str__", "role_ru", "slug", "is_active", "user")
    list_filter = ("is_active",)
    list_select_related = ("user",)
    search_fields = ("name_ru", "name_en", "slug")
    autocomplete_fields = ("photo", "user")

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Whose login it is, says who may see the logins."""
        return () if request.user.has_perm("auth.view_user") else ("user",)


@admin.register(Source)
class SourceAdmin(BinAdmin):
    list_display = ("name", "kind", "url")
    list_filter = ("kind",)
    search_fields = ("name", "url")

    def view_on_site(self, source: Source) -> str | None:
        return page_of(source, f"source:{source.pk}")

"""Redirects on the desk."""

from django.contrib import admin

from articles.admin.bases import SearchAdmin
from portal.models import Redirect


@admin.register(Redirect)
class RedirectAdmin(SearchAdmin):
    list_display = ("old", "new")
    search_fields = ("old", "new")
    show_full_result_count = False

"""Static pages on the desk."""

from django import forms
from django.contrib import admin

from articles.admin.bin import BinAdmin
from articles.body import tied
from articles.widgets import EditorWidget
from lib import html
from portal.models import Page


class PageForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no parameter when it runs
    class Meta:
        model = Page
        fields = ("language", "path", "title", "body", "seo_description", "purpose", "is_published")
        widgets = {"body": EditorWidget, "seo_description": forms.Textarea(attrs={"rows": 2})}

    def clean_body(self) -> str:
        return tied(html.clean(self.cleaned_data["body"]))


@admin.register(Page)
class PageAdmin(BinAdmin):
    form = PageForm
    list_display = ("title", "path", "language", "purpose", "is_published", "modified_at")
    list_filter = ("language", "is_published", "purpose")
    search_fields = ("title", "path")

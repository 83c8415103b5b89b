"""Rows of a form that stand in an order which editors change."""

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_noop

from articles.admin.bases import TabularInline

ADD_ANOTHER = gettext_noop("Add another %(verbose_name)s")
"""Django's words on the button below the rows, named here so that we translate them: its Russian knows one gender."""


class OrderedInline(TabularInline):
    """An inline whose rows have a number in ``order``; where there is script, they are moved by buttons."""

    extra = 1
    formfield_overrides = TabularInline.formfield_overrides | {
        models.URLField: {"assume_scheme": "https", "widget": forms.URLInput}
    }

    class Media:
        js = (forms.Script("desk/order.js", type="module"),)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offers what is there; what is not there yet is made on its own page, not from a row."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.ForeignKey) and field:
            for act in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{act}_related", False)
        return field

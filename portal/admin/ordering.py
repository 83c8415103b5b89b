"""Rows of a form that stand in an order which editors change."""

from django import forms

from articles.admin.bases import TabularInline


class OrderedInline(TabularInline):
    """An inline whose rows have a number in ``order``; where there is script, they are moved by buttons."""

    extra = 1

    class Media:
        js = (forms.Script("desk/order.js", type="module"),)

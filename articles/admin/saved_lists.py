"""Filters of the list that are kept by name, and the columns and the look that somebody chose."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.bases import ModelAdmin, editor
from articles.admin.listing import COLUMNS, VIEWS
from articles.fields import KeyField, PlainText
from articles.models import SavedList
from articles.selecting import Selection

MOST = 30
"""How many filters one person keeps."""


class NameForm(forms.Form):
    name = PlainText(label=gettext_lazy("name"), max_length=60)
    is_shared = forms.BooleanField(required=False)


class DropForm(forms.Form):
    list = KeyField()


class LookForm(forms.Form):
    columns = forms.MultipleChoiceField(choices=[(name, name) for name in COLUMNS], required=False)
    view = forms.ChoiceField(choices=[(name, name) for name in VIEWS])


def keep(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Keeps the filter under a name, drops one, or keeps how the list looks; leads back to the list."""
    if not admin.has_view_or_change_permission(request):
        raise PermissionDenied
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return HttpResponseBadRequest("unknown act", content_type="text/plain")
    selection = Selection.of(QueryDict(request.POST.get("query", "")[:2000]))
    act(request, selection)
    return redirect(f"{reverse('admin:articles_article_changelist')}?{selection.query}".rstrip("?"))


@transaction.atomic
def _name(request: HttpRequest, selection: Selection) -> None:
    form, own = NameForm(request.POST), SavedList.objects.filter(user=editor(request)).exclude(name="")
    if not form.is_valid():
        messages.error(request, _("The filter is not kept: give it a name of at most 60 letters."))
        return
    name = " ".join(form.cleaned_data["name"].split())
    if own.count() >= MOST and not own.filter(name=name).exists():
        messages.error(request, _("The filter is not kept: you have %d already. Drop one first.") % MOST)
        return
    said = {"query": selection.query, "is_shared": form.cleaned_data["is_shared"]}
    _kept, is_new = SavedList.objects.update_or_create(user=editor(request), name=name, defaults=said)
    told = _("The filter is kept: %s") if is_new else _("The filter is kept in the place of the one of this name: %s")
    messages.success(request, told % name)


def _drop(request: HttpRequest, selection: Selection) -> None:
    form = DropForm(request.POST)
    key = form.cleaned_data["list"] if form.is_valid() else None
    dropped = get_object_or_404(SavedList, pk=key, user=editor(request))
    name = dropped.name
    dropped.delete()
    messages.success(request, _("The filter is dropped: %s") % name)


def _look(request: HttpRequest, selection: Selection) -> None:
    form = LookForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The columns are as they were: one of them is unknown."))
        return
    SavedList.objects.update_or_create(user=editor(request), name="", defaults=form.cleaned_data)


ACTS: dict[str, Any] = {"name": _name, "drop": _drop, "look": _look}

"""The proposal of «typography» for what is on the sheet: with script in a dialog, without it above the form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.admin import editing
from articles.admin.bases import ModelAdmin
from articles.forms import ContentForm
from articles.models import Article
from articles.typography import typeset, typeset_html
from lib.html import lines, printable

FIELDS = ("kicker", "title", "lead", "body")
LONGEST = 2_000_000
_PARTS = re.compile(r"\w+|.", re.DOTALL)
SHOWN_NBSP = str.maketrans({"\u00a0": "␣"})


@dataclass(frozen=True)
class Proposal:
    """What typography would make of one field."""

    name: str
    label: str
    value: str
    changes: list[list[tuple[str, str]]]
    """The lines that differ, each in pieces that stay (``same``), go (``gone``) or come (``new``)."""


def proposals(typed: dict[str, str], language: str) -> list[Proposal]:
    """Returns a proposal for each field of ``typed`` that would change."""
    return [found for name in FIELDS if (found := _proposal(name, typed.get(name, ""), language))]


def _proposal(name: str, text: str, language: str) -> Proposal | None:
    is_html = name == "body"
    text = printable(text)
    value = typeset_html(text, language) if is_html else typeset(text, language)
    before, after = (lines(each) if is_html else each.splitlines() for each in (text, value))
    changed = [
        list(_pieces(old.translate(SHOWN_NBSP), new.translate(SHOWN_NBSP)))
        for old, new in zip(before, after, strict=False)
        if old != new
    ]
    label = str(capfirst(ContentForm.base_fields[name].label))
    return Proposal(name, label, value, changed) if changed else None


def _pieces(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yields what differs between two forms of a line; a no-break space is shown as «␣»."""
    before, after = _PARTS.findall(old), _PARTS.findall(new)
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", _shortened("".join(before[start:end]))
        else:
            yield from (("gone", "".join(before[start:end])), ("new", "".join(after[new_start:new_end])))


def _shortened(text: str, keep: int = 60) -> str:
    """Leaves out the middle of a stretch that stays."""
    return text if len(text) <= 2 * keep else f"{text[:keep]} … {text[-keep:]}"


def propose(request: HttpRequest) -> HttpResponse:
    """Answers the dialog: each field that would change, with its new value and the HTML of the difference."""
    if not request.user.has_perm("articles.change_article") and not request.user.has_perm("articles.add_article"):
        raise PermissionDenied
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    if any(len(text) > LONGEST for text in typed.values()):
        return HttpResponseBadRequest("too long", content_type="text/plain")
    found = proposals(typed, request.POST.get("language", ""))
    return JsonResponse({"fields": [{"name": each.name, "value": each.value, "html": _shown(each)} for each in found]})


def _shown(proposal: Proposal) -> str:
    return render_to_string("admin/desk/_proposal.html", {"proposal": proposal})


def on_the_sheet(admin: ModelAdmin, request: HttpRequest, article: Article | None) -> HttpResponse:
    """Without script: the sheet comes back as it was typed, with the proposal above; or with what was chosen of it.

    Nothing is saved by either. Who may not change the article any more is told so above what they typed; raises
    PermissionDenied for who may not begin one.
    """
    may = admin.has_change_permission(request, article) if article else admin.has_add_permission(request)
    if not may and article:
        return editing.refused(admin, request, article, _("You have no right to change this story as it is now."))
    if not may:
        raise PermissionDenied
    typed = request.POST.copy()
    found = proposals({name: typed.get(name, "") for name in FIELDS}, typed.get("language", ""))
    chosen = set(typed.getlist("typography"))
    for each in found:
        if each.name in chosen:
            typed[each.name] = each.value
    proposed: dict[str, Any] = {} if chosen else {"proposals": found, "proposed": True}
    return editing.typed_again(admin, request, article, typed, **proposed)

"""What was typed on a sheet that is not taken any more, given back to be copied.

Whoever sent it may have lost the right to see the story meanwhile, or the session: the page holds what came with the
request and nothing of the story. Where the right to write is left, the sheet itself comes back: see ``editing``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from articles.admin.notes import NoteForm
from articles.fields import MomentField
from articles.forms import ContentForm
from articles.timing import TimingForm

View = Callable[..., HttpResponseBase]

SHEETS = {f"articles_article_{name}" for name in ("add", "change", "typeset", "notes")}
"""The addresses to which a sheet is sent by its own buttons."""
ROWS = {"authors": ("name",), "sources": ("name", "url"), "related": ("story",)}
MOST_ROWS = 60


@dataclass(frozen=True)
class Typed:
    """A text that came with the request, and what its field is called."""

    label: str
    text: str

    @property
    def lines(self) -> int:
        """How high its box is, so that a title is seen whole on a phone too."""
        return min(20, 1 + self.text.count("\n") + len(self.text) // 30)


def given_back(site: AdminSite, view: View) -> View:
    """Returns ``view`` so that it answers a sheet which it does not take with what was typed on it."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _is_sheet(request):
            return view(request, *args, **kwargs)
        if not site.has_permission(request) and (page := _given(site, request, _why_out(request), leads_on=True)):
            return page
        try:
            return view(request, *args, **kwargs)
        except (PermissionDenied, Http404) as refusal:
            is_gone = isinstance(refusal, Http404)
            reason = _("There is no such story (any more).") if is_gone else _("You have no right to this (any more).")
            if page := _given(site, request, reason, status=404 if is_gone else 403):
                return page
            raise

    return answer


def of_another_session(site: AdminSite, request: HttpRequest) -> HttpResponse | None:
    """Gives back what was typed on a sheet that was opened before somebody signed in or out; None where nothing was.

    A form that came from another site is no sheet of ours: nothing of it is shown.
    """
    if not _is_sheet(request) or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return None
    reason = _("Somebody has signed in or out in this browser since you opened the page.")
    return _given(site, request, reason, leads_on=True)


def _given(
    site: AdminSite, request: HttpRequest, reason: str, *, status: int = 403, leads_on: bool = False
) -> HttpResponse | None:
    """Returns the page that says ``reason`` above what was typed; None where nothing was."""
    found = list(_typed(request))
    if not found:
        return None
    context = site.each_context(request) | {
        "title": _("Not saved"),
        "reason": reason,
        "typed": found,
        "way_on": _way_on(site, request) if leads_on else None,
    }
    return TemplateResponse(request, "admin/articles/article/unsaved.html", context, status=status)


def _typed(request: HttpRequest) -> Iterator[Typed]:
    """Yields the texts of a sheet: those of its fields, of its rows, and notes that were not sent yet."""
    sent = request.POST
    fields = ContentForm.base_fields
    for name in sorted(fields, key=TimingForm.base_fields.__contains__):  # what readers read comes first
        if _is_text(fields[name]) and (text := sent.get(name, "").strip()):
            yield Typed(str(fields[name].label), text)
    for (prefix, names), label in zip(ROWS.items(), (_("Authors"), _("Sources"), _("Related stories")), strict=True):
        rows = (" ".join(sent.get(f"{prefix}-{row}-{name}", "") for name in names).strip() for row in range(MOST_ROWS))
        if text := "\n".join(row for row in rows if row):
            yield Typed(label, text)
    for name in sorted(each for each in sent if each == "note_text" or each.startswith("answer-")):
        if text := sent.get(name, "").strip():
            yield Typed(str(NoteForm.base_fields["note_text"].label), text)


def _is_text(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField | MomentField) and not field.widget.is_hidden


def _is_sheet(request: HttpRequest) -> bool:
    """Whether it is a sheet sent by a button; a script keeps what it sends, and asks for no page."""
    place = request.resolver_match
    by_script = request.headers.get("Accept") == "text/x-part"
    return request.method == "POST" and place is not None and place.url_name in SHEETS and not by_script


def _why_out(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return _("You do not work at this desk (any more).")
    return _("Your session has ended. Sign in again.")


def _way_on(site: AdminSite, request: HttpRequest) -> dict[str, str]:
    """Returns where to go on, in another tab: the sheet as it is now, or the sign-in before it."""
    place = request.resolver_match
    kwargs = place.kwargs if place else {}
    key = kwargs.get("object_id") or kwargs.get("pk")
    sheet = reverse("admin:articles_article_change", args=[key]) if key else reverse("admin:articles_article_add")
    if not site.has_permission(request):
        return {"label": _("Sign in"), "address": f"{reverse('admin:login')}?{urlencode({'next': sheet})}"}
    return {"label": _("Open the article again"), "address": sheet}

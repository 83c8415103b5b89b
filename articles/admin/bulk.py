"""Changing many articles on the desk: choosing, asking, looking at what would happen, doing it, taking it back."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from articles import bulk, rights
from articles.admin.bases import ModelAdmin, editor
from articles.admin.bulk_forms import FIRST, FORMS, AskForm
from articles.bulk.acts import ACTS, REASONS, Names, Told
from articles.models import BulkChange, BulkRow
from articles.selecting import Selection

PAGE_SIZE = 50
LISTED = 100
Row, Change = BulkRow.State, BulkChange.State


@dataclass(frozen=True)
class Line:
    """An article of a bulk change, with what is or would be different in it."""

    row: BulkRow
    told: list[Told]

    @property
    def reason(self) -> str | Promise:
        return REASONS.get(self.row.reason, "")


def chosen(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Keeps the rows that were ticked, or all that the filter shows, and leads to what is to be done with them."""
    user, now = _writer(request), timezone.now()
    selection = Selection.of(QueryDict(request.POST.get("query", "")[:2000]))
    if "every" in request.POST:
        keys = list(selection.articles(user, now).values_list("pk", flat=True)[: bulk.MOST + 1])
        if len(keys) > bulk.MOST:
            messages.warning(
                request, _("The filter shows more than %d articles: the first ones are chosen.") % bulk.MOST
            )
    else:
        keys = _keys(request.POST.getlist("chosen"))
    if not keys:
        messages.warning(request, _("Tick the articles first."))
        return redirect(f"{reverse('admin:articles_article_changelist')}?{selection.query}".rstrip("?"))
    return redirect("admin:articles_article_bulk_change", bulk.choose(keys, by=user, now=now).pk)


def _writer(request: HttpRequest) -> Any:
    user = editor(request)
    if not user.has_perm(rights.WRITE):
        raise PermissionDenied
    return user


def _keys(given: list[str]) -> list[int]:
    if len(given) > bulk.MOST or not all(each.isascii() and each.isdigit() and len(each) < 19 for each in given):
        raise BadRequest("no keys of articles")
    return [int(each) for each in given]


def listed(admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The bulk changes that were begun, the newest first."""
    changes = _seen(request).exclude(state=Change.CHOOSING).select_related("by")[:LISTED]
    context = {"title": _("Bulk changes"), "changes": [(change, _name(change)) for change in changes]}
    return _shown(admin, request, "bulk_list", context)


def _seen(request: HttpRequest) -> Any:
    """Own changes; those of others too for who may edit what others wrote."""
    user = _writer(request)
    return BulkChange.objects.all() if user.has_perm(rights.EDIT_EVERY) else BulkChange.objects.filter(by=user)


def _name(change: BulkChange) -> str | Promise:
    return ACTS[change.act].label if change.act in ACTS else _("Bulk change")


def page(admin: ModelAdmin, request: HttpRequest, key: int) -> HttpResponse:
    """A change as it stands: what is to be asked, what would happen, how far it is, what became of it."""
    change = get_object_or_404(_seen(request).select_related("by"), pk=key)
    if request.method == "POST":
        return _received(admin, request, change)
    act = request.GET.get("act", "")
    if change.state == Change.CHOOSING and (act in FORMS or not change.act):
        act = act if act in FORMS else "category"
        again = change.asked | {"fields_": change.asked.get("fields")} if act == change.act else FIRST.get(act, {})
        form = FORMS[act](
            initial=again if act == "replace" or act == change.act and act in {"category", "state"} else {}
        )
        return _asking(admin, request, change, act, form)
    return _told(admin, request, change)


def _asking(
    admin: ModelAdmin, request: HttpRequest, change: BulkChange, act: str, form: AskForm, status: int = 200
) -> HttpResponse:
    rows = change.rows.all()
    context = {
        "title": _("Change many articles"),
        "change": change,
        "form": form,
        "act": act,
        "acts": ACTS.values(),
        "number": rows.count(),
        "some": rows[:5],
    }
    return _shown(admin, request, "bulk_ask", context, status)


def _received(admin: ModelAdmin, request: HttpRequest, change: BulkChange) -> HttpResponse:
    does = DOES.get(request.POST.get("do", "tick" if "p" in request.POST else ""))
    if does is None:
        return HttpResponseBadRequest("unknown act", content_type="text/plain")
    return does(admin, request, change)


def _back(change: BulkChange, query: str = "") -> HttpResponse:
    return redirect(reverse("admin:articles_article_bulk_change", args=[change.pk]) + query)


def _own(request: HttpRequest, change: BulkChange) -> None:
    if change.by_id != editor(request).pk:
        raise PermissionDenied


def _ask(admin: ModelAdmin, request: HttpRequest, change: BulkChange) -> HttpResponse:
    """Tries what is asked, without effect."""
    _own(request, change)
    act = request.POST.get("act", "")
    if act not in FORMS:
        return HttpResponseBadRequest("unknown act", content_type="text/plain")
    if change.state != Change.CHOOSING:
        return _back(change)
    form = FORMS[act](request.POST)
    if not form.is_valid():
        return _asking(admin, request, change, act, form, 400)
    bulk.plan(change, act, form.asked(), publishes=False)
    return _back(change)


def _tick(admin: ModelAdmin, request: HttpRequest, change: BulkChange) -> HttpResponse:
    """Keeps which rows of a page are left out, and leads to another page."""
    _own(request, change)
    _keep_ticks(request, change)
    wanted = request.POST.get("p", "1")
    return _back(change, f"?p={wanted}" if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else "")


@transaction.atomic
def _keep_ticks(request: HttpRequest, change: BulkChange) -> None:
    shown, ticked = _keys(request.POST.getlist("shown")), set(_keys(request.POST.getlist("row")))
    if change.state == Change.CHOOSING:
        rows = change.rows.filter(pk__in=shown, state__in=(Row.TO_DO, Row.LEFT_OUT))
        rows.exclude(pk__in=ticked).update(state=Row.LEFT_OUT)
        rows.filter(pk__in=ticked).update(state=Row.TO_DO)


def _begin(admin: ModelAdmin, request: HttpRequest, change: BulkChange) -> HttpResponse:
    _own(request, change)
    _keep_ticks(request, change)
    if change.act and change.state == Change.CHOOSING:
        change.publishes = "publishes" in request.POST and editor(request).has_perm(rights.PUBLISH)
        change.save(update_fields=["publishes"])
        bulk.begin(change, now=timezone.now())
    return _back(change)


def _undo(admin: ModelAdmin, request: HttpRequest, change: BulkChange) -> HttpResponse:
    if change.state == Change.DONE:
        bulk.begin_undoing(change, by=editor(request), now=timezone.now())
    return _back(change)


def _again(admin: ModelAdmin, request: HttpRequest, change: BulkChange) -> HttpResponse:
    """Goes on with a change whose worker has ended."""
    if change.is_moving:
        bulk.go_on(change.pk)
    return _back(change)


DOES = {"ask": _ask, "tick": _tick, "begin": _begin, "undo": _undo, "again": _again}


def progress(admin: ModelAdmin, request: HttpRequest, key: int) -> HttpResponse:
    change = get_object_or_404(_seen(request), pk=key)
    counts = _counts(change)
    return JsonResponse({"moving": change.is_moving, "done": _done(change, counts), "all": sum(counts.values())})


def _counts(change: BulkChange) -> Counter[str]:
    return Counter(change.rows.values_list("state", flat=True))


def _done(change: BulkChange, counts: Counter[str]) -> int:
    return sum(counts.values()) - counts[Row.TO_DO if change.state == Change.RUNNING else Row.DONE]


def _told(admin: ModelAdmin, request: HttpRequest, change: BulkChange) -> HttpResponse:
    counts = _counts(change)
    is_plan = change.state == Change.CHOOSING
    wanted = (Row.TO_DO, Row.LEFT_OUT) if is_plan else (Row.DONE, Row.RETURNED)
    rows = change.rows.filter(state__in=wanted).select_related("article__newest").defer("article__body")
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("p"))
    context = {
        "title": _name(change),
        "change": change,
        "is_plan": is_plan,
        "is_own": change.by_id == editor(request).pk,
        "page": shown,
        "lines": _lines(change, list(shown)) if is_plan else [Line(row, []) for row in shown],
        "skipped": _skipped(change),
        "counts": {name: counts[name] for name in Row.values},
        "changed": counts[Row.DONE] + counts[Row.RETURNED] + counts[Row.KEPT],
        "to_come": counts[Row.TO_DO] + counts[Row.LEFT_OUT],
        "done": _done(change, counts),
        "all": sum(counts.values()),
        "may_publish": editor(request).has_perm(rights.PUBLISH) and ACTS[change.act].change is not None,
        "at_once": bulk.AT_ONCE,
    }
    return _shown(admin, request, "bulk_told", context)


def _lines(change: BulkChange, rows: list[BulkRow]) -> list[Line]:
    """Returns the rows with what would differ in each."""
    contents = {
        row.pk: newest.content for row in rows if (newest := row.article.newest) and newest.number == row.number
    }
    names, act = Names(contents.values(), change.asked), ACTS[change.act]
    return [Line(row, list(act.tell(contents[row.pk], change.asked, names))) for row in rows if row.pk in contents]


def _skipped(change: BulkChange) -> list[Line]:
    """What is not, or not wholly, changed, with the reason; at most as many as anybody reads."""
    rows = change.rows.exclude(reason="").select_related("article").defer("article__body")
    return [Line(row, []) for row in rows[:200]]


def _shown(
    admin: ModelAdmin, request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    whole = admin.admin_site.each_context(request) | {"opts": admin.opts} | context
    return TemplateResponse(request, f"admin/articles/article/{name}.html", whole, status=status)

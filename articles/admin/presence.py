"""The sheet tells that it is open, and is told who else is there; taking over, and the text of who lost the hold."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import keeping, presence, rights
from articles.admin.bases import ModelAdmin, editor
from articles.autosaving import SHEET, keepable
from articles.desk import name_of
from articles.forms import ContentForm
from articles.models import Article, KeptText
from articles.presence import Company


def opened(request: HttpRequest, article: Article | None, form: ContentForm, *, writes: bool) -> dict[str, Any]:
    """Notes that a sheet of ``article`` was opened; returns what it shows of the others there."""
    if article is None or article.in_bin:
        return {}
    user, now, sheet = editor(request), timezone.now(), str(form["sheet"].value())
    if not SHEET.fullmatch(sheet):
        return {}
    presence.enter(article, user, sheet, writes=writes, now=now)
    company = presence.company(article.pk, user, sheet, now)
    # A page that is just being left may not have said so yet: only a beat tells of one's own other pages.
    return {"presence_sheet": sheet, "company": replace(company, elsewhere=False)}


def beat(admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """An open sheet tells of itself and is told in return who is there. Who leaves is told nothing."""
    user, now, sheet = editor(request), timezone.now(), _sheet(request)
    if pk >= 2**63:
        raise Http404
    if "leaving" in request.POST:
        if not presence.leave(pk, user, sheet, now):
            visible(admin, request, pk)  # never there: told as little as by the other addresses
        return HttpResponse(status=204)
    if not presence.beat(pk, user, sheet, typing=request.POST.get("typing") == "1", now=now):
        article = visible(admin, request, pk)  # it had fallen silent for long, or was never opened
        presence.enter(article, user, sheet, writes=rights.may_write(user, article), now=now)
    return _told(request, pk, presence.company(pk, user, sheet, now))


def _sheet(request: HttpRequest) -> str:
    sheet = request.POST.get("sheet", "")
    if not SHEET.fullmatch(sheet):
        raise BadRequest("There is no such sheet.")
    return sheet


def _told(request: HttpRequest, pk: int, company: Company) -> JsonResponse:
    context = {"article": {"pk": pk}, "company": company}
    html = render_to_string("admin/articles/article/_presence.html", context, request)
    return JsonResponse({"html": html, "held": company.hold is not None, "newest": company.newest})


def visible(admin: Any, request: HttpRequest, pk: int) -> Article:
    """Returns an article that the person may see. Raises Http404 or PermissionDenied."""
    article: Article = admin._visible(request, pk)
    return article


def take_over(admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """Gives the text to whoever asks for it, if they may write it; the log says from whom."""
    if not admin.has_change_permission(request, article) or article.in_bin:
        raise PermissionDenied
    held = presence.take_over(article, editor(request), timezone.now())
    if held is not None:
        told = _("Took over the editing from %(who)s") % {"who": name_of(held)}
        admin.log_change(request, article, told)
        messages.success(request, _("The text is yours. What %(who)s had not saved is kept.") % {"who": name_of(held)})
    return redirect("admin:articles_article_change", article.pk)


def keep(admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """Keeps what is typed on a sheet from which the text was taken; answers where it can be read."""
    if not admin.has_change_permission(request, article):
        raise PermissionDenied
    newest = article.revisions.newest()
    form = ContentForm(request.POST, article=article, may_publish=rights.may_publish(editor(request), article))
    based_on = form["based_on"].value() or ""
    if newest is None or not (based_on.isascii() and based_on.isdigit() and len(based_on) < 10):
        raise BadRequest("It is not said on what the text is based.")
    before = keeping.text_before(article, int(based_on))
    content, left_out = keepable(form, before)
    told = {"complete": not left_out}  # if not, the browser keeps its copy of what is half typed
    if content in (before, newest.content):
        return JsonResponse(told | {"kept": False})
    why, now = KeptText.Why.TAKEN_OVER, timezone.now()
    kept = keeping.keep(article, content, by=editor(request), based_on=int(based_on), why=why, now=now)
    address = reverse("admin:articles_article_kept", args=[article.pk, kept.pk])
    return JsonResponse(told | {"kept": True, "address": address})

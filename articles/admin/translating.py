"""The translations of an article on the desk: which there are, linking one that is written, beginning a new one."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rights, translations
from articles.admin.bases import ModelAdmin, editor
from articles.desk import lines
from articles.models import Article

MOST = 12
"""How many stories are offered to be linked."""


def page(admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """Shows the translations of ``article``; a POST links, unlinks or begins one.

    A new translation leaves its original as it is: it takes the right to write, not that to change the original.
    """
    may = admin.has_change_permission(request, article) and not article.in_bin
    status = 200
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            return HttpResponseBadRequest("unknown act", content_type="text/plain")
        if not (may or act == _start):
            raise PermissionDenied
        try:
            return act(admin, request, article)
        except translations.Refused as refusal:
            messages.error(request, str(refusal))
            status = 409
    return _shown(admin, request, article, may=may, status=status)


def summary(article: Article | None, now: datetime) -> dict[str, Any]:
    """Returns what the sheet of an article says of its translations."""
    if article is None:
        return {}
    return {"linked": lines(translations.linked(article), now), "lagging": translations.lagging([article])}


def _shown(admin: ModelAdmin, request: HttpRequest, article: Article, *, may: bool, status: int) -> HttpResponse:
    now = timezone.now()
    linked = translations.linked(article)
    taken = {article.language, *(each.language for each in linked)}
    word = request.GET.get("q", "").replace("\0", "")[:200]
    open_languages = [(code, name) for code, name in settings.LANGUAGES if code not in taken]
    offered = _candidates(admin, request, article, {code for code, _name in open_languages}, word)
    newest = article.revisions.newest()
    context = admin.admin_site.each_context(request) | summary(article, now)
    context |= {
        "title": _("Translations"),
        "opts": admin.opts,
        "article": article,
        "headline": newest.title if newest else "",
        "languages": open_languages,
        "offered": lines(list(offered), now) if may else [],
        "q": word,
        "may": may,
        "may_add": not article.in_bin and admin.has_add_permission(request),
    }
    return TemplateResponse(request, "admin/articles/article/translations.html", context, status=status)


def _candidates(
    admin: ModelAdmin, request: HttpRequest, article: Article, languages: set[str], word: str
) -> QuerySet[Article]:
    """Returns the newest stories in ``languages`` whose titles have the words, and that have no such pair yet."""
    same_group = Article.objects.filter(translation_group=OuterRef("translation_group"), language=article.language)
    free = Article.objects.filter(rights.written_by(editor(request)), ~Exists(same_group), language__in=languages)
    free = free.filter(binned_at=None)
    found, _duplicates = admin.get_search_results(request, free, word)
    return found.defer("body").order_by("-pk")[:MOST]


def _link(admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    other = _other(admin, request)
    translations.link(article, other)
    return _done(admin, request, [other, article], "translations", _("Linked as translations."))


def _unlink(admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    other = _other(admin, request)
    if other.translation_group == article.translation_group and other.pk != article.pk:
        translations.unlink(other)
    return _done(admin, request, [other, article], "translations", _("Not linked any more."))


def _start(admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise Http404("no language of the site")
    if not admin.has_add_permission(request):
        raise PermissionDenied
    draft = translations.start(article, language, by=editor(request))
    told = _("A draft with the text to translate. Tags are yet to come.")
    return _done(admin, request, [article, draft], "change", told)


ACTS: dict[str, Callable[[ModelAdmin, HttpRequest, Article], HttpResponse]] = {
    "link": _link,
    "unlink": _unlink,
    "start": _start,
}


def _other(admin: ModelAdmin, request: HttpRequest) -> Article:
    """Returns the other article of the form. Raises Http404, or PermissionDenied for who may not change it."""
    key = request.POST.get("other", "")
    known = key.isascii() and key.isdigit() and len(key) < 19
    other = Article.objects.filter(pk=key).defer("body").first() if known else None
    if other is None:
        raise Http404("no such article")
    if not admin.has_change_permission(request, other):
        raise PermissionDenied
    return other


def _done(admin: ModelAdmin, request: HttpRequest, changed: list[Article], address: str, told: str) -> HttpResponse:
    for article in changed:
        admin.log_change(request, article, told)
    messages.success(request, told)
    return redirect(f"admin:articles_article_{address}", changed[-1].pk)

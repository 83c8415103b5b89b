"""The sheet on which an article is written: it loads the newest revision, and a save writes only a revision."""

from datetime import datetime
from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles import autosaving, four_eyes, publishing, rights, workflow
from articles.admin import checking, conflict, notes, presence, times
from articles.admin.bases import ModelAdmin, editor
from articles.admin.translating import summary
from articles.checks import gate
from articles.content import Content
from articles.desk import badge
from articles.forms import ContentForm, written
from articles.keeping import waiting
from articles.models import Article, KeptText, Revision, State
from articles.presence import let_go
from articles.timing import standing, timing
from lib.moments import in_words


class MovedOn(Exception):
    """What was asked for does not fit ``article`` any more: its state or its times are others than the editor saw."""

    def __init__(self, article: Article | None) -> None:
        super().__init__("The article has moved on.")
        self.article = article


def edit(admin: ModelAdmin, request: HttpRequest, article: Article | None) -> HttpResponse:
    """The sheet of ``article``, or an empty one. Raises PermissionDenied for who may not see or change it."""
    may = admin.has_change_permission(request, article) if article else admin.has_add_permission(request)
    if request.method == "POST":
        return _received(admin, request, article, may)
    if not may and not (article and admin.has_view_permission(request, article)):
        raise PermissionDenied
    newest = article.revisions.newest() if article else None
    content = newest.content if newest else Content(language=_language())
    may_publish = rights.may_publish(editor(request), article)
    form = ContentForm(article=article, may_publish=may_publish, initial=_initial(article, newest, content))
    return _sheet(admin, request, article, form, newest=newest, may=may)


def typed_again(
    admin: ModelAdmin, request: HttpRequest, article: Article | None, typed: QueryDict, **extra: Any
) -> HttpResponse:
    """Shows the sheet as it was ``typed``; nothing is saved and nothing complained of."""
    newest = article.revisions.newest() if article else None
    initial = _initial(article, newest, newest.content if newest else Content())
    form = ContentForm(
        typed, article=article, may_publish=rights.may_publish(editor(request), article), initial=initial
    )
    return _sheet(admin, request, article, form, newest=newest, **extra)


def refused(
    admin: ModelAdmin, request: HttpRequest, article: Article, reason: str, *, status: int = 403, **extra: Any
) -> HttpResponse:
    """Says why something beside the text was not done; the sheet stands below as it was typed, or only read."""
    user, newest = editor(request), article.revisions.newest()
    initial = _initial(article, newest, newest.content if newest else Content())
    typed = request.POST if "based_on" in request.POST else None  # a sheet that is only read sends no field
    form = ContentForm(typed, article=article, may_publish=rights.may_publish(user, article), initial=initial)
    may = rights.may_write(user, article)
    return _sheet(admin, request, article, form, newest=newest, may=may, status=status, refusal=reason, **extra)


def _language() -> str:
    return (get_language() or "").split("-")[0]


def _initial(article: Article | None, newest: Revision | None, content: Content) -> dict[str, Any]:
    seen = {"based_on": newest.number if newest else 0, "standing": standing(article), "sheet": token_hex(16)}
    return written(content) | timing(article, newest) | seen


def _received(admin: ModelAdmin, request: HttpRequest, article: Article | None, may: bool) -> HttpResponse:
    name = request.POST.get("act", "save")
    if name not in workflow.NAMES:
        return HttpResponseBadRequest("unknown act", content_type="text/plain")
    user = editor(request)
    may_publish = rights.may_publish(user, article)
    if not may and not (article and user.has_perm(rights.WRITE)):
        raise PermissionDenied
    newest = article.revisions.newest() if article else None
    initial = _initial(article, newest, newest.content if newest else Content())
    publishes = name in {"publish", "replan"}
    form = ContentForm(request.POST, article=article, may_publish=may_publish, publishing=publishes, initial=initial)
    form.act = name
    meant = "save" if name == "show" else name
    if workflow.transition(article, meant) and not workflow.may_move(user, article, meant):
        return _not_yours(admin, request, article, form)
    if article and article.in_bin:
        form.add_error(None, _("This article is in the bin. Take it out first."))
    if (
        not form.is_valid()
        or name == "show"
        or _leads_astray(user, article, form)
        or _lacks_reason(article, form, name)
    ):
        return _sheet(admin, request, article, form, newest=newest, may=may)
    try:
        article, told = _done(request, article, form, name)
    except conflict.Clashing as clash:
        kept = conflict.keep(request, clash.article, form, clash.based_on)
        return ask_about(admin, request, clash.article, kept, clash.newest)
    except gate.Blocked as blocked:
        return _sheet(admin, request, article, form, newest=newest, **checking.stopped(user, article, form, blocked))
    except MovedOn as refusal:
        return _moved_on(admin, request, refusal.article, form)
    except times.REFUSED:  # its moment passed while the request was on its way
        return _moved_on(admin, request, article, form)
    admin.log_change(request, article, told)
    messages.success(request, told)
    return redirect("admin:articles_article_change", article.pk)


def _not_yours(admin: ModelAdmin, request: HttpRequest, article: Article | None, form: ContentForm) -> HttpResponse:
    """Refuses for good. It may have been theirs when they began to write, so the text stays before them."""
    message = _("Not done: you have no right to this with the story as it is now (%(state)s). Your text is kept below.")
    form.add_error(None, message % {"state": _state(article)})
    newest = article.revisions.newest() if article else None
    return _sheet(admin, request, article, form, newest=newest, may=False, status=403)


def _leads_astray(user: User, article: Article | None, form: ContentForm) -> bool:
    """Whether the form puts the story where ``user`` may not; says so at its category."""
    wanted = Content(category=form.cleaned_data["category"])
    if not rights.may_write(user, article, wanted):
        form.add_error("category", _("You may move this story only between sections in your charge."))
    elif form.publishing and not rights.may_publish(user, article, wanted):
        form.add_error("category", _("You publish only in the sections in your charge."))
    return bool(form.errors)


def _lacks_reason(article: Article | None, form: ContentForm, name: str) -> bool:
    wanted = workflow.transition(article, name)
    if wanted and wanted.needs_reason and not form.cleaned_data["reason"]:
        form.add_error("reason", _("Say why: the author reads it."))
    return bool(form.errors)


@transaction.atomic
def _done(request: HttpRequest, article: Article | None, form: ContentForm, name: str) -> tuple[Article, str]:
    """Saves, and does what the button says. Returns the article and a word on what was done."""
    now = timezone.now()
    if article is not None:
        article = Article.objects.select_for_update().get(pk=article.pk)
        if article.in_bin or not rights.may_write(editor(request), article):  # since the request came in
            raise MovedOn(article)
    if name != "save":
        _check_offer(request, article, form, name, now)
    content, sheet = form.content(), form.cleaned_data["sheet"]
    article = article or _begun(sheet, name, editor(request))
    if article is None:
        article = publishing.start(content, by=editor(request), sheet=sheet, now=now)
        revision = article.revisions.newest()
    else:
        newest = article.revisions.newest()
        content, name = conflict.settled(request, article, newest, form, content, name)
        revision = _kept(article, newest, content, form, request)
    if name in {"publish", "replan"} and revision is not None:
        return _goes_out(request, name, article, revision, form, now)
    if name in times.NAMES and revision is not None:
        return times.do(name, article, revision, form, editor(request), now)
    if name != "save":
        article = workflow.move(article, name, by=editor(request), reason=form.cleaned_data["reason"], now=now)
        told = (
            _("The text is approved: it can be published now.") if name == "approve" else _("Saved. State: %(state)s.")
        )
        return article, told % {"state": article.get_state_display()}
    if article.state == State.PUBLISHED and {"publish_at", "unpublish_at"} & set(form.changed_data):
        return article, _("The text is saved. The times are as they were: press «Change the times» to change them.")
    if article.state == State.PUBLISHED:
        return article, _("Saved. Readers still see the published text.")
    return article, _("Saved.")


def _begun(sheet: str, name: str, user: User) -> Article | None:
    """Returns the draft that ``sheet`` has begun already. Raises MovedOn if it is none any more, or not theirs."""
    found = autosaving.begun(sheet, by=user)
    passed_on = found is not None and name != "save" and found.state != State.DRAFT
    if found is not None and (passed_on or found.in_bin or not rights.may_write(user, found)):
        raise MovedOn(found)
    return found


def _check_offer(request: HttpRequest, article: Article | None, form: ContentForm, name: str, now: datetime) -> None:
    """Raises MovedOn unless the sheet, as it would be shown now, offers what was pressed."""
    user = editor(request)
    offered = {act.name for act in workflow.acts(user, article, now)}
    offered |= times.offered(article, rights.may_publish(user, article))
    if name not in offered or form.cleaned_data["standing"] != standing(article):
        raise MovedOn(article)


def _kept(
    article: Article, newest: Revision | None, content: Content, form: ContentForm, request: HttpRequest
) -> Revision:
    """Returns the revision with ``content``: a new one, or the newest if that says the same and was saved."""
    based_on = form.cleaned_data["based_on"]
    if newest and not newest.is_autosave and newest.number == based_on and newest.content == content:
        return newest
    sheet = form.cleaned_data["sheet"]
    return publishing.save(article, content, by=editor(request), based_on=based_on, sheet=sheet)


def _goes_out(
    request: HttpRequest, name: str, article: Article, revision: Revision, form: ContentForm, now: datetime
) -> tuple[Article, str]:
    """Publishes or plans ``revision``. Where a second person is needed first, it is only saved."""
    user = editor(request)
    if not rights.may_publish(user, article, revision.content):  # it was moved a moment ago
        raise PermissionDenied
    try:
        four_eyes.demand(article, revision, by=user, now=now)
    except four_eyes.TwoNeeded as refusal:
        messages.warning(request, str(refusal))
        let_go(article, user)
        return article, _("Saved.")
    checking.pass_through(request, article, revision, now)
    if name == "publish":
        return times.publish(article, revision, form, user, now)
    return times.do(name, article, revision, form, user, now)


def ask_about(
    admin: ModelAdmin, request: HttpRequest, article: Article, kept: KeptText, newest: Revision, *, status: int = 409
) -> HttpResponse:
    """The sheet with what a kept text and ``newest`` have in common, and questions about the rest."""
    may_publish = rights.may_publish(editor(request), article)
    sheet = request.POST.get("sheet") or token_hex(16)
    form, questions = conflict.asked(kept, newest, sheet, may_publish=may_publish)
    return _sheet(admin, request, article, form, newest=newest, status=status, **questions)


def _show(request: HttpRequest, form: ContentForm, **hidden: str) -> None:
    """Shows a form with what was typed, and with other hidden values."""
    again = request.POST.copy()
    again.update(hidden)
    form.data = again


def _state(article: Article | None) -> str:
    """Returns the state of an article in words, with the times that belong to it."""
    if article is None:
        return _("new")
    moments = (article.publish_at, article.unpublish_at) if article.state == State.PUBLISHED else ()
    times = [in_words(moment) for moment in moments if moment]
    return " – ".join([badge(article, timezone.now()).label, *times])


def _moved_on(admin: ModelAdmin, request: HttpRequest, article: Article | None, form: ContentForm) -> HttpResponse:
    """Says how the article stands now. The next press of a button is made in that knowledge."""
    message = _("Not done: its state or its times have changed. Now it is: %(state)s. Look, then choose again.")
    form.add_error(None, message % {"state": _state(article)})
    _show(request, form, standing=standing(article))
    newest = article.revisions.newest() if article else None
    return _sheet(admin, request, article, form, newest=newest, status=409)


def _close(form: ContentForm) -> None:
    """Lets the sheet only be read, the rows of its lists included."""
    rows = [row for formset in (form.bylines, form.citations, form.related) for row in formset.forms]
    for each in (form, *rows):
        for field in each.fields.values():
            field.disabled = True


def _sheet(
    admin: ModelAdmin,
    request: HttpRequest,
    article: Article | None,
    form: ContentForm,
    *,
    newest: Revision | None,
    may: bool = True,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    now, user = timezone.now(), editor(request)
    may_publish = rights.may_publish(user, article)
    possible = workflow.acts(user, article, now) if may and not (article and article.in_bin) else []
    if not possible and not form.is_bound:
        _close(form)
    context = admin.admin_site.each_context(request) | summary(article, now)
    if "findings" not in extra:
        context |= checking.panel(user, article, newest.content if newest else None, now)
    context |= presence.opened(request, article, form, writes=bool(possible))
    context |= times.on_sheet(article, newest, may_publish, now)
    context |= {
        "title": _("Article") if article else _("New article"),
        "opts": admin.opts,
        "form": form,
        "media": admin.media + form.media,
        "article": article,
        "newest": newest,
        "badge": badge(article, now) if article else None,
        "has_unpublished_changes": _is_ahead(article, newest),
        "is_live": bool(article and article.is_live(now)),
        "acts": possible,
        "typography_address": reverse("admin:articles_article_typeset", args=[article.pk] if article else None),
        "may_publish": may_publish,
        **workflow.told(article, newest),
        **({} if "threads" in extra else notes.on_sheet(request, article)),
        **_beside(article, user),
    }
    return TemplateResponse(request, "admin/articles/article/sheet.html", context | extra, status=status)


def _beside(article: Article | None, user: User) -> dict[str, Any]:
    """Returns what stands beside the sheet: what readers were told and have seen, texts kept of ``user``, the bin."""
    return {
        "may_bin": article is not None and rights.may_bin(user, article),
        "may_delete": article is not None and rights.may_delete(user, article),
        "corrections": list(article.corrections.all()) if article else [],
        "kept_texts": list(waiting(article, user)) if article else [],
        "typos": list(article.typos.waiting()) if article else [],
        "updates": list(article.updates.all()) if article else [],
    }


def _is_ahead(article: Article | None, newest: Revision | None) -> bool:
    if article is None or newest is None:
        return False
    return article.state == State.PUBLISHED and newest.pk != article.live_revision_id

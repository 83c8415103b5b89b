"""The sheet on which an article is written: it loads the newest revision, and a save writes only a revision."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from articles import publishing
from articles.admin.bases import ModelAdmin, editor
from articles.admin.translating import summary
from articles.changes import changes
from articles.checks import checks
from articles.content import Content
from articles.desk import badge
from articles.forms import ContentForm, standing, timing, written
from articles.models import Article, Revision, State


class MovedOn(Exception):
    """What was asked for does not fit ``article`` any more: its state or its times are others than the editor saw."""

    def __init__(self, article: Article | None) -> None:
        super().__init__("The article has moved on.")
        self.article = article


@dataclass(frozen=True)
class Act:
    """Something an editor can do with what is on the sheet, by a button of the bar."""

    name: str
    label: str | Promise
    later: str | Promise = ""
    """What the button says when a time to come is filled in."""


SAVE = Act("save", gettext_lazy("Save"))
REVIEW = Act("review", gettext_lazy("Send for review"))
READY = Act("ready", gettext_lazy("Mark as ready"))
DRAFT = Act("draft", gettext_lazy("Back to draft"))
PUBLISH = Act("publish", gettext_lazy("Publish"), gettext_lazy("Schedule"))
CHANGE = Act("publish", gettext_lazy("Publish the change"))
RESCHEDULE = Act("publish", gettext_lazy("Publish the change"), gettext_lazy("Schedule"))
AGAIN = Act("publish", gettext_lazy("Publish again"), gettext_lazy("Schedule"))
MOVES = {"review": State.REVIEW, "ready": State.READY, "draft": State.DRAFT}
NAMES = {"save", "publish", *MOVES}


def acts(article: Article | None, may_publish: bool, now: datetime) -> list[Act]:
    """Returns what can be done next with an article; the first is the one thing to do."""
    state = article.state if article else State.DRAFT
    if article and state == State.PUBLISHED:
        return [_republishing(article, now), SAVE] if may_publish else [SAVE]
    if state == State.WITHDRAWN:
        return [AGAIN, SAVE] if may_publish else [SAVE]
    moves = {State.DRAFT: [REVIEW], State.REVIEW: [READY, DRAFT], State.READY: [DRAFT]}[State(state)]
    if may_publish:
        return [PUBLISH, SAVE, *moves]
    return [*moves, SAVE] if state == State.DRAFT else [SAVE, *moves]


def _republishing(article: Article, now: datetime) -> Act:
    if article.has_gone_off(now):
        return AGAIN
    return RESCHEDULE if article.is_scheduled(now) else CHANGE


def edit(admin: ModelAdmin, request: HttpRequest, article: Article | None) -> HttpResponse:
    """The sheet of ``article``, or an empty one. Raises PermissionDenied for who may not see or change it."""
    may = admin.has_change_permission(request, article) if article else admin.has_add_permission(request)
    if request.method == "POST":
        return _received(admin, request, article, may)
    if not may and not (article and admin.has_view_permission(request, article)):
        raise PermissionDenied
    newest = article.revisions.newest() if article else None
    content = newest.content if newest else Content(language=_language())
    form = ContentForm(article=article, may_publish=_may_publish(request), initial=_initial(article, newest, content))
    return _sheet(admin, request, article, form, newest=newest, may=may)


def _may_publish(request: HttpRequest) -> bool:
    return editor(request).has_perm("articles.publish_article")


def _language() -> str:
    return (get_language() or "").split("-")[0]


def _initial(article: Article | None, newest: Revision | None, content: Content) -> dict[str, Any]:
    seen = {"based_on": newest.number if newest else 0, "standing": standing(article)}
    return written(content) | timing(article, newest) | seen


def _received(admin: ModelAdmin, request: HttpRequest, article: Article | None, may: bool) -> HttpResponse:
    name = request.POST.get("act", "save")
    if name not in NAMES:
        return HttpResponseBadRequest("unknown act", content_type="text/plain")
    may_publish = _may_publish(request)
    if not may or (name == "publish" and not may_publish):
        raise PermissionDenied
    newest = article.revisions.newest() if article else None
    initial = _initial(article, newest, newest.content if newest else Content())
    publishes = name == "publish"
    form = ContentForm(request.POST, article=article, may_publish=may_publish, publishing=publishes, initial=initial)
    if article and article.in_bin:
        form.add_error(None, _("This article is in the bin. Take it out first."))
    if not form.is_valid():
        return _sheet(admin, request, article, form, newest=newest, may=may)
    try:
        article, told = _done(request, article, form, name)
    except publishing.Conflict as conflict:
        return _conflict(admin, request, article, form, conflict.newest)
    except MovedOn as refusal:
        return _moved_on(admin, request, refusal.article, form)
    admin.log_change(request, article, told)
    messages.success(request, told)
    return redirect("admin:articles_article_change", article.pk)


@transaction.atomic
def _done(request: HttpRequest, article: Article | None, form: ContentForm, name: str) -> tuple[Article, str]:
    """Saves, and does what the button says. Returns the article and a word on what was done."""
    now = timezone.now()
    if article is not None:
        article = Article.objects.select_for_update().get(pk=article.pk)
    if name != "save":
        _check_offer(request, article, form, name, now)
    content = form.content()
    if article is None:
        article = publishing.start(content, by=editor(request), now=now)
        revision = article.revisions.newest()
    else:
        revision = _kept(article, content, form.cleaned_data["based_on"], request)
    if name == "publish" and revision is not None:
        return _publish(request, article, revision, form, now)
    if name in MOVES:
        publishing.move_to(article, MOVES[name])
        return article, _("Saved. State: %(state)s.") % {"state": article.get_state_display()}
    if article.state == State.PUBLISHED and {"publish_at", "unpublish_at"} & set(form.changed_data):
        return article, _("The text is saved. The times are as they were: publish the change to change them.")
    if article.state == State.PUBLISHED:
        return article, _("Saved. Readers still see the published text.")
    return article, _("Saved.")


def _check_offer(request: HttpRequest, article: Article | None, form: ContentForm, name: str, now: datetime) -> None:
    """Raises MovedOn unless the sheet, as it would be shown now, offers what was pressed."""
    offered = acts(article, _may_publish(request), now)
    if name not in {act.name for act in offered} or form.cleaned_data["standing"] != standing(article):
        raise MovedOn(article)


def _kept(article: Article, content: Content, based_on: int, request: HttpRequest) -> Revision:
    """Returns the revision with ``content``: a new one, or the newest if that says the same."""
    newest = article.revisions.newest()
    if newest is not None and newest.number == based_on and newest.content == content:
        return newest
    return publishing.save(article, content, by=editor(request), based_on=based_on)


def _publish(
    request: HttpRequest, article: Article, revision: Revision, form: ContentForm, now: datetime
) -> tuple[Article, str]:
    times = form.cleaned_data
    untouched = article.state == State.PUBLISHED and "publish_at" not in form.changed_data
    article = publishing.publish(
        article,
        revision,
        by=editor(request),
        at=article.publish_at if untouched else times["publish_at"],
        until=article.unpublish_at if "unpublish_at" not in form.changed_data and untouched else times["unpublish_at"],
        update_note=times["update_note"],
        now=now,
    )
    if article.is_scheduled(now):
        return article, _("Scheduled. It appears by itself at that time.")
    return article, _("Published.")


def _conflict(
    admin: ModelAdmin, request: HttpRequest, article: Article | None, form: ContentForm, newest: Revision
) -> HttpResponse:
    """Shows both texts. What was typed stays in the form; its next save stands on top of ``newest``."""
    _show(request, form, based_on=str(newest.number))
    with transaction.atomic():
        typed = form.content()
        transaction.set_rollback(True)  # sources that are new are made when it is saved
    theirs = changes(newest.content, typed)
    return _sheet(admin, request, article, form, newest=newest, status=409, conflict=newest, theirs=theirs)


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
    times = [date_format(timezone.localtime(moment), "DATETIME_FORMAT") for moment in moments if moment]
    return " – ".join([badge(article, timezone.now()).label, *times])


def _moved_on(admin: ModelAdmin, request: HttpRequest, article: Article | None, form: ContentForm) -> HttpResponse:
    """Says how the article stands now. The next press of a button is made in that knowledge."""
    message = _("Not done: its state or its times have changed. Now it is: %(state)s. Look, then choose again.")
    form.add_error(None, message % {"state": _state(article)})
    _show(request, form, standing=standing(article))
    newest = article.revisions.newest() if article else None
    return _sheet(admin, request, article, form, newest=newest, status=409)


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
    now = timezone.now()
    may_publish = _may_publish(request)
    possible = acts(article, may_publish, now) if may and not (article and article.in_bin) else []
    if not possible:
        for field in form.fields.values():
            field.disabled = True
    context = admin.admin_site.each_context(request) | summary(article, now)
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
        "may_publish": may_publish,
        "may_delete": admin.has_delete_permission(request, article),
        "checks": checks(newest.content) if newest else [],
        "corrections": list(article.corrections.all()) if article else [],
        "typos": list(article.typos.waiting()) if article else [],
        "updates": list(article.updates.all()) if article else [],
    }
    return TemplateResponse(request, "admin/articles/article/sheet.html", context | extra, status=status)


def _is_ahead(article: Article | None, newest: Revision | None) -> bool:
    published = article is not None and article.state == State.PUBLISHED
    return published and newest is not None and article is not None and newest.pk != article.live_revision_id

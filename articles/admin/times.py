"""What the desk does about times: publishes now or later, plans a change or takes the plan back, lifts an embargo."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import embargo, planned, publishing
from articles.admin.bases import editor
from articles.fields import PlainText
from articles.forms import ContentForm
from articles.gone import is_gone
from articles.models import Article, Revision, State
from articles.timing import KEEP
from lib.moments import in_words

NAMES = {"times", "unplan", "replan"}
"""Acts of the sheet whose buttons stand beside the times, and not in its bar."""
REFUSED = (planned.CannotPlan, embargo.Embargoed)


def offered(article: Article | None, may_publish: bool) -> set[str]:
    """Returns which of ``NAMES`` the sheet offers."""
    if article is None or article.state != State.PUBLISHED or article.in_bin or not may_publish:
        return set()
    return {"times"} | ({"unplan", "replan"} if article.change_at else set())


def publish(article: Article, revision: Revision, form: ContentForm, by: User, now: datetime) -> tuple[Article, str]:
    """Publishes ``revision`` now, at its time, or as a change that comes at a time. Returns a word on it."""
    said = form.cleaned_data
    if form.is_change(now) and said["change_at"]:
        return _plan(article, revision, by, said["change_at"], now)
    untouched = article.state == State.PUBLISHED and "publish_at" not in form.changed_data
    article = publishing.publish(
        article,
        revision,
        by=by,
        at=article.publish_at if untouched else said["publish_at"],
        until=article.unpublish_at if "unpublish_at" not in form.changed_data and untouched else said["unpublish_at"],
        update_note=said["update_note"],
        keep_plan=said["keep_plan"] == KEEP and revision.pk != article.planned_revision_id,
        now=now,
    )
    if article.is_scheduled(now):
        return article, _("Scheduled. It appears by itself at that time.")
    return article, _("Published.")


def do(
    name: str, article: Article, revision: Revision, form: ContentForm, by: User, now: datetime
) -> tuple[Article, str]:
    """Does one of ``NAMES``, the text being saved as ``revision``."""
    if name == "unplan":
        return planned.drop_planned_change(article), _("The planned change is dropped. Its text stays in the history.")
    if name == "replan" and article.change_at:
        return _plan(article, revision, by, article.change_at, now)
    said, changed = form.cleaned_data, form.changed_data
    at = said["publish_at"] if "publish_at" in changed else article.publish_at
    until = said["unpublish_at"] if "unpublish_at" in changed else article.unpublish_at
    article = publishing.retime(article, at=at, until=until, now=now)
    return article, _("The times are changed. Readers see the same text as before.")


def _plan(article: Article, revision: Revision, by: User, at: datetime, now: datetime) -> tuple[Article, str]:
    article = planned.plan_change(article, revision, by=by, at=at, now=now)
    return article, _("Planned: readers see the change from %(when)s on.") % {"when": in_words(at)}


class LiftingForm(forms.Form):
    reason = PlainText(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "data-grow": ""}),
        help_text=gettext_lazy("Stays in the history of the article."),
    )


def lift(admin: Any, request: HttpRequest, article: Article, may_publish: bool) -> HttpResponse:
    """Asks why an embargo is to be lifted, and lifts it."""
    if not may_publish:
        raise PermissionDenied
    newest = article.revisions.newest()
    until = embargo.embargo(newest.content, timezone.now()) if newest else None
    if until is None or article.in_bin:
        return redirect("admin:articles_article_change", article.pk)
    form = LiftingForm(request.POST if request.method == "POST" else None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        publishing.lift_embargo(article, form.cleaned_data["reason"], by=editor(request))
        words = _("Embargo until %(when)s lifted: %(reason)s")
        admin.log_change(request, article, words % {"when": in_words(until), "reason": form.cleaned_data["reason"]})
        messages.success(request, _("The embargo is lifted. The article can be published."))
        return redirect("admin:articles_article_change", article.pk)
    context = admin.admin_site.each_context(request) | {
        "title": _("Lift the embargo"),
        "opts": admin.opts,
        "article": article,
        "newest": newest,
        "until": until,
        "form": form,
    }
    return TemplateResponse(request, "admin/articles/article/embargo.html", context)


def on_sheet(article: Article | None, newest: Revision | None, may_publish: bool, now: datetime) -> dict[str, Any]:
    """Returns what the sheet says about times."""
    return {
        "offered": offered(article, may_publish),
        "planned": article.planned_revision if article and article.change_at else None,
        "gone": article is not None and is_gone(article, now),
        "embargo": embargo.embargo(newest.content, now) if newest else None,
        "embargo_lifted": newest.content.embargo_lifted if newest else "",
    }

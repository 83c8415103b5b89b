"""How a story will look: the public page in a frame, its cards elsewhere, and links for people outside the newsroom."""

from datetime import datetime
from typing import Any

from csp.constants import SELF
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from articles import preview_links, rights
from articles.admin.bases import ModelAdmin, editor
from articles.embargo import embargo
from articles.fields import PlainText
from articles.models import Article, Revision
from articles.preview import as_published
from lib.addresses import absolute

SHOWN_ONCE = "preview_link_shown_once"
SCREENS = {"desktop": gettext_lazy("Desktop"), "tablet": gettext_lazy("Tablet"), "phone": gettext_lazy("Phone")}


class LinkForm(forms.Form):
    for_whom = PlainText(
        label=gettext_lazy("For whom"),
        max_length=200,
        help_text=gettext_lazy("A name, so that it is known who has it."),
    )
    term = forms.ChoiceField(
        label=gettext_lazy("Works for"),
        choices=[(key, label) for key, (_span, label) in preview_links.TERMS.items()],
        initial=preview_links.USUAL_TERM,
    )


def _newest(article: Article, number: int | None = None) -> Revision:
    revisions = article.revisions.select_related("by")
    found = (revisions.filter(number=number) if number else revisions).newest()
    if found is None:
        raise Http404
    return found


def screen(admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """The page in a frame of a desktop, a tablet or a phone; without a script, the frame of a desktop and links."""
    chosen = request.GET.get("as", "desktop")
    return _shown(admin, request, article, LinkForm(), chosen=chosen if chosen in SCREENS else "desktop")


def _shown(
    admin: ModelAdmin,
    request: HttpRequest,
    article: Article,
    form: LinkForm,
    *,
    chosen: str = "desktop",
    status: int = 200,
) -> HttpResponse:
    now, revision = timezone.now(), _newest(article)
    context = admin.admin_site.each_context(request) | {
        "title": _("Preview"),
        "opts": admin.opts,
        "article": article,
        "revision": revision,
        "screens": SCREENS,
        "chosen": chosen,
        "frame": reverse("admin:articles_article_preview", args=[article.pk]),
        "cards": _cards(request, article, revision),
        "form": form,
        "may_share": _may_share(request, article),
        "links": _links(article, now),
        "warnings": _warnings(article, revision, now),
        "made": _made(request, article),
    }
    response = TemplateResponse(request, "admin/articles/article/look.html", context, status=status)
    vars(response)["_csp_replace"] = {"frame-src": [SELF]}
    return response


def _cards(request: HttpRequest, article: Article, revision: Revision) -> str:
    language = get_language()
    with as_published(article, revision.content) as shown:
        told = {"article": shown, "canonical": absolute(shown.get_absolute_url()), "desk_language": language}
        return render_to_string("admin/articles/article/cards.html", told, request)


def _may_share(request: HttpRequest, article: Article) -> bool:
    return rights.may_write(editor(request), article) and not article.in_bin


def _links(article: Article, now: datetime) -> list[dict[str, Any]]:
    found = article.preview_links.select_related("revision", "created_by")[:50]
    return [{"link": link, "is_open": link.is_open(now)} for link in found]


def _warnings(article: Article, revision: Revision, now: datetime) -> list[str]:
    """Returns what somebody should know before the text leaves the newsroom."""
    found = []
    if until := embargo(revision.content, now):
        when = timezone.localtime(until).strftime("%d.%m.%Y %H:%M")
        found.append(_("The text is under embargo until %(when)s: until then a link shows only that.") % {"when": when})
    if article.is_scheduled(now):
        found.append(_("The story is scheduled: whoever has a link reads it before it appears."))
    return found


def _made(request: HttpRequest, article: Article) -> str:
    """Returns the address of the link that was just made; it is shown this once."""
    told = request.session.pop(SHOWN_ONCE, None)
    if not told or told[0] != article.pk:
        return ""
    return absolute(reverse("articles:preview_link", args=[told[1]]))


def make(admin: ModelAdmin, request: HttpRequest, article: Article) -> HttpResponse:
    """Makes a link to the newest revision."""
    if not _may_share(request, article):
        raise PermissionDenied
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _shown(admin, request, article, form, status=400)
    whom = form.cleaned_data["for_whom"]
    term, _label = preview_links.TERMS[form.cleaned_data["term"]]
    told = {"by": editor(request), "term": term, "for_whom": whom, "now": timezone.now()}
    try:
        _link, token = preview_links.make(article, _newest(article), **told)
    except preview_links.TooMany:
        form.add_error(None, _("There are too many open links to this story. Revoke some first."))
        return _shown(admin, request, article, form, status=409)
    request.session[SHOWN_ONCE] = [article.pk, token]
    admin.log_change(request, article, _("Made a preview link for: %(whom)s.") % {"whom": whom})
    return redirect(reverse("admin:articles_article_look", args=[article.pk]) + "#links")


def revoke(admin: ModelAdmin, request: HttpRequest, article: Article, key: int) -> HttpResponse:
    """Closes a link for good."""
    link = article.preview_links.filter(pk=key).first() if key < 2**63 else None
    if link is None:
        raise Http404
    if not rights.may_write(editor(request), article):
        raise PermissionDenied
    preview_links.revoke(link, by=editor(request), now=timezone.now())
    admin.log_change(request, article, _("Revoked the preview link for: %(whom)s.") % {"whom": link})
    messages.success(request, _("Revoked. Whoever opens the link now is told that it is over."))
    return redirect(reverse("admin:articles_article_look", args=[article.pk]) + "#links")

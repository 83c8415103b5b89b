"""Withdrawing a story, and what readers are told in its place, then and later."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import publishing, rights
from articles.admin.bases import editor
from articles.fields import PlainText
from articles.forms import story_key, story_name
from articles.gone import Parting, is_gone
from articles.models import Article, State
from articles.widgets import SuggestInput


class PartingForm(forms.Form):
    note = PlainText(
        label=gettext_lazy("What readers are told"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "data-grow": ""}),
        help_text=gettext_lazy("Empty: «The newsroom has taken this story off the site»."),
    )
    shows_title = forms.BooleanField(label=gettext_lazy("Name the title of the story on that page"), required=False)
    replaced_by = PlainText(
        label=gettext_lazy("Instead of it"),
        required=False,
        max_length=700,
        widget=SuggestInput("article"),
        help_text=gettext_lazy("A story to which the old address leads (301). Readers see no note then."),
    )

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        self.article = article
        told = article.replaced_by
        initial = {
            "note": article.gone_note,
            "shows_title": article.gone_shows_title,
            "replaced_by": story_name(told) if told else "",
        }
        super().__init__(*args, **{"label_suffix": "", "initial": initial} | kwargs)

    def clean_replaced_by(self) -> Article | None:
        name = self.cleaned_data["replaced_by"]
        if not name:
            return None
        other = Article.objects.defer("body").get(pk=story_key(name))
        if other.state != State.PUBLISHED:
            raise ValidationError(_("Readers do not see this story: choose one that is published."))
        if other.pk == self.article.pk:
            raise ValidationError(_("A story cannot stand in its own place."))
        return other

    @property
    def parting(self) -> Parting:
        """What a valid form says."""
        said = self.cleaned_data
        return Parting(said["note"].strip(), said["shows_title"], said["replaced_by"])


def withdraw(admin: Any, request: HttpRequest, article: Article) -> HttpResponse:
    """Asks before a story goes off the site for good, and what readers are told; then does it."""
    if not rights.may_publish(editor(request), article):
        raise PermissionDenied
    if article.state != State.PUBLISHED:
        return redirect("admin:articles_article_change", article.pk)
    form = PartingForm(request.POST if request.method == "POST" else None, article=article)
    if request.method == "POST" and form.is_valid():
        article = publishing.withdraw(article, by=editor(request), parting=form.parting)
        admin.log_change(request, article, _("Withdrawn"))
        messages.success(request, _("Withdrawn. Its page says that it is gone; the text stays here."))
        return redirect("admin:articles_article_change", article.pk)
    return _page(admin, request, article, form, "withdraw.html", _("Withdraw the article"))


def tell(admin: Any, request: HttpRequest, article: Article) -> HttpResponse:
    """What readers find in the place of a story that is gone already."""
    if not rights.may_publish(editor(request), article):
        raise PermissionDenied
    if not is_gone(article, timezone.now()):
        return redirect("admin:articles_article_change", article.pk)
    form = PartingForm(request.POST if request.method == "POST" else None, article=article)
    if request.method == "POST" and form.is_valid():
        publishing.tell_gone(article, form.parting)
        admin.log_change(request, article, _("What readers are told in its place was changed"))
        messages.success(request, _("Saved. Readers find it at the old address from now on."))
        return redirect("admin:articles_article_change", article.pk)
    return _page(admin, request, article, form, "gone.html", _("In place of the story"))


def _page(
    admin: Any, request: HttpRequest, article: Article, form: PartingForm, template: str, title: str
) -> HttpResponse:
    context = admin.admin_site.each_context(request) | {
        "title": title,
        "opts": admin.opts,
        "article": article,
        "form": form,
        "media": admin.media + form.media,
    }
    return TemplateResponse(request, f"admin/articles/article/{template}", context)

"""The form for a typo: a page of its own, whose form static/js/typo.js shows in a dialog over the story."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles.fields import PlainText
from articles.models import Article
from articles.models.typo import MOST_LETTERS, MOST_LETTERS_OF_NOTE
from articles.typos import Flood, report
from lib.csrf import is_forged
from lib.html import printable
from lib.visitors import address_hash


class TypoForm(forms.Form):
    fragment = PlainText(
        label=gettext_lazy("The words with the mistake"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea({"rows": 3}),
    )
    note = PlainText(
        label=gettext_lazy("How it should be, if you like"),
        required=False,
        max_length=MOST_LETTERS_OF_NOTE,
        widget=forms.Textarea({"rows": 2}),
    )
    subject = forms.CharField(required=False, max_length=1_000)
    """The trap: people do not see it, programs fill it in."""

    def __init__(self, data: object = None) -> None:
        super().__init__(data, auto_id="typo-%s", use_required_attribute=False)  # type: ignore[arg-type]  # as sent

    def clean_fragment(self) -> str:
        return " ".join(printable(self.cleaned_data["fragment"]).split())

    def clean_note(self) -> str:
        return printable(self.cleaned_data["note"])

    def clean_subject(self) -> str:
        if self.cleaned_data["subject"]:
            self.add_error(None, _("A field that people do not see was filled in. Please send it once more."))
        return ""


@csrf_exempt  # asked below: a refusal must not cost the reader what was typed
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def typo(request: HttpRequest, pk: int) -> HttpResponseBase:
    article = Article.objects.published(timezone.now()).filter(pk=pk).defer("body").first()
    if article is None:
        raise Http404
    if request.method != "POST":
        return _page(request, article, TypoForm())
    form = TypoForm(request.POST)
    if is_forged(request):
        form.add_error(None, _("Your browser did not send the cookie of this form. Allow cookies and send it again."))
        return _page(request, article, form, 403)
    if not form.is_valid():
        return _page(request, article, form, 400)
    try:
        said = form.cleaned_data
        ip_hash = address_hash(request, "typos")
        report(article, said["fragment"], said["note"], ip_hash=ip_hash, now=timezone.now())
    except Flood as flood:
        form.add_error(None, _("That was a lot within a short time. Please wait a little and send it again."))
        return _page(request, article, form, 429, int(flood.wait.total_seconds()))
    return HttpResponseRedirect(reverse("articles:typo_sent", args=[article.pk]), status=303)


@require_safe
@never_cache
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    article = Article.objects.published(timezone.now()).filter(pk=pk).defer("body").first()
    return TemplateResponse(request, "articles/typo_sent.html", {"article": article})


def _page(request: HttpRequest, article: Article, form: TypoForm, status: int = 200, wait: int = 0) -> HttpResponse:
    context = {"article": article, "form": form}
    response = TemplateResponse(request, "articles/typo.html", context, status=status)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response

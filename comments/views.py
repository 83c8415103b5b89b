"""Pages of threads and the way of a comment from the form to the moderators."""

import re

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Article
from comments.forms import CommentForm
from comments.models import PortalComment, thread_tag
from comments.paths import WIDTH
from comments.posting import Flood, submit
from comments.threads import page_of, thread_page
from lib import pagecache
from lib.csrf import is_forged
from lib.pagecache import cached_page
from lib.visitors import address_hash

_CURSOR = re.compile(rf"[0-9]{{{WIDTH}}}")


@csrf_exempt  # post() checks the token itself: a refusal must not cost the reader the text
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, article_id: int) -> HttpResponseBase:
    return post(request, article_id) if request.method == "POST" else earlier(request, article_id)


@cached_page
def earlier(request: HttpRequest, article_id: int) -> HttpResponse:
    """Threads before the one in ``?before=``; without it, the thread stands on the page of the article."""
    article = _published(article_id)
    if article is None or article.comments_mode == Article.Comments.HIDDEN:
        raise Http404
    pagecache.tag(f"article:{article.pk}", thread_tag(article.pk))
    pagecache.expires(article.unpublish_at)
    before = request.GET.get("before")
    if before is None:
        return redirect(f"{article.get_absolute_url()}#comments")
    # Only a thread that is there has a page before it: readers cannot make up pages to be stored.
    if not _CURSOR.fullmatch(before) or not article.comments.approved().filter(path__startswith=before).exists():
        raise Http404
    context = {"article": article, "page": thread_page(article, before)}
    return TemplateResponse(request, "comments/earlier.html", context)


@require_safe
def comment(request: HttpRequest, article_id: int, pk: int) -> HttpResponse:
    """Leads to the page on which a comment stands at the time."""
    article = _published(article_id)
    if article is None or article.comments_mode == Article.Comments.HIDDEN:
        raise Http404
    found = get_object_or_404(article.comments.approved(), pk=pk)
    before = page_of(found)
    page = (
        f"{reverse('comments:comments', args=[article.pk])}?before={before}" if before else article.get_absolute_url()
    )
    return redirect(f"{page}#c{found.pk}")


@require_safe
@never_cache
def new(request: HttpRequest, article_id: int) -> HttpResponse:
    return _empty_form(request, article_id, "comments/new.html")


@require_safe
@never_cache
def form(request: HttpRequest, article_id: int) -> HttpResponse:
    """The form alone, for the script that puts it into the page of the article."""
    return _empty_form(request, article_id, "comments/_form.html")


@never_cache
def post(request: HttpRequest, article_id: int) -> HttpResponse:
    article = _published(article_id)
    if article is None or article.comments_mode != Article.Comments.OPEN:
        return _closed(request, article, request.POST.get("text", ""))
    form = _form(request, article)
    if is_forged(request):
        form.add_error(None, _("Your browser did not send the cookie of this form. Allow cookies and send it again."))
        return _again(request, form, 403)
    if not form.is_valid():
        return _again(request, form, 400)
    try:
        sent = submit(form, address_hash(request, "comments"))
    except Flood as flood:
        form.add_error(None, _("You have sent several comments within a short time. Wait a little and send it again."))
        return _again(request, form, 429, int(flood.wait.total_seconds()))
    except OperationalError:
        form.add_error(None, _("Your comment could not be stored just now. Please send it again in a moment."))
        return _again(request, form, 503, 5)
    return HttpResponseRedirect(reverse("comments:sent", args=[sent.key]), status=303)


@require_safe
@never_cache
def sent(request: HttpRequest, key: str) -> HttpResponse:
    """What became of a comment, for the one who sent it: nobody else knows its key."""
    found = get_object_or_404(PortalComment.objects.select_related("article"), key=key)
    return TemplateResponse(request, "comments/sent.html", {"comment": found, "article": _published(found.article_id)})


def _published(article_id: int) -> Article | None:
    return Article.objects.published(timezone.now()).filter(pk=article_id).defer("body").first()


def _form(request: HttpRequest, article: Article) -> CommentForm:
    asked = request.POST if request.method == "POST" else request.GET
    data = request.POST if request.method == "POST" else None
    return CommentForm(data, article=article, user=request.user, reply=asked.get("reply", ""), now=timezone.now())


def _empty_form(request: HttpRequest, article_id: int, template: str) -> HttpResponse:
    article = _published(article_id)
    if article is None:
        raise Http404
    if article.comments_mode != Article.Comments.OPEN:
        return _closed(request, article)
    return TemplateResponse(request, template, {"article": article, "form": _form(request, article)})


def _again(request: HttpRequest, form: CommentForm, status: int, wait: int = 0) -> HttpResponse:
    response = TemplateResponse(request, "comments/new.html", {"article": form.article, "form": form}, status=status)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _closed(request: HttpRequest, article: Article | None, text: str = "") -> HttpResponse:
    """Says that nothing can be said here, and gives back what was typed."""
    context = {"article": article, "text": text}
    return TemplateResponse(request, "comments/closed.html", context, status=403 if article else 404)

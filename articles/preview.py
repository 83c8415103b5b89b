"""The page of an article as it would be if a revision were published."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation

from articles.content import Content
from articles.models import Article
from articles.publishing import copy_to
from articles.translations import translations


def preview(request: HttpRequest, article: Article, content: Content) -> HttpResponse:
    """Renders the public page with ``content``, by publishing it in a transaction that is taken back."""
    now = timezone.now()
    with transaction.atomic(), translation.override(content.language):
        copy = Article.objects.select_for_update().get(pk=article.pk)
        copy.publish_at = copy.publish_at or now
        copy_to(copy, content)
        shown = Article.objects.for_page().get(pk=copy.pk)
        context = {"article": shown, "translations": translations(shown, now), "is_preview": True}
        page = render_to_string("articles/article.html", context, request)
        transaction.set_rollback(True)
    return HttpResponse(page, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})

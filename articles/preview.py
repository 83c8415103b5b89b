"""The page of an article as it would be if a revision were published."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from csp.constants import SELF
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation

from articles.content import Content
from articles.models import Article
from articles.publishing import copy_to
from articles.translations import translations
from lib.addresses import absolute


@contextmanager
def as_published(article: Article, content: Content) -> Iterator[Article]:
    """Gives the article as readers would have it with ``content``, in its language, until the block ends.

    It is published in a transaction that is taken back.
    """
    with transaction.atomic(), translation.override(content.language):
        copy = Article.objects.select_for_update().get(pk=article.pk)
        copy.publish_at = copy.publish_at or timezone.now()
        copy_to(copy, content)
        yield Article.objects.for_page().get(pk=copy.pk)
        transaction.set_rollback(True)


def preview(
    request: HttpRequest, article: Article, content: Content, further: dict[str, Any] | None = None
) -> HttpResponse:
    """Renders the public page with ``content``. Only the desk may put it into a frame."""
    with as_published(article, content) as shown:
        context = {
            "article": shown,
            "translations": translations(shown, timezone.now()),
            "canonical": absolute(shown.get_absolute_url()),
            "is_preview": True,
            "marks_ads": True,
        }
        page = render_to_string("articles/article.html", context | (further or {}), request)
    response = HttpResponse(page, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    vars(response)["_csp_replace"] = {"frame-ancestors": [SELF]}
    return response

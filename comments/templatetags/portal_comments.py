"""Tags of what readers say."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from articles.models import Article
from comments.models import thread_tag
from comments.text import as_html
from comments.threads import thread_page
from lib import pagecache

register = template.Library()


@register.inclusion_tag("comments/_thread.html")
def comment_thread(article: Article) -> dict[str, Any]:
    """``{% comment_thread article %}``: the newest threads under an article and the way to the form, in one query."""
    if article.comments_mode == Article.Comments.HIDDEN:
        return {}
    pagecache.tag(thread_tag(article.pk))
    is_open = article.comments_mode == Article.Comments.OPEN
    return {"article": article, "page": thread_page(article), "is_open": is_open}


@register.filter
def paragraphs(text: str) -> SafeString:
    """``{{ comment.comment|paragraphs }}``: plain text as HTML."""
    return as_html(text)

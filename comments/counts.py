"""How many comments readers can see of an article: one number, written with every change, shown wherever it is told.

Counted anew rather than added to, so that it can never drift; kept, because a page of thirty cards would count
thirty threads.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from articles.models import Article
from comments.models import CommentCount, PortalComment, Status, thread_tag
from lib import pagecache


def recount(articles: Iterable[int]) -> None:
    """Writes the counts of ``articles`` (their keys), in the transaction of what changed them."""
    keys = sorted(set(articles))
    CommentCount.objects.bulk_create([CommentCount(article_id=key) for key in keys], ignore_conflicts=True)
    counts = CommentCount.objects.filter(article__in=keys)
    # Locked in one order: of two transactions the second counts what the first wrote.
    list(counts.select_for_update().order_by("article"))
    approved = PortalComment.objects.approved().filter(article=OuterRef("article")).order_by()
    number = Subquery(approved.values("article").annotate(number=Count("pk")).values("number"), IntegerField())
    counts.update(number=Coalesce(number, 0))


def recount_after(instance: PortalComment, created: bool = False, **kwargs: Any) -> None:
    """Counts when a comment was saved or deleted; a new one that is held changes nothing for readers."""
    if not created or instance.status == Status.APPROVED:
        recount([instance.article_id])


def tell_counts(articles: Iterable[Article], **kwargs: Any) -> None:
    """Says on each of ``articles`` how many comments it has, in one query."""
    open_to_readers = [each for each in articles if each.comments_mode != Article.Comments.HIDDEN]
    pagecache.tag(*(thread_tag(article.pk) for article in open_to_readers))
    numbers = dict(CommentCount.objects.filter(article__in=open_to_readers).values_list("article", "number"))
    for article in open_to_readers:
        article.comment_count = numbers.get(article.pk, 0)

"""Typed texts that could not be saved as they were: kept beside the revisions until their writer has seen to them."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import QuerySet

from articles.content import Content
from articles.models import Article, KeptText


def keep(article: Article, content: Content, *, by: User, based_on: int, why: str, now: datetime) -> KeptText:
    """Keeps what ``by`` typed on top of revision ``based_on``; the same text is kept once."""
    data = content.to_json()
    for kept in waiting(article, by):
        if kept.data == data:
            kept.based_on, kept.at = based_on, now
            kept.save(update_fields=["based_on", "at"])
            return kept
    return KeptText.objects.create(
        article=article, by=by, at=now, why=why, based_on=based_on, title=content.title, data=data
    )


def waiting(article: Article, by: User) -> QuerySet[KeptText]:
    """Returns what is kept of ``by`` and was not seen to yet."""
    return article.kept_texts.filter(by=by, settled_at=None)


def settle(kept: KeptText, now: datetime) -> None:
    """Notes that the text was brought together with the newest revision, or is of no use."""
    kept.settled_at = now
    kept.save(update_fields=["settled_at"])


def text_before(article: Article, number: int) -> Content:
    """Returns what an editor had before them who began with revision ``number``.

    An autosave that was written over since is not there any more: then the one before it counts, and so at worst
    more is asked than need be.
    """
    before = article.revisions.filter(number__lte=number).newest()
    return before.content if before else Content(language=article.language)

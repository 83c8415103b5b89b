"""What happened to an article beside its revisions: editing taken over, texts kept, checks overridden."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.desk import name_of
from articles.models import Article

MOST = 50
"""Of each kind; what is older is kept, and not shown here."""


@dataclass(frozen=True)
class Happening:
    at: datetime
    who: User
    told: str
    more: str = ""
    address: str = ""


def happened(article: Article) -> list[Happening]:
    """Returns what happened, the latest first; in three queries."""
    found = [*_taken_over(article), *_kept(article), *_overridden(article)]
    return sorted(found, key=lambda each: each.at, reverse=True)


def _taken_over(article: Article) -> Iterator[Happening]:
    for one in article.take_overs.select_related("by", "taken_from")[:MOST]:
        yield Happening(one.at, one.by, _("Took over the editing from %(who)s") % {"who": name_of(one.taken_from)})


def _kept(article: Article) -> Iterator[Happening]:
    for kept in article.kept_texts.select_related("by").defer("data")[:MOST]:
        address = reverse("admin:articles_article_kept", args=[article.pk, kept.pk])
        yield Happening(kept.at, kept.by, _("Kept text"), kept.get_why_display(), address)


def _overridden(article: Article) -> Iterator[Happening]:
    for one in article.check_overrides.select_related("by")[:MOST]:
        against = " ".join(message for _rule, message in one.findings)
        told = _("Published revision %(number)d in spite of the checks: %(reason)s")
        yield Happening(one.at, one.by, told % {"number": one.revision, "reason": one.reason}, against)

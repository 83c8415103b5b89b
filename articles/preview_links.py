"""Links for outsiders, such as a lawyer or the person who was interviewed: made, found, revoked.

A token is 192 random bits and is shown once; what is stored is its SHA-256. A dump of the database opens nothing, and a
look-up by the hash tells nobody how much of a guess was right.
"""

import re
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from articles.models import Article, PreviewLink, Revision

TERMS = {
    "1h": (timedelta(hours=1), _("1 hour")),
    "1d": (timedelta(days=1), _("1 day")),
    "3d": (timedelta(days=3), _("3 days")),
    "7d": (timedelta(days=7), _("7 days")),
}
USUAL_TERM = "1d"
MOST_OPEN = 50
"""So many links of one article may be open at a time."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


class TooMany(Exception):
    """There are as many open links to this article as may be."""


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@transaction.atomic
def make(
    article: Article, revision: Revision, *, by: User, term: timedelta, for_whom: str, now: datetime
) -> tuple[PreviewLink, str]:
    """Makes a link to ``revision``; returns it and its token, which is kept nowhere.

    An autosave would be written over: it becomes a save, so that the link goes on showing what it was made for.
    """
    Article.objects.select_for_update().get(pk=article.pk)
    if article.preview_links.open(now).count() >= MOST_OPEN:
        raise TooMany
    if revision.is_autosave:
        Revision.objects.filter(pk=revision.pk).update(kind=Revision.Kind.SAVE)
    token = token_urlsafe(24)
    told = {"for_whom": for_whom, "created_by": by, "created_at": now, "expires_at": now + term}
    return PreviewLink.objects.create(article=article, revision=revision, token_hash=_hash(token), **told), token


def find(token: str) -> PreviewLink | None:
    """Returns the link of ``token``, open or not."""
    if not _TOKEN.fullmatch(token):
        return None
    return PreviewLink.objects.select_related("article__newest", "revision").filter(token_hash=_hash(token)).first()


def revoke(link: PreviewLink, *, by: User, now: datetime) -> None:
    """Closes a link for good. One that is closed stays as it is."""
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now, revoked_by=by)


def note_opened(link: PreviewLink, now: datetime) -> None:
    PreviewLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1, last_opened_at=now)

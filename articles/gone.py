"""Stories that readers saw and see no more: what the page says that answers 410, and where it leads instead."""

from dataclasses import dataclass
from datetime import datetime

from articles.models import Article, State
from lib import pagecache

PARTING = ("gone_note", "gone_shows_title", "replaced_by")
NOT_FOR_SEARCH = {"X-Robots-Tag": "noindex"}
MAY_CHANGE = {"Cache-Control": "no-cache"}
"""Otherwise a browser would follow a 301 for ever, even if the story comes back."""
CHAIN = ("replaced_by", "replaced_by__replaced_by", "replaced_by__replaced_by__replaced_by")
"""How far stories are followed that replace each other, in one query."""


@dataclass(frozen=True)
class Parting:
    """What readers find at the address of a story that is gone."""

    note: str = ""
    """Why it is gone; without it the page has words of its own."""
    shows_title: bool = False
    replaced_by: Article | None = None

    def write_to(self, article: Article) -> None:
        """Sets it on ``article``, still to be saved."""
        article.gone_note, article.gone_shows_title = self.note, self.shows_title
        article.replaced_by = self.replaced_by


UNSAID = Parting()


def is_gone(article: Article, now: datetime) -> bool:
    """Tells whether readers once saw ``article`` and now find that it is gone."""
    was_public = article.first_published_at is not None and article.first_published_at <= now
    return was_public and not article.in_bin and (article.state == State.WITHDRAWN or article.has_gone_off(now))


def gone(key: int, now: datetime) -> Article | None:
    """Returns the article of this key if it is gone; None for what is there, is not yet or never was."""
    rows = Article.objects.select_related(*CHAIN).defer("body", *(f"{each}__body" for each in CHAIN))
    found = rows.filter(pk=key).first()
    return found if found and is_gone(found, now) else None


def successor(article: Article, now: datetime) -> Article | None:
    """Returns the story that readers see instead of a gone one, and tells the page cache what that hangs on."""
    for _step in CHAIN:
        if article.replaced_by is None:
            return None
        article = article.replaced_by
        pagecache.tag(f"article:{article.pk}")
        pagecache.expires(article.publish_at)
        if article.is_live(now):
            return article
    return None

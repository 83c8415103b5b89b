"""The command line of the desk: stories, screens and settings by a few letters of their names."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles import rights
from articles.desk import lines
from articles.models import Article
from articles.selecting import found_by_words
from portal.models import SiteSettings

MOST_STORIES, MOST_OTHERS = 8, 6
LONGEST = 200


@dataclass(frozen=True)
class Found:
    """Something that the command line leads to."""

    label: str
    hint: str
    address: str

    def told(self) -> dict[str, str]:
        return asdict(self)


def find(text: str, user: User, menu: Iterable[Any], now: datetime) -> list[Found]:
    """Returns what ``user`` may mean by ``text``: screens of their ``menu``, settings, then stories."""
    words = text.replace("\0", "").strip()[:LONGEST].casefold().split()
    others = [each for each in (*_acts(user), *_screens(menu), *_settings(user)) if _has(each.label, words)]
    return [*others[:MOST_OTHERS], *(_stories(" ".join(words), user, now) if words else ())]


def _has(label: str, words: list[str]) -> bool:
    name = label.casefold()
    return all(word in name for word in words)


def _acts(user: User) -> Iterator[Found]:
    yield Found(_("Today"), _("screen"), reverse("admin:index"))
    if user.has_perm(rights.ADD):
        yield Found(_("Write an article"), _("act"), reverse("admin:articles_article_add"))
    if user.has_perm(rights.WRITE):
        yield Found(_("Bulk changes"), _("screen"), reverse("admin:articles_article_bulk"))


def _screens(menu: Iterable[Any]) -> Iterator[Found]:
    for group in menu:
        for item in group.items:
            label = str(group.label) if len(group.items) == 1 else str(capfirst(item.label))
            yield Found(label, _("screen"), item.address)


def _settings(user: User) -> Iterator[Found]:
    if not user.has_perm("portal.change_sitesettings"):
        return
    address = reverse("admin:portal_sitesettings_changelist")
    for each in SiteSettings._meta.get_fields():
        if getattr(each, "editable", False) and not getattr(each, "primary_key", True):
            yield Found(
                str(capfirst(getattr(each, "verbose_name", each.name))), _("setting"), f"{address}#id_{each.name}"
            )


def _stories(text: str, user: User, now: datetime) -> Iterator[Found]:
    if not rights.may_view(user):
        return
    keys = found_by_words(text, now)[:MOST_STORIES]
    found = Article.objects.in_bulk(keys)
    for line in lines([found[key] for key in keys if key in found], now):
        address = reverse("admin:articles_article_change", args=[line.article.pk])
        yield Found(line.title or _("Untitled"), f"{line.badge.label} · № {line.article.pk}", address)

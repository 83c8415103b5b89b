"""What an editor picks out of all articles: the tabs and filters of the desk's list, as an address holds them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles import search
from articles.desk import UNPUBLISHED
from articles.models import (
    Article,
    ArticleTag,
    Author,
    Byline,
    Category,
    Listing,
    Revision,
    SearchEntry,
    State,
    Tag,
    TagName,
)
from articles.models.search import Wanted
from articles.models.tags import key_of
from lib.any_case import any_case
from lib.days import Span
from lib.slugs import latin_slug

TABS: dict[str, str | Promise] = {
    "": _("All"),
    "draft": _("Drafts"),
    "review": _("In review"),
    "ready": _("Ready"),
    "scheduled": _("Scheduled"),
    "live": _("On the site"),
    "ahead": _("Changed since published"),
    "off": _("Past their time"),
    "withdrawn": _("Withdrawn ones"),
    "bin": _("Bin"),
}
STATES = {*TABS, "waiting"}
ORDERS: dict[str, str | Promise] = {
    "-touched": _("lately changed first"),
    "touched": _("long unchanged first"),
    "-published": _("newest publication first"),
    "published": _("next publication first"),
}
OUT = ("scheduled", "live", "off")
"""Tabs whose articles all have a time of publication, by which they can be ordered."""
MOST_FOUND = 2_000
"""A search looks no further than this many of the newest hits, as the site's own search."""
LATELY = timedelta(days=60)
"""How far back the working titles of stories that are published already are searched."""
MOST_IN_NAME = 200
_KEY = re.compile("[1-9][0-9]{0,17}")
_STORY = re.compile(r"^(?:№\s*)?([1-9][0-9]{0,17})$|/news/([1-9][0-9]{0,17})(?:/|$)")


@dataclass(frozen=True)
class Selection:
    """One filter of the list. What makes no sense in an address is left out of it."""

    state: str = ""
    q: str = ""
    category: int | None = None
    author: str = ""
    """A name, as it is suggested while one types."""
    tag: str = ""
    language: str = ""
    mine: bool = False
    since: date | None = None
    until: date | None = None
    """The last day."""
    order: str = ""

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> Self:
        """Reads a selection from the query of an address."""
        given = {name: str(query.get(name, "")).replace("\0", "").strip() for name in NAMES}
        state = "bin" if query.get("bin") == "1" else given["state"]
        return cls(
            state=state if state in STATES else "",
            q=given["q"][: search.Query.most_characters],
            category=_key(given["category"]),
            author=given["author"][:MOST_IN_NAME],
            tag=given["tag"][:MOST_IN_NAME],
            language=given["language"] if given["language"] in dict(settings.LANGUAGES) else "",
            mine=given["mine"] == "1",
            since=_day(given["since"]),
            until=_day(given["until"]),
            order=given["order"] if given["order"] in ORDERS else "",
        )

    @property
    def query(self) -> str:
        """The selection as it stands in an address, without a question mark; empty for all articles."""
        told = {name: getattr(self, name) for name in NAMES}
        return urlencode({name: int(value) if value is True else value for name, value in told.items() if value})

    @property
    def is_narrowed(self) -> bool:
        """Whether more is asked than what a tab shows."""
        return replace(self, state="", order="") != Selection()

    def without(self, *names: str) -> str:
        """Returns the address of the same selection with some of its filters taken away."""
        plain = Selection()
        return replace(self, **{name: getattr(plain, name) for name in names}).query

    def ordered(self, order: str) -> str:
        return replace(self, order=order).query

    @property
    def effective_order(self) -> str:
        """The order that is asked for, or else the one of the tab. Only what is out can be ordered by publication."""
        wanted = self.order or {"scheduled": "published", "live": "-published"}.get(self.state, "-touched")
        return wanted if "published" not in wanted or self.state in OUT else "-touched"

    @property
    def is_out(self) -> bool:
        """Whether it is only about what readers see, or will or did by the clock; drafts need not be asked then."""
        return self.state in OUT

    def articles(self, user: User, now: datetime) -> QuerySet[Article]:
        """Returns what is selected, in its order."""
        found = self._in_state(Article.objects.all(), now)
        for condition in self._conditions(user, now):
            found = found.filter(condition)
        return self.in_order(found)

    def _in_state(self, found: QuerySet[Article], now: datetime) -> QuerySet[Article]:
        # An exclusion leaves the database free to choose another index: nearly everything is outside of the bin.
        in_bin = {"binned_at__isnull": False}
        if self.state == "bin":
            return found.filter(**in_bin)
        published = Q(state=State.PUBLISHED)
        wanted = {
            "waiting": Q(state__in=(State.REVIEW, State.READY)),
            "scheduled": published & Q(publish_at__gt=now),
            "live": published & Q(publish_at__lte=now) & (Q(unpublish_at=None) | Q(unpublish_at__gt=now)),
            "ahead": published & ~Q(newest=F("live_revision")) & Q(touched_at__gt=now - LATELY),
            "off": published & Q(unpublish_at__lte=now),
        } | {state: Q(state=state) for state in ("draft", "review", "ready", "withdrawn")}
        return found.exclude(**in_bin).filter(wanted.get(self.state, Q()))

    def _conditions(self, user: User, now: datetime) -> list[Q]:
        conditions = [self._of_category(), self._of_author(), self._of_tag(), self._of_days()]
        if self.language:
            conditions.append(Q(language=self.language))
        if self.mine:
            signed = Byline.objects.filter(author__user=user.pk)
            conditions.append(Q(created_by=user.pk) | Q(pk__in=signed.values("article")))
        if self.q:
            conditions.append(Q(pk__in=found_by_words(self.q, now)))
        return [each for each in conditions if each]

    def _of_category(self) -> Q:
        if self.category is None:
            return Q()
        paths = dict(Category.objects.values_list("pk", "path"))
        top = f"{paths.get(self.category, '')}/"
        keys = [pk for pk, path in paths.items() if top != "/" and f"{path}/".startswith(top)]
        listed = Q(category__in=keys)
        if self.is_out:
            return listed
        return (listed & ~Q(state__in=UNPUBLISHED)) | Q(state__in=UNPUBLISHED, newest__data__category__in=keys)

    def _of_author(self) -> Q:
        if not self.author:
            return Q()
        named = Q(name_ru=self.author) | Q(name_en=self.author) | Q(slug=self.author)
        keys = set(Author.objects.filter(named).values_list("pk", flat=True))
        told = () if self.is_out else _of_drafts("authors")
        drafts = [pk for pk, said in told if any(each["author"] in keys for each in said)]
        return Q(pk__in=Byline.objects.filter(author__in=keys).values("article")) | Q(pk__in=drafts)

    def _of_tag(self) -> Q:
        if not self.tag:
            return Q()
        key = key_of(self.tag)
        tags = Tag.objects.filter(Q(name=self.tag) | Q(slug=latin_slug(self.tag)) | Q(names__key=key))
        drafts = [] if self.is_out else _drafts_with(key, tags)
        return Q(pk__in=ArticleTag.objects.filter(tag__in=tags).values("content_object")) | Q(pk__in=drafts)

    def _of_days(self) -> Q:
        """By the day of publication; what is not published by the day it was last changed."""
        if not (self.since or self.until):
            return Q()
        try:
            span = Span.of_days(self.since or FIRST_DAY, (self.until or LAST_DAY) + timedelta(days=1))
        except (ValueError, OverflowError):
            return Q(pk__in=[])
        languages = [code for code, _name in settings.LANGUAGES]
        out = Listing.objects.filter(key="all", language__in=languages)
        out = out.filter(publish_at__gte=span.since, publish_at__lt=span.until)
        touched = Q(touched_at__gte=span.since, touched_at__lt=span.until)
        return Q(pk__in=out.values("article")) | (touched & ~Q(state=State.PUBLISHED))

    def in_order(self, found: QuerySet[Article]) -> QuerySet[Article]:
        """Returns ``found`` in the order of the selection; what is not out is left out of an order by publication."""
        order = self.effective_order
        sign = "-" if order.startswith("-") else ""
        if "published" in order:
            languages = [self.language] if self.language else [code for code, _name in settings.LANGUAGES]
            listed = Q(listings__key="all", listings__language__in=languages)
            return found.filter(listed).order_by(f"{sign}listings__publish_at", f"{sign}pk")
        return found.order_by(f"{sign}touched_at", f"{sign}pk")


NAMES = tuple(each.name for each in fields(Selection))
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 1, 1)


def _key(text: str) -> int | None:
    return int(text) if _KEY.fullmatch(text) else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _of_drafts(field: str) -> Any:
    """Returns the keys of what is not published, and what their newest revisions say in ``field``.

    Read here: SQLite cannot search within a JSON list.
    """
    drafts = Article.objects.filter(state__in=UNPUBLISHED, newest__isnull=False)
    return [(pk, said or []) for pk, said in drafts.values_list("pk", f"newest__data__{field}")]


def _drafts_with(key: str, tags: QuerySet[Tag]) -> list[int]:
    """Returns the keys of what is not published and names one of ``tags``, in whatever way it was called before."""
    names = {key, *TagName.objects.filter(tag__in=tags).values_list("key", flat=True)}
    return [pk for pk, said in _of_drafts("tags") if not names.isdisjoint(map(key_of, said))]


def found_by_words(text: str, now: datetime) -> list[int]:
    """Returns the keys of what an editor may look for with ``text``: a number or an address, words of titles, of texts.

    Published stories are found as readers find them, in any part; the rest by the titles that editors gave them.
    """
    found = [int(key) for match in [_STORY.search(text)] if match for key in match.groups() if key]
    words = text.split()[:10]
    worked_on = Q(article__touched_at__gt=now - LATELY) | ~Q(article__state=State.PUBLISHED)
    titled = Revision.objects.filter(worked_on, *(any_case("title", word) for word in words))
    found += titled.order_by("-article").values_list("article", flat=True)[:MOST_FOUND]
    if phrases := search.Query(text).phrases:
        found += [match.article for match in SearchEntry.objects.newest(Wanted(phrases=phrases), now=now)]
    return list(dict.fromkeys(found))[:MOST_FOUND]

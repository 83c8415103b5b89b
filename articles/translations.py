"""An article in other languages: what readers are offered, and how editors link, part and start translations.

A link belongs to the articles and not to a revision: it is about two of them, holds at once, and is no part of a text
(docs/decisions/).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import product
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from articles import publishing
from articles.content import Content
from articles.models import Article, Revision
from lib import pagecache


class Refused(Exception):
    """Articles cannot be linked; the message tells the editor why."""


def translations(article: Article, now: datetime) -> list[Article]:
    """Returns the article in other languages, as far as readers see it, and tells the page cache of it."""
    pagecache.tag(f"translations:{article.translation_group}")
    others = Article.objects.in_lists().for_cards().filter(translation_group=article.translation_group)
    found = [each for each in others if each.pk != article.pk]
    for each in found:
        pagecache.expires(each.publish_at if each.is_scheduled(now) else each.unpublish_at)
    return [each for each in found if each.is_live(now)]


def linked(article: Article) -> list[Article]:
    """Returns the article in other languages, whether readers see it or not; what is in the bin left out."""
    group = Article.objects.filter(translation_group=article.translation_group, binned_at=None)
    return list(group.exclude(pk=article.pk).defer("body").order_by("language"))


@transaction.atomic
def link(article: Article, other: Article) -> None:
    """Makes two articles translations of each other. Raises Refused, with the reason, where they cannot be."""
    group = _locked([article.pk, other.pk])
    if len(group) < 2 or any(each.in_bin for each in group):
        raise Refused(_("One of the two is in the bin, or it is one and the same."))
    if group[0].language == group[1].language:
        raise Refused(_("Both are in one language: %(language)s.") % {"language": group[0].get_language_display()})
    ours, theirs = ([each, *linked(each)] for each in group)
    for one, other in product(ours, theirs):
        if one.language == other.language and one.pk != other.pk:
            pair = one if one.pk not in {each.pk for each in group} else other
            raise Refused(_("One of them has a translation already: «%(title)s». Unlink it first.") % {"title": pair})
    _move(theirs, ours[0].translation_group)


def _locked(keys: list[int]) -> list[Article]:
    return list(Article.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _move(articles: Iterable[Article], group: UUID) -> None:
    """Brings articles into a group, which those in the bin make room for."""
    for binned in Article.objects.filter(translation_group=group, binned_at__isnull=False):
        unlink(binned)
    try:
        with transaction.atomic():
            for article in articles:
                article.translation_group = group
                article.save(update_fields=["translation_group"])
    except IntegrityError as error:
        raise Refused(_("Somebody else has just linked one of them. Look again.")) from error


@transaction.atomic
def unlink(article: Article) -> None:
    """Takes an article out of its group of translations."""
    article.translation_group = uuid4()
    article.save(update_fields=["translation_group"])


@transaction.atomic
def start(article: Article, language: str, *, by: User | None, now: datetime | None = None) -> Article:
    """Makes a draft in ``language`` with the text of ``article``, linked to it. Raises Refused where there is one."""
    newest = article.revisions.newest()
    if newest is None or article.in_bin:
        raise Refused(_("There is nothing to translate."))
    if language in {each.language for each in (article, *linked(article))}:
        raise Refused(_("There is one in this language already."))
    draft = publishing.start(to_translate(newest.content, language), by=by, now=now)
    _move([draft], article.translation_group)
    return draft


def to_translate(content: Content, language: str) -> Content:
    """Returns what a translator begins with: the text and what belongs to it in any language.

    Tags, words for search engines and related stories are of one language, and would be forgotten in it.
    """
    own = Content()
    dropped = ("tags", "related", "seo_title", "seo_description", "canonical_url", "internal_note")
    planned = ("publish_at", "unpublish_at", "update_note")
    return replace(content, language=language, **{name: getattr(own, name) for name in (*dropped, *planned)})


def saved_of_original() -> Subquery:
    """Returns for a query over articles when the original of each was saved: the first of its group, or itself."""
    group = Article.objects.filter(translation_group=OuterRef("translation_group"), newest__isnull=False)
    return Subquery(group.filter(Q(binned_at=None) | Q(pk=OuterRef("pk"))).order_by("pk").values("newest__at")[:1])


def lagging(articles: Iterable[Article]) -> set[int]:
    """Returns the keys of those articles whose original was saved after them, in one query.

    The original of a group is the article that was made first.
    """
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number").values("at")[:1]
    groups = {article.translation_group for article in articles}
    members = Article.objects.filter(translation_group__in=groups, binned_at=None).order_by("pk")
    found: dict[UUID, datetime] = {}
    lag = set()
    for pk, group, saved_at in members.annotate(saved=Subquery(newest)).values_list("pk", "translation_group", "saved"):
        original = found.setdefault(group, saved_at)
        if saved_at and original and saved_at < original:
            lag.add(pk)
    return lag

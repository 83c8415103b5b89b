"""Where pictures and files are used."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models.revision import Revision
from articles.signals import uses_asked

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.media import Media

INNER_QUOTES = str.maketrans("«»", "„“")
"""Quotation marks of a title that stands in quotation marks itself."""


class MediaUse(models.Model):
    """A picture or file in the newest revision of an article. What readers see stands with the article itself.

    Written by ``articles.media_uses`` with every revision, since neither database finds a number in the JSON of
    100,000 revisions in time.
    """

    media = models.ForeignKey("articles.Media", models.CASCADE, related_name="written_uses")
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="media_uses")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "media"], name="media_use_once")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.media_id}"


@dataclass(frozen=True)
class Use:
    """A place where a picture or file stands; in words, and if there are pages for it, with their addresses."""

    words: str
    desk: str = ""
    """Where it can be changed."""
    page: str = ""
    """Where readers see it."""
    article: "Article | None" = None
    places: tuple[str, ...] = ()
    """Of an article, in words: above its text, within it, only in what is not published."""

    def __str__(self) -> str:
        return self.words


def desk_address(found: models.Model) -> str:
    """Returns the address of the form of ``found`` on the desk."""
    return reverse(f"admin:{found._meta.app_label}_{found._meta.model_name}_change", args=[found.pk])


def uses_of(media: "Media") -> list[Use]:
    """Returns where ``media`` is used, articles first, in their order."""
    uses = [_in_article(*each) for each in _articles(media)]
    relations: list[Any] = [media._meta.get_field(name) for name in ("authors", "categories")]
    holders = [each for to in relations for each in to.related_model.objects.filter(**{to.field.name: media})]
    uses += [Use(str(each), desk_address(each)) for each in holders]
    asked: list[tuple[Any, Any]] = uses_asked.send(type(media), media=media)
    return uses + [use for _listener, found in asked for use in found or ()]


def _articles(media: "Media") -> list[tuple["Article", str, tuple[str, ...]]]:
    every: Any = MediaUse._meta.get_field("article").related_model
    heroes, within, written = (
        {each.pk: each for each in every.objects.filter(binned_at=None, **{shown: media}).defer("body")}
        for shown in ("hero", "body_media", "media_uses__media")
    )
    titles = dict(
        Revision.objects.working_copies().filter(article__in=set(written) - set(heroes) - set(within))
        .values_list("article", "title")
    )  # fmt: skip
    found = []
    for key, article in sorted((written | within | heroes).items()):
        named = [(heroes, _("main picture")), (within, _("in the text"))]
        places = tuple(place for holders, place in named if key in holders)
        found.append((article, titles.get(key) or str(article), places or (_("only in the working copy"),)))
    return found


def _in_article(article: "Article", title: str, places: tuple[str, ...]) -> Use:
    page = article.get_absolute_url() if article.is_live(timezone.now()) else ""
    return Use(f"«{title.translate(INNER_QUOTES)}»", desk_address(article), page, article, places)

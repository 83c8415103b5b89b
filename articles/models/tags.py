"""Tags, and the names under which each is known."""

from collections.abc import Iterable
from typing import Any
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from lib.languages import PerLanguage
from lib.pagecache.models import OnPages
from lib.slugs import latin_slug


class Tag(TagBase, OnPages):
    stamped_by_relations = False  # the lists of a tag have tags of their own

    description_ru = models.TextField(_("description in Russian"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)

    description = PerLanguage(borrowed=False)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the names by which it was known before: revisions of stories still call it so."""
        super().save(*args, **kwargs)  # type: ignore[no-untyped-call]  # of taggit
        TagName.objects.get_or_create(key=key_of(self.name), defaults={"tag": self})

    def get_absolute_url(self) -> str:
        return reverse("articles:tag", args=[self.slug])

    def cache_tags(self) -> set[str]:
        return {f"tag:{self.pk}", "tags"}

    def clean(self) -> None:
        other = TagName.objects.filter(key=key_of(self.name)).exclude(tag=self.pk).select_related("tag").first()
        if other is not None:
            message = _("«%(name)s» is a name of the tag «%(tag)s». Take it from there first, or merge the two.")
            raise ValidationError({"name": message % {"name": self.name, "tag": other.tag}})

    def slugify(self, tag: str, i: int | None = None) -> str:
        stem = latin_slug(tag) or "tag"
        return f"{stem}-{i}" if i else stem


class TagName(models.Model):
    """A name of a tag: its own, one that it had before, or that of a tag which was merged into it."""

    key = models.CharField(max_length=120, unique=True, editable=False)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="names")

    class Meta:
        verbose_name = _("name of a tag")
        verbose_name_plural = _("names of tags")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class ArticleTag(ItemBase):
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="uses")
    content_object = models.ForeignKey("articles.Article", models.CASCADE)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="tag_once")]


def key_of(name: str) -> str:
    """Returns what all ways of writing a tag's name have in common: capitals, ё and spaces make no other tag."""
    return " ".join(normalize("NFC", name).casefold().replace("ё", "е").split())[:120]


def present_names(names: Iterable[str]) -> dict[str, str]:
    """Returns what the tag of each name is called now; of new ones the first way of writing counts. One query."""
    keys = {name: key_of(name) for name in names}
    tags = dict(TagName.objects.filter(key__in=keys.values()).values_list("key", "tag__name"))
    return {name: tags.setdefault(key, name) for name, key in keys.items()}


def as_called_now(names: Iterable[str]) -> list[str]:
    """Returns ``names`` as their tags are called now, each once and in order."""
    return list(dict.fromkeys(present_names(names).values()))

"""Categories: a tree, addressed by the path of its slugs."""

from datetime import datetime
from functools import partial
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.listing import Listing, list_tag
from articles.models.people import free_slug
from articles.models.revision import Revision
from articles.signals import category_moved
from lib.bin import Binnable
from lib.languages import PerLanguage
from lib.pagecache import stamp
from lib.pagecache.models import OnPages
from lib.slugs import latin_slug

MAX_PATH = 700
RESERVED = {"feed", "page"}
"""What the address of a list ends with for its feed and its further pages."""


def steps_above(path: str) -> list[str]:
    """Returns the paths of the categories above the one at ``path``, the root first."""
    steps = path.split("/")
    return ["/".join(steps[:depth]) for depth in range(1, len(steps))]


class CategoryQuerySet(models.QuerySet["Category"]):
    def shown(self) -> Self:
        """Categories that readers can open."""
        return self.filter(binned_at=None)


class Category(Binnable, OnPages):
    stamped_by_relations = False  # an article that joins it appears in its list, which has a tag of its own

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent category"),
    )
    slug = models.SlugField(
        _("address"),
        max_length=100,
        blank=True,
        help_text=_("Part of the address. Empty: made from the name."),
    )
    path = models.CharField(max_length=MAX_PATH, unique=True, editable=False)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    description_ru = models.TextField(_("description in Russian"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Lower stands first."))
    picture = models.ForeignKey(
        "articles.Media",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="categories",
        verbose_name=_("picture"),
        help_text=_("Stands above the stories of the category."),
    )
    four_eyes = models.BooleanField(
        _("two people publish"),
        default=False,
        help_text=_("Nobody publishes here what only they have written and nobody else approved. Holds below it, too."),
    )

    name = PerLanguage()
    description = PerLanguage(borrowed=False)
    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["order", "path"]

    def __str__(self) -> str:
        return self.name or self.path

    def get_absolute_url(self) -> str:
        return reverse("articles:category", args=[self.path])

    def cache_tags(self) -> set[str]:
        return {"categories", f"category:{self.pk}"}

    def clean(self) -> None:
        if not (self.name_ru or self.name_en):
            raise ValidationError(_("Give the category a name in at least one language."))
        self.slug = self.slug or self._slug_of_name()
        if self.parent is not None and self.pk in [self.parent_id, *(a.pk for a in self.parent.ancestors())]:
            raise ValidationError({"parent": _("A category cannot stand below itself.")})
        self._check_address()

    def _check_address(self) -> None:
        path = self._own_path()
        if Category.objects.filter(path=path).exclude(pk=self.pk).exists():
            raise ValidationError({"slug": _("Another category already has this address.")})
        if self.parent is not None and self.slug in RESERVED:
            raise ValidationError({"slug": _("This address belongs to the parent category itself.")})
        deepest = max((len(below.path) for below in self.descendants()), default=len(self.path))
        if len(path) + deepest - len(self.path) > MAX_PATH:
            raise ValidationError({"slug": _("With the categories above and below it this address is too long.")})

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or self._slug_of_name()
        old_path = Category.objects.filter(pk=self.pk).values_list("path", flat=True).first() if self.pk else None
        self.path = self._own_path()
        super().save(*args, **kwargs)
        if old_path is not None and old_path != self.path:
            self._has_moved(old_path)

    def _has_moved(self, old_path: str) -> None:
        """Takes along what stands below, and brings the lists of those above, old and new, into line."""
        moved = {old_path: self}
        for below in Category.objects.filter(path__startswith=f"{old_path}/"):
            moved[below.path] = below
            below.path = self.path + below.path.removeprefix(old_path)
            Category.objects.filter(pk=below.pk).update(path=below.path)
            stamp(*below.cache_tags())
        above = Category.objects.filter(path__in={*steps_above(old_path), *steps_above(self.path)})
        for ancestor in sorted(above, key=lambda each: -len(each.path)):
            ancestor.relist()
        for was, category in moved.items():
            transaction.on_commit(partial(category_moved.send, Category, old_path=was, category=category))

    def relist(self) -> None:
        """Writes the listing rows of this category anew, from its own articles and the lists right below it."""
        columns = ("article", "language", "publish_at", "unpublish_at")
        below = [f"category:{child.pk}" for child in self.children.all()]
        rows = set(Listing.objects.filter(key__in=below).values_list(*columns))
        for own in (self.main_articles, self.further_articles):
            rows |= set(own.in_lists().values_list("pk", *columns[1:]))
        key = f"category:{self.pk}"
        Listing.objects.filter(key=key).delete()
        Listing.objects.bulk_create(
            [
                Listing(key=key, article_id=pk, language=language, publish_at=publish_at, unpublish_at=unpublish_at)
                for pk, language, publish_at, unpublish_at in rows
            ],
            batch_size=1000,
        )
        stamp(*(list_tag(key, language) for language, _name in settings.LANGUAGES))

    def _slug_of_name(self) -> str:
        return latin_slug(self.name_ru or self.name_en) or free_slug(Category, "", self.pk)

    def _own_path(self) -> str:
        return f"{self.parent.path}/{self.slug}" if self.parent else self.slug

    def ancestors(self) -> list["Category"]:
        """Returns the categories above this one, the root first."""
        if self.parent_id is None:
            return []
        return sorted(Category.objects.filter(path__in=steps_above(self.path)), key=lambda each: len(each.path))

    def neighbours(self) -> tuple[list["Category"], list["Category"]]:
        """Returns the categories above (the root first) and right below this one, in one query."""
        above = steps_above(self.path)
        around = Category.objects.shown().filter(Q(path__in=above) | Q(parent=self))
        found = sorted(around, key=lambda each: len(each.path))
        return [each for each in found if each.path in above], [each for each in around if each.path not in above]

    def descendants(self) -> CategoryQuerySet:
        return Category.objects.filter(path__startswith=f"{self.path}/")

    def uses(self) -> list[str]:
        uses = []
        articles = set(self.main_articles.filter(binned_at=None).values_list("pk", flat=True))
        copies = Revision.objects.working_copies().filter(data__category=self.pk)
        if articles := articles.union(copies.values_list("article", flat=True)):
            uses.append(_("%d articles stand in it") % len(articles))
        if children := self.children.filter(binned_at=None).count():
            uses.append(_("%d categories stand below it") % children)
        return uses


class CategoryPinQuerySet(models.QuerySet["CategoryPin"]):
    def holding(self, now: datetime) -> Self:
        """Pins whose time is not over."""
        return self.filter(Q(until=None) | Q(until__gt=now))


class CategoryPin(OnPages):
    """A story held on top of the page of a category, until a time if one is given."""

    MOST = 3
    """How many stories of one language are shown on top."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="pins", verbose_name=_("category"))
    article = models.ForeignKey(
        "articles.Article", models.CASCADE, related_name="category_pins", verbose_name=_("article")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    until = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until it is taken off."))

    objects = CategoryPinQuerySet.as_manager()

    class Meta:
        verbose_name = _("pinned story")
        verbose_name_plural = _("pinned stories")
        ordering = ["order", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "article"],
                name="pinned_once_in_a_category",
                violation_error_message=_("This story is pinned here already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.article)

    def cache_tags(self) -> set[str]:
        return {pins_tag(self.category_id)}


def pins_tag(category: int) -> str:
    """Returns the page cache's name for what is pinned in a category."""
    return f"category-pins:{category}"

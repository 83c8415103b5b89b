"""Who writes and where the news comes from. An author is a name on a page, not a login."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.listing import Listing
from articles.models.revision import Revision
from lib.bin import Binnable
from lib.languages import PerLanguage
from lib.pagecache.models import OnPages
from lib.slugs import latin_slug

is_address = URLValidator(schemes=["http", "https"])


def free_slug(model: type[models.Model], name: str, pk: int | None) -> str:
    """Returns a slug for ``name`` that no other row of ``model`` has."""
    stem = latin_slug(name) or model.__name__.lower()
    taken = set(model._default_manager.filter(slug__startswith=stem).exclude(pk=pk).values_list("slug", flat=True))
    number = 1
    slug = stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def each_line_is_an_address(text: str) -> None:
    """Raises ValidationError for what is no web address."""
    for line in text.split():
        try:
            is_address(line)
        except ValidationError as error:
            raise ValidationError(_("This is no web address: %(line)s"), params={"line": line[:100]}) from error


class AuthorQuerySet(models.QuerySet["Author"]):
    def working(self) -> Self:
        """Authors of the newsroom as it is now."""
        return self.filter(is_active=True, binned_at=None)

    def known(self, now: datetime) -> Self:
        """Authors of whom readers know: by a story that they may read, or by what the newsroom says of them.

        A name that stands only in stories which nobody may read says too much about these.
        """
        key = Concat(Value("author:"), Cast(OuterRef("pk"), CharField()))
        told = ~Q(role_ru="", role_en="", bio_ru="", bio_en="", email="", links="", photo=None)
        live = Listing.objects.filter(key=key, publish_at__lte=now).exclude(unpublish_at__lte=now)
        return self.filter(told | Exists(live), binned_at=None)


class Author(Binnable, OnPages):
    slug = models.SlugField(
        _("address"), max_length=100, unique=True, blank=True, help_text=_("Empty: made from the name.")
    )
    name_ru = models.CharField(pgettext_lazy("of a person", "name in Russian"), max_length=200, blank=True)
    name_en = models.CharField(pgettext_lazy("of a person", "name in English"), max_length=200, blank=True)
    role_ru = models.CharField(_("role in Russian"), max_length=200, blank=True, help_text=_("Correspondent, editor…"))
    role_en = models.CharField(_("role in English"), max_length=200, blank=True)
    bio_ru = models.TextField(_("about, in Russian"), blank=True)
    bio_en = models.TextField(_("about, in English"), blank=True)
    photo = models.ForeignKey(
        "articles.Media",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="authors",
        verbose_name=_("photo"),
    )
    email = models.EmailField(_("address for readers"), blank=True)
    links = models.TextField(
        _("pages elsewhere"),
        blank=True,
        validators=[each_line_is_an_address],
        help_text=_("Channels, blogs, social networks; an address with https:// on each line."),
    )
    is_active = models.BooleanField(_("works here"), default=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        verbose_name=_("login"),
        help_text=_("Whose desk shows these stories as «mine»."),
    )

    name = PerLanguage()
    role = PerLanguage()
    bio = PerLanguage(borrowed=False)
    objects = AuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name_ru", "name_en"]

    def __str__(self) -> str:
        return self.name or self.slug

    def get_absolute_url(self) -> str:
        return reverse("articles:author", args=[self.slug])

    def cache_tags(self) -> set[str]:
        return {f"author:{self.pk}", "authors"}

    @property
    def addresses(self) -> list[str]:
        """Pages of the same person elsewhere."""
        return self.links.split()

    def clean(self) -> None:
        if not (self.name_ru.strip() or self.name_en.strip()):
            raise ValidationError(_("Give the author a name in at least one language."))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or free_slug(Author, self.name_ru or self.name_en, self.pk)
        super().save(*args, **kwargs)

    def uses(self) -> list[str]:
        articles = set(self.bylines.filter(article__binned_at=None).values_list("article", flat=True))
        articles |= Revision.objects.working_copies().articles_with("authors", "author", self.pk)
        return [_("signs %d articles") % len(articles)] if articles else []


class Source(Binnable, OnPages):
    class Kind(models.TextChoices):
        AGENCY = "agency", _("news agency")
        CHANNEL = "channel", _("channel in a messenger")
        RELEASE = "release", _("press release")
        OFFICIAL = "official", _("authority, court")
        OTHER = "other", _("other")

    slug = models.SlugField(_("address"), max_length=100, unique=True, blank=True)
    name = models.CharField(pgettext_lazy("of a source", "name"), max_length=300)
    url = models.URLField(_("site"), max_length=1000, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.OTHER)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:source", args=[self.slug])

    def cache_tags(self) -> set[str]:
        return {f"source:{self.pk}"}

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or free_slug(Source, self.name, self.pk)
        super().save(*args, **kwargs)

    def uses(self) -> list[str]:
        articles = set(self.citations.filter(article__binned_at=None).values_list("article", flat=True))
        articles |= Revision.objects.working_copies().articles_with("sources", "source", self.pk)
        return [_("named in %d articles") % len(articles)] if articles else []

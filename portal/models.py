"""What belongs to the site as a whole: its settings, menus, static pages and redirects.

The front page and the ticker have models of their own in ``portal/front.py``.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from articles.models import Category, Media, Tag
from lib.addresses import can_be_followed
from lib.bin import Binnable
from lib.colours import contrast
from lib.languages import PerLanguage
from lib.pagecache.models import OnPages
from portal.front import FrontZone, Pin, TickerItem
from portal.paths import is_free
from portal.wordpress.models import Imported

__all__ = ["FrontZone", "Imported", "Menu", "MenuItem", "Page", "Pin", "Redirect", "SiteSettings", "TickerItem"]

COLOUR = r"^#[0-9a-f]{6}$"
colour = RegexValidator(COLOUR, _("A colour looks like #a8121c."))
LIGHT_PAPER, DARK_PAPER = "#ffffff", "#121316"
MIN_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3


class SiteSettings(OnPages):
    """The one row of settings that editors may change themselves."""

    name_ru = models.CharField(_("name in Russian"), max_length=100, default="Новости")
    name_en = models.CharField(_("name in English"), max_length=100, default="The News")
    tagline_ru = models.CharField(_("tagline in Russian"), max_length=200, blank=True)
    tagline_en = models.CharField(_("tagline in English"), max_length=200, blank=True)
    description_ru = models.TextField(_("description in Russian"), blank=True, help_text=_("For search engines."))
    description_en = models.TextField(_("description in English"), blank=True, help_text=_("For search engines."))
    imprint_ru = models.TextField(
        _("imprint in Russian"), blank=True, help_text=_("Below every page: publisher, editor, address.")
    )
    imprint_en = models.TextField(
        _("imprint in English"), blank=True, help_text=_("Below every page: publisher, editor, address.")
    )
    logo = models.ForeignKey(Media, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("logo"))
    brand = models.CharField(_("brand colour"), max_length=7, default="#a8121c", validators=[colour])
    brand_dark = models.CharField(_("brand colour on dark"), max_length=7, default="#ff7a72", validators=[colour])
    age_mark = models.CharField(_("age mark"), max_length=3, default="12+", blank=True)
    email = models.EmailField(_("address of the newsroom"), blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)

    name = PerLanguage()
    tagline = PerLanguage()
    description = PerLanguage()
    imprint = PerLanguage()

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [models.CheckConstraint(name="only_one_site_settings", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return str(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

    def clean(self) -> None:
        for name, paper in (("brand", LIGHT_PAPER), ("brand_dark", DARK_PAPER)):
            written = getattr(self, name)
            # What is no colour at all has an error already: the fields are checked first.
            if re.match(COLOUR, written) and (found := contrast(written, paper)) < MIN_CONTRAST:
                message = _("Too pale to be read: contrast %(found).1f, needed %(needed).1f.")
                raise ValidationError({name: message % {"found": found, "needed": MIN_CONTRAST}})

    def cache_tags(self) -> set[str]:
        return {"site"}

    @classmethod
    def current(cls) -> "SiteSettings":
        return cls.objects.select_related("logo").filter(pk=1).first() or cls(pk=1)


class Menu(OnPages):
    class Place(models.TextChoices):
        MAIN = "main", _("main menu")
        TOP = "top", _("top line")
        FOOTER = "footer", _("footer")

    place = models.CharField(_("place"), max_length=10, choices=Place.choices)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)

    class Meta:
        verbose_name = _("menu")
        verbose_name_plural = _("menus")
        constraints = [models.UniqueConstraint(fields=["place", "language"], name="one_menu_a_place")]

    def __str__(self) -> str:
        return f"{self.get_place_display()} ({self.language})"

    def cache_tags(self) -> set[str]:
        return {"site"}


class MenuItem(OnPages):
    menu = models.ForeignKey(Menu, models.CASCADE, related_name="items", verbose_name=_("menu"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("below")
    )
    label = models.CharField(
        _("label"), max_length=100, blank=True, help_text=_("Empty: the name of what it leads to.")
    )
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, verbose_name=_("category"))
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, blank=True, verbose_name=_("tag"))
    page = models.ForeignKey("Page", models.CASCADE, null=True, blank=True, verbose_name=_("page"))
    url = models.CharField(_("other address"), max_length=1000, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("menu item")
        verbose_name_plural = _("menu items")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.label or str(self.target or self.url)

    def cache_tags(self) -> set[str]:
        return {"site"}

    def clean(self) -> None:
        if sum(bool(each) for each in (self.category, self.tag, self.page, self.url)) != 1:
            raise ValidationError(_("Choose one: a category, a tag, a page or another address."))
        if self.parent is not None and self.parent.menu_id != self.menu_id:
            raise ValidationError({"parent": _("This item stands in another menu.")})
        if self._stands_below_itself():
            raise ValidationError({"parent": _("A menu item cannot stand below itself.")})

    def _stands_below_itself(self) -> bool:
        seen, above = {self.pk}, self.parent
        while above is not None and above.pk not in seen:
            seen.add(above.pk)
            above = above.parent
        return above is not None

    @property
    def target(self) -> "Category | Tag | Page | None":
        return self.category or self.tag or self.page

    @property
    def is_shown(self) -> bool:
        """Whether it leads anywhere: not to what is in the bin or not published."""
        if isinstance(self.target, Page):
            return self.target.is_published and not self.target.in_bin
        return not (isinstance(self.target, Category) and self.target.in_bin)

    @property
    def address(self) -> str:
        return self.target.get_absolute_url() if self.target else self.url


class PageQuerySet(models.QuerySet["Page"]):
    def published(self) -> "PageQuerySet":
        """Pages that anyone may read."""
        return self.filter(is_published=True, binned_at=None)


class Page(Binnable, OnPages):
    """A static page, such as «About us», with its address at the root of the site."""

    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    path = models.CharField(
        _("address"),
        max_length=500,
        validators=[RegexValidator(r"^[\w-]+(/[\w-]+)*$", _("Letters, digits and hyphens; a slash between parts."))],
        help_text=_("As in «about» or «about/team»."),
    )
    title = models.CharField(_("title"), max_length=500)
    body = models.TextField(_("text"), blank=True)
    seo_description = models.TextField(_("description for search engines"), blank=True)
    is_published = models.BooleanField(_("published"), default=True)
    modified_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["language", "path"], name="page_address_once")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.path and not is_free(self.path):
            raise ValidationError({"path": _("Something else on the site already answers at this address.")})

    def get_absolute_url(self) -> str:
        with translation.override(self.language):
            return reverse("page", args=[self.path])

    def cache_tags(self) -> set[str]:
        return {f"page:{self.pk}", "pages"}


def uses_of_media(*, media: Media, **signal: Any) -> list[str]:
    """Answers ``uses_asked``: the pages with the picture in their text, and the site whose logo it is."""
    pages = Page.objects.filter(binned_at=None, body__contains=f'data-media="{media.pk}"')
    uses = [f"«{page}»" for page in pages]
    return [*uses, str(_("logo of the site"))] if SiteSettings.objects.filter(logo=media).exists() else uses


MOST_STEPS = 10
"""Redirects in a row that are looked at for one that leads back."""


def old_addresses(path: str, query: str = "") -> list[str]:
    """Returns under which old addresses a visit of ``path`` (decoded) with ``query`` may be known, the best first.

    An old address answers with and without its closing slash, and with a query that nobody knows.
    """
    if "\0" in path:  # no address has one, and PostgreSQL refuses the question
        return []
    bare = path.rstrip("/")
    wanted = [f"{path}?{query}"] if query else []
    return [each[:1000] for each in [*wanted, f"{bare}/", bare] if each != "/"]


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def new_address(self, path: str, query: str = "") -> str | None:
        """Returns where ``path`` (decoded) with ``query`` has moved, or None: never back to where it came from."""
        new = self._step(old_addresses(path, query))
        if new is None or not can_be_followed(new):
            return None
        places = [old_addresses(path, query), *self.trail(new)]
        return None if any(place in places[:number] for number, place in enumerate(places)) else new

    def trail(self, address: str) -> Iterator[list[str]]:
        """Yields the old addresses of every place of this site that somebody comes by who is sent to ``address``."""
        following: str | None = address
        for _step in range(MOST_STEPS):
            local = (following or "").removeprefix(settings.BASE_URL)
            if not local.startswith("/"):
                return
            path, _mark, query = local.partition("#")[0].partition("?")
            place = old_addresses(unquote(path), query)
            yield place
            following = self._step(place)

    def _step(self, wanted: list[str]) -> str | None:
        known = dict(self.filter(old__in=wanted).values_list("old", "new"))
        return next((known[each] for each in wanted if each in known), None)


class Redirect(models.Model):
    """An old address and where its visitors are sent, with status 301."""

    old = models.CharField(
        _("old address"),
        max_length=1000,
        unique=True,
        help_text=_("From the root, such as /2019/05/old-story/ or /?p=12."),
    )
    new = models.CharField(_("new address"), max_length=1000)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["old"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    def clean(self) -> None:
        if not self.old.startswith("/"):
            raise ValidationError({"old": _("Start with a slash.")})
        if not can_be_followed(self.new):
            message = _("Write a path from the root, such as /news/, or a full address with https://.")
            raise ValidationError({"new": message})
        if any(self.old in place for place in Redirect.objects.exclude(pk=self.pk).trail(self.new)):
            raise ValidationError({"new": _("This leads to itself.")})

"""The menus of the site, each of two levels."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.models import Category, Tag
from lib.addresses import can_be_followed
from lib.pagecache.models import OnPages
from portal.models.pages import Page

BESIDE_PAGES = ("#", "mailto:", "tel:")


def may_lead_to(address: str) -> bool:
    """Says whether a menu may lead to ``address``: a page, a part of one, a letter or a call; never a script."""
    return can_be_followed(address) or address.startswith(BESIDE_PAGES)


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
        return f"{capfirst(self.get_place_display())} ({self.get_language_display()})"

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
    page = models.ForeignKey(Page, models.CASCADE, null=True, blank=True, verbose_name=_("page"))
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
        if self.url and not may_lead_to(self.url):
            message = _("Write a path from the root, such as /news/, or a full address with https://.")
            raise ValidationError({"url": message})
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
    def target(self) -> Category | Tag | Page | None:
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

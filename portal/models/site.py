"""The one row of settings that editors may change themselves."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Media
from articles.sharing import usual
from lib.colours import contrast
from lib.languages import PerLanguage
from lib.pagecache.models import OnPages

COLOUR = r"^#[0-9a-f]{6}$"
colour = RegexValidator(COLOUR, _("A colour looks like #a8121c."))
LIGHT = {"#ffffff": _("on the page and under white letters"), "#f5f4f1": _("on a washed box")}
DARK = {"#121316": _("on the page and under black letters"), "#1a1c20": _("on a washed box")}
"""What the brand colour stands on, and what stands on it: --paper, --on-brand and --wash of static/css/tokens.css."""
MIN_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
SQUARE = 1.1
"""A logo whose sides differ by no more than this serves in a browser's tab too."""


ALL_OF_THEM = _("If there are several, all of them.")
BELOW_THE_REST = _("Below every page, after what is filled in here by field.")


class SiteSettings(OnPages):
    """The one row of settings that editors may change themselves."""

    name_ru = models.CharField(_("name in Russian"), max_length=100, default="Новости")
    name_en = models.CharField(_("name in English"), max_length=100, default="The News")
    tagline_ru = models.CharField(_("tagline in Russian"), max_length=200, blank=True)
    tagline_en = models.CharField(_("tagline in English"), max_length=200, blank=True)
    description_ru = models.TextField(_("description in Russian"), blank=True, help_text=_("For search engines."))
    description_en = models.TextField(_("description in English"), blank=True, help_text=_("For search engines."))
    founder_ru = models.CharField(_("founder in Russian"), max_length=300, blank=True, help_text=ALL_OF_THEM)
    founder_en = models.CharField(_("founder in English"), max_length=300, blank=True, help_text=ALL_OF_THEM)
    editor_in_chief_ru = models.CharField(_("editor-in-chief in Russian"), max_length=200, blank=True)
    editor_in_chief_en = models.CharField(_("editor-in-chief in English"), max_length=200, blank=True)
    address_ru = models.CharField(_("postal address in Russian"), max_length=300, blank=True)
    address_en = models.CharField(_("postal address in English"), max_length=300, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=100, blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    registered_by_ru = models.CharField(_("registered by, in Russian"), max_length=300, blank=True)
    registered_by_en = models.CharField(_("registered by, in English"), max_length=300, blank=True)
    imprint_ru = models.TextField(_("more for the imprint, in Russian"), blank=True, help_text=BELOW_THE_REST)
    imprint_en = models.TextField(_("more for the imprint, in English"), blank=True, help_text=BELOW_THE_REST)
    logo = models.ForeignKey(
        Media,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Without one the name is printed in large letters."),
    )
    logo_dark = models.ForeignKey(
        Media,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo on dark"),
        help_text=_("If the logo cannot be seen on a dark page."),
    )
    share = models.JSONField(_("share buttons"), default=usual, blank=True)
    """Names of ``articles.sharing.NETWORKS``, in their order."""
    icon = models.ForeignKey(
        Media,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("icon"),
        help_text=_("A square picture for the tab of a browser. Without one: a square logo, or the first letter."),
    )
    brand = models.CharField(_("brand colour"), max_length=7, default="#a8121c", validators=[colour])
    brand_dark = models.CharField(_("brand colour on dark"), max_length=7, default="#ff7a72", validators=[colour])
    age_mark = models.CharField(
        _("age mark"), max_length=3, choices=Article.AgeMark.choices, default=Article.AgeMark.TWELVE, blank=True
    )
    email = models.EmailField(_("address of the newsroom"), blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    counter_sources = models.JSONField(default=dict, blank=True, editable=False)
    """What the visitor counters need of the content policy: directive → sources. Follows them: see counters.py."""

    name = PerLanguage()
    tagline = PerLanguage()
    description = PerLanguage()
    founder = PerLanguage()
    editor_in_chief = PerLanguage()
    address = PerLanguage()
    registered_by = PerLanguage()
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
        errors = {
            name: _too_pale(getattr(self, name), tones) for name, tones in (("brand", LIGHT), ("brand_dark", DARK))
        }
        if found := {name: error for name, error in errors.items() if error}:
            raise ValidationError(found)

    def cache_tags(self) -> set[str]:
        return {"site"}

    @classmethod
    def current(cls) -> "SiteSettings":
        return cls.objects.select_related("logo", "logo_dark", "icon").filter(pk=1).first() or cls(pk=1)

    @property
    def square(self) -> Media | None:
        """The picture for a browser's tab: the icon, or a logo that is square."""
        if self.icon is not None or self.logo is None:
            return self.icon
        sides = (self.logo.width or 0, self.logo.height or 0)
        return self.logo if 0 < max(sides) <= min(sides) * SQUARE else None


def _too_pale(colour: str, tones: dict[str, Any]) -> str:
    """Returns what is wrong with a colour that cannot be read on one of the tones, or ""."""
    if not re.match(COLOUR, colour):  # what is no colour at all has an error already: the fields are checked first
        return ""
    tone = min(tones, key=lambda each: contrast(colour, each))
    if (found := contrast(colour, tone)) >= MIN_CONTRAST:
        return ""
    message = _("Too pale to be read %(where)s: contrast %(found).1f, needed %(needed).1f.")
    return message % {"where": tones[tone], "found": found, "needed": MIN_CONTRAST}

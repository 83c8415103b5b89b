"""The one row of settings that editors may change themselves."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Media
from lib.colours import contrast
from lib.languages import PerLanguage
from lib.pagecache.models import OnPages

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

"""The static pages of the site, with their addresses at its root."""

import html
import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from lib.bin import Binnable
from lib.pagecache.models import OnPages
from portal.paths import is_free

_WITHOUT_TEXT = re.compile(r"<h2>((?:(?!</h2>).)*)</h2>\s*(?=<h2>|$)", re.DOTALL)


class PageQuerySet(models.QuerySet["Page"]):
    def published(self) -> "PageQuerySet":
        """Pages that anyone may read."""
        return self.filter(is_published=True, binned_at=None)

    def of_purpose(self, language: str) -> "PageQuerySet":
        """The published pages of ``language`` that the site leads to by itself."""
        return self.published().filter(language=language).exclude(purpose="")


class Page(Binnable, OnPages):
    """A static page, such as «About us», with its address at the root of the site."""

    class Purpose(models.TextChoices):
        """What the site itself leads to where it needs it: below every page, beside forms and boxes to be ticked."""

        IMPRINT = "imprint", _("imprint")
        PRIVACY = "privacy", _("personal data policy")
        CONSENT = "consent", _("consent to the processing of personal data")
        TERMS = "terms", _("terms of use")
        COMMENTS = "comments", _("rules of the comments")

    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    path = models.CharField(
        _("address"),
        max_length=500,
        validators=[RegexValidator(r"^[\w-]+(/[\w-]+)*$", _("Letters, digits and hyphens; a slash between parts."))],
        help_text=_("As in «about» or «about/team»."),
    )
    title = models.CharField(_("title"), max_length=500)
    body = models.TextField(_("text"), blank=True)
    purpose = models.CharField(
        _("purpose"),
        max_length=10,
        choices=Purpose.choices,
        blank=True,
        help_text=_("What the site leads to by itself where it is needed, such as below every page."),
    )
    seo_description = models.TextField(_("description for search engines"), blank=True)
    is_published = models.BooleanField(_("published"), default=True)
    modified_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["language", "path"], name="page_address_once"),
            models.UniqueConstraint(
                fields=["language", "purpose"],
                condition=~models.Q(purpose=""),
                name="one_page_a_purpose",
                violation_error_message=_("Another page of this language serves this purpose."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.path and not is_free(self.path):
            raise ValidationError({"path": _("Something else on the site already answers at this address.")})
        if self.is_published and self.purpose and (unwritten := self.unwritten()):
            message = _("Not written yet: %s. Readers can see the page when it is.")
            raise ValidationError({"is_published": message % ", ".join(unwritten)})

    def unwritten(self) -> list[str]:
        """Returns the headings of the text below which nothing stands yet; its title while there is no text at all."""
        if not strip_tags(self.body).strip():
            return [] if self.purpose == self.Purpose.IMPRINT else [self.title]
        return [html.unescape(strip_tags(heading)) for heading in _WITHOUT_TEXT.findall(self.body)]

    def get_absolute_url(self) -> str:
        with translation.override(self.language):
            return reverse("page", args=[self.path])

    def cache_tags(self) -> set[str]:
        return {f"page:{self.pk}", "pages"}

"""The static pages of the site, with their addresses at its root."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from lib.bin import Binnable
from lib.pagecache.models import OnPages
from portal.paths import is_free


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

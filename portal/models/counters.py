"""Visitor counters of other houses, such as Yandex Metrica: nothing of them is loaded until a reader agrees.

The content policy of the pages is widened by exactly what stands in their rows, and by nothing while there are none:
docs/decisions/ says why on the page and not in a frame.
"""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, router, transaction
from django.utils.translation import gettext_lazy as _

from lib.pagecache.models import OnPages
from portal.models.site import SiteSettings
from portal.policy import SCRIPT, validate_hosts


class Counter(OnPages):
    """A script that counts visits."""

    class Kind(models.TextChoices):
        METRICA = "metrica", _("Yandex Metrica")
        MATOMO = "matomo", "Matomo"
        SCRIPT = "script", _("a script that needs nothing else")

    site = models.ForeignKey(SiteSettings, models.CASCADE, default=1, related_name="counters")
    name = models.CharField(_("name"), max_length=100, help_text=_("As readers are asked about it."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.METRICA)
    script = models.URLField(
        _("address of the script"),
        max_length=500,
        validators=[SCRIPT],
        help_text=_("Such as https://mc.yandex.ru/metrika/tag.js: browsers run no other script of that host."),
    )
    number = models.CharField(
        _("number"),
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^[A-Za-z0-9-]*\Z", _("Letters, digits and hyphens."))],
        help_text=_("The number of the counter, or of the site in Matomo."),
    )
    hosts = models.TextField(
        _("further hosts"),
        blank=True,
        validators=[validate_hosts],
        help_text=_("Where else the script sends what it counts, one host a line."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("visitor counter")
        verbose_name_plural = _("visitor counters")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic(using=kwargs.get("using") or router.db_for_write(Counter, instance=self)):
            super().save(*args, **kwargs)
            allow(self.site)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic(using=kwargs.get("using") or router.db_for_write(Counter, instance=self)):
            deleted = super().delete(*args, **kwargs)
            allow(self.site)
        return deleted

    def cache_tags(self) -> set[str]:
        return {"site"}

    def clean(self) -> None:
        if self.kind != self.Kind.SCRIPT and not self.number:
            raise ValidationError({"number": _("A counter of this kind has a number.")})
        if self.source.endswith("/"):  # a source of the policy that ends so allows whatever lies below it
            raise ValidationError({"script": _("This is a folder: write the address of the script itself.")})

    @property
    def source(self) -> str:
        """Its script as a source of the content policy, which has no query."""
        return self.script.partition("#")[0].partition("?")[0]

    @property
    def spoken_to(self) -> list[str]:
        """The hosts to which it sends what it counts, as sources."""
        return [f"https://{host}" for host in (urlsplit(self.script).netloc, *self.hosts.split())]


def allow(site: SiteSettings) -> None:
    """Writes on the settings of the site what its counters need: every page reads these anyway."""
    sources: dict[str, list[str]] = {}
    for counter in site.counters.all():
        wanted = {"script-src": [counter.source], "connect-src": counter.spoken_to, "img-src": counter.spoken_to}
        for directive, each in wanted.items():
            sources[directive] = list(dict.fromkeys([*sources.get(directive, ()), *each]))
    SiteSettings.objects.filter(pk=site.pk).update(counter_sources=sources)
    site.counter_sources = sources

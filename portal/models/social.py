"""Where else the newsroom can be followed: social networks, channels, messengers."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lib.pagecache.models import OnPages
from portal.models.site import SiteSettings

NETWORKS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "vk": (_("VKontakte"), ("vk.com", "vk.ru")),
    "telegram": ("Telegram", ("t.me", "telegram.me")),
    "ok": (_("Odnoklassniki"), ("ok.ru",)),
    "max": ("MAX", ("max.ru",)),
    "dzen": (_("Dzen"), ("dzen.ru",)),
    "rutube": ("Rutube", ("rutube.ru",)),
    "youtube": ("YouTube", ("youtube.com", "youtu.be")),
    "x": ("X", ("x.com", "twitter.com")),
    "whatsapp": ("WhatsApp", ("whatsapp.com", "wa.me")),
}
"""The networks that have an icon, templates/site/icons/<key>.svg: what each is called, and its hosts."""


def network_of(address: str) -> str:
    """Returns to which of ``NETWORKS`` an address leads, or ""."""
    host = f".{urlsplit(address).hostname or ''}"
    found = (key for key, (_name, hosts) in NETWORKS.items() if host.endswith(tuple(f".{each}" for each in hosts)))
    return next(found, "")


class SocialLink(OnPages):
    """A place where the newsroom can be followed. What network it is, the address says."""

    site = models.ForeignKey(SiteSettings, models.CASCADE, default=1, related_name="social_links")
    url = models.URLField(
        _("address"),
        max_length=500,
        validators=[URLValidator(schemes=["https"], message=_("Write a full address with https://."))],
    )
    name = models.CharField(
        _("name"), max_length=50, blank=True, help_text=_("Empty: the name of the network, if the site knows it.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("social network")
        verbose_name_plural = _("social networks")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "url"],
                name="social_link_once",
                violation_error_message=_("This address is there twice."),
            )
        ]

    def __str__(self) -> str:
        return self.name or str(NETWORKS[self.network][0] if self.network else self.url)

    def cache_tags(self) -> set[str]:
        return {"site"}

    def clean(self) -> None:
        if self.url and not self.name and not self.network:
            raise ValidationError({"name": _("The site does not know this network: write what it is called.")})

    @property
    def network(self) -> str:
        return network_of(self.url)

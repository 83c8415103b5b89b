"""The one row of settings that says to which machines the site speaks, and how."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models import Media
from lib.pagecache.models import OnPages
from portal.distribution.tokens import OWNERSHIP, check_https, check_hubs, check_robots, check_token, lines_of

INDEXNOW = "https://api.indexnow.org/indexnow"
"""Passes on what it is told to every search engine that takes part, Yandex and Bing among them."""


class Distribution(OnPages):
    class ZenFormat(models.TextChoices):
        ARTICLE = "format-article", pgettext_lazy("in Dzen", "articles")
        POST = "format-post", pgettext_lazy("in Dzen", "posts")

    class ZenComments(models.TextChoices):
        ALL = "comment-all", _("everybody")
        SUBSCRIBERS = "comment-subscribers", _("subscribers")
        NOBODY = "comment-none", _("nobody")

    yandex_token = models.CharField("Yandex", max_length=128, blank=True)
    google_token = models.CharField("Google", max_length=128, blank=True)
    bing_token = models.CharField("Bing", max_length=128, blank=True)
    mailru_token = models.CharField("Mail.ru, VK", max_length=128, blank=True)
    zen_token = models.CharField(_("Dzen"), max_length=128, blank=True)
    facebook_token = models.CharField("Facebook", max_length=128, blank=True)

    share_picture = models.ForeignKey(
        Media,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture for links"),
        help_text=_("What social networks show with a link to a page that has no picture of its own. Best 1200 × 630."),
    )

    yandex_feed = models.BooleanField(_("feed for Yandex"), default=True, help_text="/feed/yandex/")
    zen_feed = models.BooleanField(_("feed for Dzen"), default=True, help_text="/feed/zen/")
    zen_draft = models.BooleanField(_("publish in Dzen only by hand"), default=False)
    zen_format = models.CharField(_("as what"), max_length=20, choices=ZenFormat.choices, default=ZenFormat.ARTICLE)
    zen_index = models.BooleanField(_("let search engines see the copy in Dzen"), default=True)
    zen_comments = models.CharField(
        _("who may comment in Dzen"), max_length=20, choices=ZenComments.choices, default=ZenComments.ALL
    )
    zen_min_width = models.PositiveSmallIntegerField(
        _("narrowest picture, pixels"),
        default=700,
        validators=[MinValueValidator(100), MaxValueValidator(2000)],
        help_text=_("Narrower pictures are left out of the feed for Dzen."),
    )

    websub_hubs = models.TextField(
        _("WebSub hubs"), blank=True, validators=[check_hubs], help_text=_("One https address a line. Empty: none.")
    )
    indexnow = models.BooleanField(
        _("IndexNow"), default=False, help_text=_("Tell search engines at once what was published or changed.")
    )
    indexnow_address = models.CharField(
        _("IndexNow service"), max_length=500, default=INDEXNOW, validators=[check_https]
    )
    indexnow_key = models.CharField(_("IndexNow key"), max_length=64, blank=True, editable=False)
    """Public by nature: search engines read it at ``/<key>.txt``, which proves that the site itself is speaking."""

    robots = models.TextField(
        _("further lines of robots.txt"),
        blank=True,
        validators=[check_robots],
        help_text=_("After the site's own. Rules before the first User-agent hold for every robot."),
    )

    class Meta:
        verbose_name = _("distribution")
        verbose_name_plural = _("distribution")
        constraints = [models.CheckConstraint(name="only_one_distribution", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return str(_("Distribution"))

    def cache_tags(self) -> set[str]:
        return {"distribution"}

    def clean(self) -> None:
        problems = {}
        for service in OWNERSHIP:
            try:
                check_token(service, getattr(self, f"{service}_token"))
            except ValidationError as error:
                problems[f"{service}_token"] = error
        if problems:
            raise ValidationError(problems)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        self.indexnow_key = self.indexnow_key or secrets.token_hex(16)
        super().save(*args, **kwargs)

    @classmethod
    def current(cls) -> "Distribution":
        return cls.objects.select_related("share_picture").filter(pk=1).first() or cls(pk=1)

    @property
    def hubs(self) -> list[str]:
        return lines_of(self.websub_hubs)

    @property
    def proofs(self) -> list[tuple[str, str]]:
        """The names and contents of the ``<meta>`` tags that prove whose site this is."""
        named = [(name, getattr(self, f"{service}_token")) for service, (name, _form) in OWNERSHIP.items()]
        return [(name, token) for name, token in named if token]

    @property
    def zen_flags(self) -> list[str]:
        """How Dzen is to treat a story (https://dzen.ru/help/ru/website/rss-modify)."""
        flags = [self.zen_format, "index" if self.zen_index else "noindex", self.zen_comments]
        return ["native-draft", *flags] if self.zen_draft else flags

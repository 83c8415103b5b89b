"""Our app, and quiet forms of the apps its model stands on (docs/decisions/0003-guarded-comments-xtd.md)."""

import sys
from typing import ClassVar

from django.apps import AppConfig
from django.contrib import admin
from django.contrib.sites.apps import SitesConfig
from django.utils.translation import gettext_lazy as _
from django_comments.apps import DjangoCommentsAdminConfig
from django_comments_xtd.apps import CommentsXtdConfig


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")


class QuietConfig(AppConfig):
    """An app of which only the tables are used. Stands after the admin in INSTALLED_APPS."""

    closed: ClassVar[tuple[str, ...]] = ()
    """Its modules that cannot be imported here: importing some of them is what connects their receivers."""

    def ready(self) -> None:
        for name in self.closed:
            sys.modules[f"{self.name}.{name}"] = None  # type: ignore[assignment]  # so Python refuses the import
        for model in self.get_models():
            if admin.site.is_registered(model):
                admin.site.unregister(model)


class QuietSitesConfig(QuietConfig, SitesConfig):
    """Sites, because a comment must point to one. There is one, and it follows the settings (comments/quiet.py)."""


class QuietContribConfig(QuietConfig, DjangoCommentsAdminConfig):
    closed = ("feeds", "moderation", "templatetags", "urls")


class QuietXtdConfig(QuietConfig, CommentsXtdConfig):
    """django-comments-xtd without its receiver, which publishes the held replies of every parent that is saved."""

    closed = ("api", "moderation", "templatetags", "urls", "views")

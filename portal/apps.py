from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Site")

    def ready(self) -> None:
        from portal import wiring

        import_module("portal.holes")  # registers the fragments of every page
        import_module("portal.people.passwords")  # registers the letter that it writes
        wiring.connect()


class DeskConfig(AdminConfig):
    """Django's admin with our site: the menu by work, our theme."""

    default_site = "portal.desk.DeskSite"

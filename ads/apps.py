from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdsConfig(AppConfig):
    name = "ads"
    verbose_name = _("Advertising")

    def ready(self) -> None:
        import_module("ads.boxes")  # registers the fragment of every box

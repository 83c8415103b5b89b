"""The front page of a new site."""

import importlib
from types import SimpleNamespace

from django.apps import apps
from django.db import connection

from portal.models import FrontZone


def test_it_lays_out_the_front_page_of_an_empty_site_once(db: None) -> None:
    migration = importlib.import_module("portal.migrations.0003_default_front_zones")
    FrontZone.objects.all().delete()
    for _run in range(2):
        migration.lay_out(apps, SimpleNamespace(connection=connection))
    zones = FrontZone.objects.filter(language="en").values_list("kind", "size")
    assert list(zones) == [("lead", 1), ("seconds", 2), ("stream", 9), ("categories", 4)]
    assert FrontZone.objects.count() == 8

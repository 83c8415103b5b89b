"""The front page of a new site."""

import importlib
from types import SimpleNamespace

from django.apps import apps
from django.db import connection

from portal.models import FrontZone
from tests.factories import make_article


def test_it_lays_out_the_front_page_of_an_empty_site_once(db: None) -> None:
    migration = importlib.import_module("portal.migrations.0003_default_front_zones")
    FrontZone.objects.all().delete()
    for _run in range(2):
        migration.lay_out(apps, SimpleNamespace(connection=connection))
    zones = FrontZone.objects.filter(language="en").values_list("kind", "size")
    assert list(zones) == [("lead", 1), ("seconds", 2), ("stream", 9), ("categories", 4)]
    assert FrontZone.objects.count() == 8


def test_it_brings_what_stood_by_rank_to_its_places(db: None) -> None:
    migration = importlib.import_module("portal.migrations.0007_pins_in_their_places")
    FrontZone.objects.all().delete()
    zone = FrontZone.objects.create(language="ru", kind="seconds", size=3)
    for position in (20, 10):
        zone.pins.create(article=make_article(f"Место {position}"), position=position)
    FrontZone.objects.create(language="ru", kind="opinion", size=3)
    for step in (migration.settle, migration.add_most_read):
        step(apps, SimpleNamespace(connection=connection))
    assert [(pin.position, str(pin.article)) for pin in zone.pins.all()] == [(1, "Место 10"), (2, "Место 20")]
    assert list(FrontZone.objects.values_list("kind", flat=True)) == ["seconds", "most_read", "opinion"]

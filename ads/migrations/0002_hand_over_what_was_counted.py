"""What was counted before is now kept for all spools by lib.spool: carries the rows over."""

from datetime import timedelta

from django.db import migrations
from django.db.models import F, Q

REPEATABLE = timedelta(days=1, minutes=4)


def hand_over(apps, schema_editor):
    kept, old = apps.get_model("spool", "CountedEvent"), apps.get_model("ads", "CountedEvent")
    events = old.objects.values_list("key", F("at") + REPEATABLE)
    kept.objects.bulk_create([kept(key=key, until=until) for key, until in events], batch_size=5_000)
    kept, old = apps.get_model("spool", "DrainedBatch"), apps.get_model("ads", "DrainedBatch")
    kept.objects.bulk_create([kept(name=name, at=at) for name, at in old.objects.values_list("name", "at")])


def take_back(apps, schema_editor):
    kept, old = apps.get_model("spool", "CountedEvent"), apps.get_model("ads", "CountedEvent")
    of_others = Q(key__startswith="read:") | Q(key__startswith="missed:")
    events = kept.objects.exclude(of_others).values_list("key", F("until") - REPEATABLE)
    old.objects.bulk_create([old(key=key, at=at) for key, at in events], batch_size=5_000)
    kept, old = apps.get_model("spool", "DrainedBatch"), apps.get_model("ads", "DrainedBatch")
    old.objects.bulk_create([old(name=name, at=at) for name, at in kept.objects.values_list("name", "at")])


class Migration(migrations.Migration):
    dependencies = [("ads", "0001_initial"), ("spool", "0001_initial")]

    operations = [migrations.RunPython(hand_over, take_back)]

"""What stood under the rules before: pins by rank take their places, zones without a story are switched off.

The most read, which stood on every front page below the lead zone, becomes a zone there.
"""

from django.db import migrations


def settle(apps, schema_editor):
    zones = apps.get_model("portal", "FrontZone").objects.using(schema_editor.connection.alias)
    zones.filter(size=0).update(size=1, is_on=False)
    for zone in zones.all():
        for number, pin in enumerate(zone.pins.order_by("position", "-pk"), start=1):
            pin.position = number
            pin.save(update_fields=["position"])


def add_most_read(apps, schema_editor):
    zones = apps.get_model("portal", "FrontZone").objects.using(schema_editor.connection.alias)
    for language in set(zones.values_list("language", flat=True)):
        there = list(zones.filter(language=language).order_by("order", "pk"))
        head = [zone for zone in there if zone.kind in ("lead", "seconds", "stream")]
        most_read = zones.model(language=language, kind="most_read", size=5)
        for order, zone in enumerate([*head, most_read, *(zone for zone in there if zone not in head)]):
            zone.order = order
            zone.save(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0006_front_desk"),
    ]

    operations = [
        migrations.RunPython(settle, migrations.RunPython.noop),
        migrations.RunPython(add_most_read, migrations.RunPython.noop),
    ]

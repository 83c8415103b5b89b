"""What stood under the rules before: pins by rank take their places, zones without a story are switched off."""

from django.db import migrations


def settle(apps, schema_editor):
    zones = apps.get_model("portal", "0006_front_desk").objects.using(schema_editor.connection.alias)
    zones.filter(size=0).update(size=1, is_on=False)
    for zone in zones.all():
        for number, pin in enumerate(zone.pins.order_by("position", "-pk"), start=1):
            pin.position = number
            pin.save(update_fields=["position"])


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0006_front_desk"),
    ]

    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]

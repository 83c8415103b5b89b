"""An empty site has a front page that works: the lead, two stories beside it, the latest, each main category."""

from django.db import migrations

LANGUAGES = ("ru", "en")
ZONES = (("lead", 1), ("seconds", 2), ("stream", 9), ("categories", 4))


def lay_out(apps, schema_editor):
    zones = apps.get_model("portal", "FrontZone").objects.using(schema_editor.connection.alias)
    if not zones.exists():
        for language in LANGUAGES:
            for order, (kind, size) in enumerate(ZONES):
                zones.create(language=language, kind=kind, size=size, order=order)


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0002_imported"),
    ]

    operations = [migrations.RunPython(lay_out, migrations.RunPython.noop)]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0007_pins_in_their_places"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="frontzone",
            constraint=models.CheckConstraint(condition=models.Q(("size__gte", 1)), name="zone_has_a_place"),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_one_translation_a_language")]

    operations = [
        migrations.RenameField("categorypin", "position", "order"),
        migrations.AlterField(
            "categorypin", "order", models.PositiveSmallIntegerField(default=1, verbose_name="order")
        ),
        migrations.AlterModelOptions(
            "categorypin",
            {"ordering": ["order", "-pk"], "verbose_name": "pinned story", "verbose_name_plural": "pinned stories"},
        ),
    ]

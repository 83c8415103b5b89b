from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ads", "0002_hand_over_what_was_counted")]

    operations = [
        migrations.DeleteModel(name="CountedEvent"),
        migrations.DeleteModel(name="DrainedBatch"),
    ]

"""Gives each article that was updated the first line of its list of updates."""

from typing import Any

from django.db import migrations


def keep(apps: Any, schema_editor: Any) -> None:
    Article, Update = (apps.get_model("articles", name) for name in ("Article", "Update"))
    told = Article.objects.filter(updated_at__isnull=False).values_list("pk", "updated_at", "update_note")
    Update.objects.bulk_create([Update(article_id=pk, at=at, note=note) for pk, at, note in told], batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_updates")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]

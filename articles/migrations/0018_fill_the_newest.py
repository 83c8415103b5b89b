from django.db import migrations
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    """Tells every article its newest revision, and when editors last did something with it."""
    Article, Revision = (apps.get_model("articles", name) for name in ("Article", "Revision"))
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
    Article.objects.update(newest=Subquery(newest.values("pk")[:1]))
    Article.objects.update(touched_at=Coalesce(Subquery(newest.values("at")[:1]), F("created_at")))


class Migration(migrations.Migration):
    dependencies = [("articles", "0017_the_desk_knows_the_newest")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

"""Notes where media are used by now, and the words by which they are found."""

import re
from collections.abc import Iterator
from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef

NAMED = re.compile(r'<(?:img|a|audio|video)\b[^>]* data-media="(\d{1,18})"')
BATCH = 500


def note(apps: Any, schema_editor: Any) -> None:
    Media, MediaUse, Revision = (apps.get_model("articles", name) for name in ("Media", "MediaUse", "Revision"))
    known = set(Media.objects.values_list("pk", flat=True))
    newer = Revision.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    newest = Revision.objects.filter(~Exists(newer)).values_list("article", "data__hero", "data__body")
    uses: list[Any] = []
    for article, hero, body in newest.order_by("article").iterator(BATCH):
        shown = {*map(int, NAMED.findall(body or "")), *([hero] if hero else [])}
        uses += [MediaUse(article_id=article, media_id=key) for key in shown & known]
        if len(uses) >= BATCH:
            MediaUse.objects.bulk_create(uses)
            uses.clear()
    MediaUse.objects.bulk_create(uses)


def fold(apps: Any, schema_editor: Any) -> None:
    Media = apps.get_model("articles", "Media")
    for batch in _batches(Media.objects.order_by("pk")):
        for media in batch:
            said = (media.caption, media.alt, media.credit, media.original_name, media.licence)
            media.words = " ".join(" · ".join(said).lower().replace("ё", "е").split())[:8_000]
        Media.objects.bulk_update(batch, ["words"])


def _batches(found: Any) -> Iterator[list[Any]]:
    last = 0
    while batch := list(found.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("articles", "0025_media_library")]

    operations = [
        migrations.RunPython(note, migrations.RunPython.noop),
        migrations.RunPython(fold, migrations.RunPython.noop),
    ]

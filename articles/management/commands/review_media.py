import time
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from PIL import Image

from articles.media_uses import BATCH, note_look, recount_uses
from articles.models import Media
from lib.looks import look_of


class Command(BaseCommand):
    help = (
        "Brings up to date what the media library knows: where each file is used, its words, and how alike pictures "
        "look. May run while the site is running."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pause", type=float, default=0.1, help="seconds left to editors after every batch")

    def handle(self, *args: Any, **options: Any) -> None:
        articles = recount_uses()
        reviewed = 0
        for batch in _batches():
            for media in batch:
                _review(media)
            reviewed += len(batch)
            time.sleep(options["pause"])
        self.stdout.write(f"Articles: {articles}. Media: {reviewed}.")


def _batches() -> Iterator[list[Media]]:
    last = 0
    while batch := list(Media.objects.filter(pk__gt=last).order_by("pk").prefetch_related("tags")[:BATCH]):
        yield batch
        last = batch[-1].pk


def _review(media: Media) -> None:
    look = media.look
    if media.is_image and look is None:
        try:
            with media.file.open("rb") as file, Image.open(file) as image:
                look = look_of(image)
        except OSError:  # the file is not there
            look = None
    with transaction.atomic():
        media.tag([tag.name for tag in media.tags.all()])
        Media.objects.filter(pk=media.pk).update(look=look)
        media.look = look
        note_look(media)

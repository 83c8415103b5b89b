"""The sizes in which a picture is shown, and the task that draws them.

AVIF is written at speed 8: at the default the same picture takes ten times as long. JPEG is for browsers
without AVIF. The widths serve phones to wide screens; the square and the 4:3 are for search engines.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django_tasks import task
from PIL import Image

from articles.models import Media

WIDTHS = (320, 480, 640, 960, 1280, 1600, 1920)
RATIOS = {"16x9": 16 / 9, "4x3": 4 / 3, "1x1": 1.0}
FORMATS: dict[str, dict[str, int]] = {"avif": {"quality": 55, "speed": 8}, "jpeg": {"quality": 80}}
CARD_WIDTH = 1200
"""The width of the crops that only search engines and social networks read (Google's article guide)."""


@dataclass(frozen=True)
class Size:
    crop: str
    width: int
    formats: tuple[str, ...]


def sizes_for(width: int, height: int) -> Iterator[Size]:
    """Yields the sizes worth drawing of a picture of ``width`` × ``height``: none larger than itself."""
    for crop in ("full", "16x9"):
        widest = width if crop == "full" else min(width, round(height * RATIOS[crop]))
        fitting = [each for each in WIDTHS if each < widest] or [widest]
        for each in fitting if widest > WIDTHS[-1] else [*fitting, widest]:
            yield Size(crop, each, tuple(FORMATS))
    for crop in ("4x3", "1x1"):
        yield Size(crop, min(CARD_WIDTH, width, round(height * RATIOS[crop])), ("jpeg",))

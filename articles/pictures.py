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
        smaller = [each for each in WIDTHS if each < widest]
        for each in smaller if widest > WIDTHS[-1] else [*smaller, widest]:
            yield Size(crop, each, tuple(FORMATS))
    for crop in ("4x3", "1x1"):
        yield Size(crop, min(CARD_WIDTH, width, round(height * RATIOS[crop])), ("jpeg",))


def crop_box(width: int, height: int, ratio: float, focus: tuple[float, float]) -> tuple[int, int, int, int]:
    """Returns the largest box of ``ratio`` within ``width`` × ``height``, as near to the focus as it can be."""
    box_width = min(width, round(height * ratio))
    box_height = min(height, round(width / ratio))
    left = min(max(round(width * focus[0] - box_width / 2), 0), width - box_width)
    top = min(max(round(height * focus[1] - box_height / 2), 0), height - box_height)
    return left, top, left + box_width, top + box_height


@task()
def draw_renditions(media_key: int) -> None:
    """Draws the sizes of a picture and says on the media which are ready. Running twice does no harm."""
    media = Media.objects.images().filter(pk=media_key).first()
    if media is None:
        return
    with media.file.open("rb") as file, Image.open(file) as original:
        # A moving picture stays as it is: a still of it would not be the same picture.
        if getattr(original, "is_animated", False):
            return
        ready = _draw(media, original.convert("RGBA" if original.has_transparency_data else "RGB"))
    with transaction.atomic():
        current = Media.objects.select_for_update().get(pk=media.pk)
        if (current.version, current.focal_x, current.focal_y) == (media.version, media.focal_x, media.focal_y):
            current.renditions = ready
            current.save(update_fields=["renditions"])
            return
    if current.version != media.version:  # replaced meanwhile: nothing of the earlier file may be left
        _take_away(media, ready)


def _take_away(media: Media, drawn: dict[str, dict[str, list[int]]]) -> None:
    for crop, formats in drawn.items():
        for extension, widths in formats.items():
            for width in widths:
                default_storage.delete(media.rendition_path(crop, width, extension))


@transaction.atomic
def draw_again(media: Media) -> None:
    """Draws every size anew under new addresses, since browsers keep the old ones for ever: after a new focus."""
    current = Media.objects.select_for_update().get(pk=media.pk)
    media.version, media.renditions = current.version + 1, {}
    media.save(update_fields=["version", "renditions"])
    transaction.on_commit(lambda: draw_renditions.enqueue(media.pk))


def _draw(media: Media, original: Image.Image) -> dict[str, dict[str, list[int]]]:
    ready: dict[str, dict[str, list[int]]] = {}
    for size in sizes_for(*original.size):
        drawn = _sized(original, size, (media.focal_x, media.focal_y))
        for image_format in size.formats:
            path = media.rendition_path(size.crop, size.width, image_format)
            if default_storage.exists(path):
                default_storage.delete(path)
            default_storage.save(path, ContentFile(_encoded(drawn, image_format)))
            ready.setdefault(size.crop, {}).setdefault(image_format, []).append(size.width)
    return ready


def _sized(original: Image.Image, size: Size, focus: tuple[float, float]) -> Image.Image:
    ratio = RATIOS.get(size.crop)
    box = crop_box(*original.size, ratio, focus) if ratio else (0, 0, *original.size)
    height = max(1, round(size.width * (box[3] - box[1]) / (box[2] - box[0])))
    return original.resize((size.width, height), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def _encoded(image: Image.Image, image_format: str) -> bytes:
    if image_format == "jpeg" and image.mode == "RGBA":
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image).convert("RGB")
    buffer = io.BytesIO()
    image.save(buffer, image_format, **FORMATS[image_format])
    return buffer.getvalue()


@dataclass(frozen=True)
class Sources:
    """What an ``<img>`` and its ``<source>`` need: addresses with widths, and the size that reserves the place."""

    src: str
    width: int
    height: int
    avif_srcset: str = ""
    jpeg_srcset: str = ""
    focus: str = ""
    """Of a picture that the page itself must crop: the classes of base.css that keep the focus in view."""

    @property
    def largest(self) -> str:
        """The address of the widest size that every browser can show."""
        return self.jpeg_srcset.split(", ")[-1].partition(" ")[0] or self.src


def sources(media: Media, crop: str = "full") -> Sources:
    """Returns the addresses of ``media`` cropped to ``crop`` (``full``, ``16x9``, ``4x3``, ``1x1``).

    Until the sizes are drawn, the picture itself stands in, cropped by the browser: good, only larger than needed.
    """
    width, height = media.width or 1, media.height or 1
    ready = media.renditions.get(crop, {})
    if not ready:
        return _itself(media, width, height, RATIOS.get(crop))
    ratio = RATIOS.get(crop, width / height)
    middle = next((each for each in ready["jpeg"] if each >= 640), ready["jpeg"][-1])
    return Sources(
        src=default_storage.url(media.rendition_path(crop, middle, "jpeg")),
        width=ready["jpeg"][-1],
        height=round(ready["jpeg"][-1] / ratio),
        avif_srcset=_srcset(media, crop, "avif", ready.get("avif", [])),
        jpeg_srcset=_srcset(media, crop, "jpeg", ready["jpeg"]),
    )


def _itself(media: Media, width: int, height: int, ratio: float | None) -> Sources:
    if ratio is None:
        return Sources(media.url, width, height)
    left, top, right, bottom = crop_box(width, height, ratio, (media.focal_x, media.focal_y))
    spare = {"x": (left, width - right), "y": (top, height - bottom)}
    tenths = {axis: round(10 * before / (before + after)) for axis, (before, after) in spare.items() if before + after}
    focus = " ".join(f"focus-{axis}{tenth}" for axis, tenth in tenths.items() if tenth != 5)
    return Sources(media.url, right - left, bottom - top, focus=focus)


def _srcset(media: Media, crop: str, image_format: str, widths: list[int]) -> str:
    return ", ".join(
        f"{default_storage.url(media.rendition_path(crop, width, image_format))} {width}w" for width in widths
    )

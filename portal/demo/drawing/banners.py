"""Banners of the demo's advertisers: a gradient, a quiet pattern, and words where the machine has a font for them."""

import io
from collections.abc import Callable
from functools import cache

from PIL import Image, ImageDraw, ImageFont

FINE = 2
"""Banners are drawn for dense screens, at twice the size of their place."""
FONTS = (
    "PTSerif-Bold.ttf", "NotoSerif-Bold.ttf", "DejaVuSerif-Bold.ttf", "LiberationSerif-Bold.ttf", "FreeSerifBold.ttf",
    "Georgia Bold.ttf", "georgiab.ttf", "timesbd.ttf",
)  # fmt: skip
Pattern = Callable[[ImageDraw.ImageDraw, int, int], None]


def banner(words: str, left: str, right: str, pattern: str, width: int, height: int) -> bytes:
    """Returns a JPEG of twice ``width`` × ``height``. Raises KeyError for a pattern that there is not."""
    size = (width * FINE, height * FINE)
    across = Image.linear_gradient("L").rotate(90).resize(size)
    image = Image.composite(Image.new("RGB", size, right), Image.new("RGB", size, left), across)
    veil = Image.new("L", size, 0)
    PATTERNS[pattern](ImageDraw.Draw(veil), *size)
    image.paste("white", mask=veil)
    _write(ImageDraw.Draw(image), words, *size)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


def _panes(pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    side = height * 0.62
    for place in range(round(-side), width, round(side * 1.5)):
        top = (height - side) / 2
        for column in (0, 1):
            x = place + column * side / 2
            pen.rectangle((x, top, x + side / 2 - side * 0.06, top + side), fill=22)


def _coins(pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    radius = height * 0.42
    for x in range(0, width + height, round(height * 0.66)):
        pen.ellipse((x - radius, height - radius, x + radius, height + radius), outline=40, width=max(2, height // 40))


def _waves(pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    step = max(24, height // 4)
    for row in range(1, 4):
        y = height * (0.5 + row * 0.16)
        for x in range(-step * row, width + step, step * 2):
            pen.arc((x, y - step / 3, x + step * 2, y + step / 3), 180, 360, fill=50, width=max(2, height // 60))


PATTERNS: dict[str, Pattern] = {"panes": _panes, "coins": _coins, "waves": _waves}


def _write(pen: ImageDraw.ImageDraw, words: str, width: int, height: int) -> None:
    """Writes the words in the middle, in as many lines as the form of the banner asks for."""
    lines = words.split("|")
    text = "\n".join(lines) if height * 2.4 > width else " ".join(lines)
    for size in range(min(height // 3, width // 8), 11, -2):
        font = _font(size)
        if font is None:
            return
        left, top, right, bottom = pen.multiline_textbbox((0, 0), text, font=font, align="center")
        if right - left < width * 0.9 and bottom - top < height * 0.8:
            middle = ((width - right - left) / 2, (height - bottom - top) / 2)
            pen.multiline_text(middle, text, font=font, fill="white", align="center")
            return


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | None:
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return None

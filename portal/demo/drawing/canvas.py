"""A sheet to draw on: coordinates of a 1600 × 900 picture, drawn at twice the size so that edges come out smooth."""

import io
import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from portal.demo.drawing.palettes import Colour, Palette, mix

WIDTH, HEIGHT = 1600, 900
FINE = 2
Point = tuple[float, float]


class Canvas:
    """Draws in one palette; ``dice`` are loaded by the seed, so that the same seed gives the same picture."""

    def __init__(self, palette: Palette, seed: int, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.palette, self.width, self.height = palette, width, height
        self.dice = random.Random(seed)
        self.image = Image.new("RGB", (width * FINE, height * FINE), palette.haze)
        self.pen = ImageDraw.Draw(self.image)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        self.pen.polygon(_fine(points), fill=colour)

    def box(self, x: float, y: float, width: float, height: float, colour: Colour, radius: float = 0) -> None:
        self.pen.rounded_rectangle(_fine([(x, y), (x + width, y + height)]), radius * FINE, fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour, squash: float = 1) -> None:
        """Draws a disc, or an ellipse of ``squash`` times its height."""
        high = radius * squash
        self.pen.ellipse(_fine([(x - radius, y - high), (x + radius, y + high)]), fill=colour)

    def line(self, points: Sequence[Point], colour: Colour, width: float = 2) -> None:
        self.pen.line(_fine(points), fill=colour, width=max(1, round(width * FINE)), joint="curve")

    def gradient(self, top: Colour, bottom: Colour, y: float = 0, height: float | None = None) -> None:
        """Fills the whole width from ``y`` down."""
        high = round((self.height if height is None else height) * FINE)
        self.image.paste(_gradient(top, bottom, self.image.width, high), (0, round(y * FINE)))

    def shape(self, points: Sequence[Point], top: Colour, bottom: Colour) -> None:
        """Draws a polygon that changes colour from its highest point to its lowest."""
        fine = _fine(points)
        left, upper = min(x for x, _ in fine), min(y for _, y in fine)
        size = (max(x for x, _ in fine) - left + 1, max(y for _, y in fine) - upper + 1)
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon([(x - left, y - upper) for x, y in fine], fill=255)
        self.image.paste(_gradient(top, bottom, *size), (left, upper), mask)

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.8, squash: float = 1) -> None:
        """Lays a soft light around a point, round or ``squash`` times its height."""
        size = (round(radius * 2 * FINE), round(radius * squash * 2 * FINE))
        # Pillow's gradient still has 181 of 255 at the middle of each side: that is where our light ends.
        fade = [round(max(0, 1 - level / 181) ** 1.8 * strength * 255) for level in range(256)]
        mask = Image.radial_gradient("L").point(fade).resize(size, Image.Resampling.BILINEAR)
        self.image.paste(colour, (round((x - radius) * FINE), round((y - radius * squash) * FINE)), mask)

    def veil(self, colour: Colour, y: float, height: float, top: float, bottom: float) -> None:
        """Lays a mist whose strength goes from ``top`` to ``bottom`` (0…1)."""
        size = (self.image.width, round(height * FINE))
        levels = _gradient((round(top * 255),) * 3, (round(bottom * 255),) * 3, *size).getchannel(0)
        self.image.paste(colour, (0, round(y * FINE)), levels)

    def beam(self, points: Sequence[Point], colour: Colour, strength: float) -> None:
        """Lays a polygon of light with soft edges, as of a lamp."""
        small = (self.image.width // 8, self.image.height // 8)
        mask = Image.new("L", small)
        scaled = [(x * FINE / 8, y * FINE / 8) for x, y in points]
        ImageDraw.Draw(mask).polygon(scaled, fill=round(255 * strength))
        soft = mask.filter(ImageFilter.GaussianBlur(6)).resize(self.image.size, Image.Resampling.BILINEAR)
        self.image.paste(colour, (0, 0), soft)

    def mirror(self, y: float, tint: Colour, *, share: float = 0.45, calm: float = 1) -> None:
        """Turns everything below ``y`` into water that reflects what is above it."""
        line, depth = round(y * FINE), self.image.height - round(y * FINE)
        above = self.image.crop((0, max(0, line - depth), self.image.width, line)).transpose(
            Image.Transpose.FLIP_TOP_BOTTOM
        )
        above = above.resize((self.image.width // 4, depth // 4), Image.Resampling.BOX).filter(
            ImageFilter.GaussianBlur(2)
        )
        water = _gradient(mix(tint, self.palette.haze, 0.35), tint, *above.size)
        rippled = self._rippled(Image.blend(above, water, share), calm)
        self.image.paste(rippled.resize((self.image.width, depth), Image.Resampling.BICUBIC), (0, line))

    def _rippled(self, water: Image.Image, calm: float) -> Image.Image:
        """Shifts the rows of a reflection to and fro, the more the nearer they are."""
        rows = Image.new("RGB", water.size)
        for top in range(0, water.height, 2):
            nearness = top / water.height
            shift = round(self.dice.gauss(0, (1 + 9 * nearness) / calm))
            rows.paste(ImageChops.offset(water.crop((0, top, water.width, top + 2)), shift, 0), (0, top))
        return rows

    def glints(self, y: float, colour: Colour, count: int = 120, x: float | None = None) -> None:
        """Strews short bright strokes on water below ``y``; around ``x``, as the sun does, if it is given."""
        for _each in range(count):
            nearness = self.dice.random() ** 1.4
            row = y + 6 + nearness * (self.height - y)
            middle = self.dice.uniform(0, self.width) if x is None else self.dice.gauss(x, 30 + 90 * nearness)
            half = (6 + 34 * nearness) * self.dice.uniform(0.4, 1)
            self.line([(middle - half, row), (middle + half, row)], colour, 0.8 + 1.6 * nearness)

    def finished(self) -> Image.Image:
        """Returns the picture at its own size, with a little grain, so that gradients show no steps."""
        picture = self.image.reduce(FINE)
        noise = random.Random(0).randbytes(picture.width * picture.height)
        grain = Image.frombytes("L", picture.size, noise).point([118 + level // 13 for level in range(256)])
        return ImageChops.soft_light(picture, Image.merge("RGB", [grain] * 3))

    def jpeg(self) -> bytes:
        buffer = io.BytesIO()
        self.finished().save(buffer, "JPEG", quality=86)
        return buffer.getvalue()


def _fine(points: Sequence[Point]) -> list[tuple[int, int]]:
    return [(round(x * FINE), round(y * FINE)) for x, y in points]


def _gradient(top: Colour, bottom: Colour, width: int, height: int) -> Image.Image:
    levels = Image.linear_gradient("L").resize((1, max(1, height)), Image.Resampling.BILINEAR)
    column = Image.composite(Image.new("RGB", levels.size, bottom), Image.new("RGB", levels.size, top), levels)
    return column.resize((width, max(1, height)), Image.Resampling.NEAREST)

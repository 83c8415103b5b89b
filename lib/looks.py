"""How a picture looks, in 64 bits: pictures that look the same have the same or nearly the same (dHash).

The picture is made grey and 9 × 8 small; a bit says whether a point is lighter than the one to its right. Another size,
format, quality or shade of the same picture changes few of them (Neal Krawetz, «Kind of Like That», 2013).
"""

from PIL import Image

BAND_BITS = 16
BANDS = 4
NEAR = 6
"""Pictures whose looks differ in no more bits are taken for the same. All that differ in three share a band."""
FLAT = 6
"""A picture with fewer set or unset bits than this is a plain surface, which looks like every other."""


def look_of(image: Image.Image) -> int | None:
    """Returns the look as a signed 64-bit number, as databases store it; None for a plain surface."""
    small = image.convert("L").resize((9, 8), Image.Resampling.BOX)
    points = small.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (points[at] > points[at + 1])
    if not FLAT <= bits.bit_count() <= 64 - FLAT:
        return None
    return bits - (1 << 64) if bits >> 63 else bits


def bands_of(look: int) -> list[int]:
    """Returns four numbers; two looks that differ in at most three bits share one of them."""
    bits = look & (1 << 64) - 1
    mask = (1 << BAND_BITS) - 1
    return [band << BAND_BITS | (bits >> band * BAND_BITS & mask) for band in range(BANDS)]


def difference(one: int, other: int) -> int:
    """Returns in how many of the 64 bits two looks differ."""
    return ((one ^ other) & (1 << 64) - 1).bit_count()

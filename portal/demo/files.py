"""The sound and the file of the demo, taken into the library when a text first asks for them."""

import io
import math
import wave
from functools import cache
from pathlib import Path

from django.core.files.base import ContentFile

from articles.models import Media
from articles.uploads import take_in
from lib.html import plain_text

RATE = 11_025
SECONDS = 4
PARTIALS = ((0.5, 0.5, 0.6), (1.0, 1.0, 0.9), (1.19, 0.6, 1.3), (1.56, 0.4, 1.9), (2.0, 0.5, 1.6), (2.66, 0.3, 2.6))
"""What rings in a bell: the pitch as a multiple of its note, how loud it begins, how fast it fades."""
NOTE = 311.0
"""Hertz; an E flat, as a town hall of three storeys can carry."""
_FOLDER = Path(__file__).parent / "data"


class Files:
    """Hands out the files of the demo by their names."""

    def __init__(self) -> None:
        self._media: dict[str, Media] = {}

    def tag(self, name: str, words: str) -> str:
        """Returns the paragraph that names a file in a text, as the editor writes it; ``words`` are HTML.

        Raises OSError for a file that there is not.
        """
        if name not in self._media:
            data = bell() if name.endswith(".wav") else (_FOLDER / name).read_bytes()
            self._media[name] = take_in(ContentFile(data, name=name), caption=plain_text(words))
        media = self._media[name]
        return f'<p><a href="{media.url}" data-media="{media.pk}" rel="noopener">{words}</a></p>'


@cache
def bell() -> bytes:
    """Returns one stroke of a bell as a WAV file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        file.writeframes(bytes(128 + round(36 * _ringing(number / RATE)) for number in range(RATE * SECONDS)))
    return buffer.getvalue()


def _ringing(at: float) -> float:
    """Returns how far the air has moved ``at`` seconds after the stroke, between -3.3 and 3.3."""
    return sum(
        loud * math.exp(-fades * at) * math.sin(2 * math.pi * NOTE * pitch * at) for pitch, loud, fades in PARTIALS
    )

"""The pictures of the demo: drawn when a text first asks for them, then taken in like any upload."""

from functools import cache
from html import escape

from django.core.files.base import ContentFile

from articles.models import Media
from articles.uploads import take_in
from portal.demo import drawing
from portal.demo.data import read
from portal.demo.drawing.portraits import Face, portrait

CREDIT = {"ru": "Рисунок редакции", "en": "Drawing by the Herald"}


class Gallery:
    """Hands out the media of pictures by their names. With a ``limit`` only so many are drawn, and they stand in
    for the others."""

    def __init__(self, limit: int | None = None) -> None:
        self._plans = read("pictures")
        self._drawn = sorted(self._plans)[:limit]
        self._media: dict[tuple[str, str], Media] = {}

    def media(self, name: str, language: str) -> Media:
        """Returns the media of a picture, its text in ``language``. Raises KeyError for a name there is not."""
        plan = self._plans[name]
        drawn = name if name in self._drawn else self._drawn[len(name) % len(self._drawn)]
        if (drawn, language) not in self._media:
            file = ContentFile(_jpeg(drawn), name=f"{drawn}.jpg")
            self._media[drawn, language] = take_in(file, alt=plan[f"alt_{language}"], credit=CREDIT[language])
        return self._media[drawn, language]

    def tag(self, name: str, language: str) -> str:
        """Returns the ``<img>`` that names a picture in a text, as the editor writes it."""
        media = self.media(name, language)
        return f'<img src="{media.url}" alt="{escape(media.alt)}" data-media="{media.pk}">'


@cache
def _jpeg(name: str) -> bytes:
    plan = read("pictures")[name]
    return drawing.draw(plan["scene"], plan["palette"], plan["seed"])


def portrait_of(name: str, face: dict[str, str | bool]) -> Media:
    """Draws and takes in the portrait of an author called ``name``."""
    file = ContentFile(portrait(Face(**face)), name="portrait.jpg")  # type: ignore[arg-type]
    return take_in(file, alt=name, credit=CREDIT["ru"])

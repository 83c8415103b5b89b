"""The text of an article: what stands in it, and how its pictures become `<picture>` when it is shown."""

import re

_MEDIA = re.compile(r'<img\b[^>]*?\bdata-media="(\d{1,18})"')


def media_in(body: str) -> set[int]:
    """Returns the keys of the media that pictures in a clean body name."""
    return {int(key) for key in _MEDIA.findall(body)}

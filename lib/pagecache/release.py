"""A name for what renders the pages: other code or other settings must not be given our pages."""

import json
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

SUFFIXES = {".py", ".html", ".txt", ".xml", ".mo", ".json"}


def release(sources: Iterable[Path]) -> str:
    """Returns a digest of every setting and of the code, templates and translations in ``sources``."""
    values = {name: getattr(settings, name) for name in sorted(dir(settings)) if name.isupper()}
    digest = blake2b(json.dumps(values, default=_plain, skipkeys=True).encode(), digest_size=16)
    for source in sources:
        for file in [source, *sorted(source.rglob("*"))]:
            if file.suffix in SUFFIXES and file.is_file():
                digest.update(str(file.relative_to(source)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _plain(value: object) -> str:
    return str(value) if isinstance(value, Path) else type(value).__name__

"""Whether a program that runs beside the site is still at work: it leaves a file behind from time to time."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings


def _file(name: str) -> Path:
    folder: Path = settings.SPOOL_DIR
    return folder / f"{name}.alive"


def beat(name: str, now: datetime) -> None:
    """Notes that the program ``name`` is at work."""
    file = _file(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(now.isoformat())


def last_beat(name: str) -> datetime | None:
    """Returns when the program was last at work; None if it never was, or nobody can tell."""
    try:
        return datetime.fromisoformat(_file(name).read_text()).astimezone(UTC)
    except (OSError, ValueError):
        return None

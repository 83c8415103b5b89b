"""A random key for each day, shared by the processes of a machine and gone when the day is over.

What was hashed with it cannot be hashed again the next day, not even by those who know every secret of the site. It
is a file, not a row: it must not live on in the backups of the database.
"""

import os
import tempfile
from datetime import date
from functools import lru_cache
from pathlib import Path
from secrets import token_bytes


def daily_key(folder: Path, day: date) -> bytes:
    """Returns the key of ``day``, made if this is the first to ask for it. Raises OSError if the disk takes none."""
    return _key(folder / f"{day.isoformat()}.key")


def forget_keys(folder: Path, day: date) -> None:
    """Deletes the keys of the days before ``day``."""
    for path in folder.glob("*.key"):
        if path.stem < day.isoformat():
            path.unlink(missing_ok=True)


@lru_cache(maxsize=1)
def _key(path: Path) -> bytes:
    if not path.exists():
        _make(path)
        forget_keys(path.parent, date.fromisoformat(path.stem))
    return path.read_bytes()


def _make(path: Path) -> None:
    """Writes a whole key under its name at once; of several that try, the first one stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(file, "wb") as made:
            made.write(token_bytes(32))
        path.hardlink_to(name)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()

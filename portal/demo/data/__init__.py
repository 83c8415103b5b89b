"""What the demo is made of, in files that anyone can edit."""

import tomllib
from pathlib import Path
from typing import Any


def read(name: str) -> dict[str, Any]:
    """Returns what stands in ``<name>.toml``."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))

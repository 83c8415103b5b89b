"""Lighthouse, on the system's Chromium."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from tests.harness import chromium
from tests.harness.browser import LAUNCH_ARGS

COMMAND = Path(__file__).parent / "node_modules/.bin/lighthouse"


def look_at(address: str, report: Path) -> dict[str, Any]:
    """Returns what Lighthouse says of a page as a phone gets it; the report is written to ``report`` too."""
    flags = ["--headless", *(each for each in LAUNCH_ARGS if " " not in each)]
    command = [
        str(COMMAND),
        address,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        "--only-categories=accessibility,best-practices,seo,performance",
        "--no-enable-error-reporting",
        f"--chrome-flags={' '.join(flags)}",
    ]
    environment = os.environ | {"CHROME_PATH": chromium.find() or ""}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return dict(json.loads(report.read_text()))

"""Lighthouse, on the system's Chromium."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from tests.harness import chromium
from tests.harness.browser import LAUNCH_ARGS

COMMAND = Path(__file__).parent / "node_modules/.bin/lighthouse"
ATTEMPTS = 3
"""On a busy machine Chromium may not come up in time, or paint nothing: then Lighthouse ends without a report."""


def look_at(address: str, report: Path) -> dict[str, Any]:
    """Returns what Lighthouse says of a page as a phone gets it; the report is written to ``report`` too.

    Raises RuntimeError if it comes to no report.
    """
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
    for _attempt in range(ATTEMPTS):
        ended = subprocess.run(command, env=environment, capture_output=True, text=True)
        if ended.returncode == 0:
            return dict(json.loads(report.read_text()))
    raise RuntimeError(f"Lighthouse comes to no report of {address}:\n{ended.stderr}")

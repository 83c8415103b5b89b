"""Finds the system's Chromium, or installs it where that is allowed. As a script: prints its path."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Returns the path of PORTAL_CHROMIUM, or else of the first browser found."""
    return next(filter(None, map(shutil.which, [os.environ.get("PORTAL_CHROMIUM", ""), *NAMES])), None)


def install() -> None:
    """Installs Chromium with apt-get. Raises ``SystemExit`` with the command to run when it may not."""
    command = "apt-get install -y chromium"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SystemExit(f"The browser tests need Chromium: {command} (or set PORTAL_CHROMIUM to its path).")
    subprocess.run(command.split(), check=True, stdout=sys.stderr)


if __name__ == "__main__":
    if not find():
        install()
    sys.stdout.write(find() or sys.exit("Chromium was installed but is not found."))

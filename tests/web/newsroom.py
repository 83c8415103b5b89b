"""The demo newsroom as `make run` starts it, for whatever looks at it from outside."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.web.crawl import read

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 600  # seconds for the whole demo and its pictures, on a busy machine


@contextmanager
def demo_newsroom(folder: Path) -> Iterator[str]:
    """Yields the address of the running demo newsroom, once all its pictures are drawn. Raises RuntimeError."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    inherited = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
    environment = inherited | {"PORTAL_DATA_DIR": str(folder), "PORTAL_DEMO": "1", "PORT": str(port)}
    log = folder / "log"
    with log.open("wb") as output:
        serving = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--prepare"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
        try:
            _wait_until(lambda: _answers(f"{address}/readyz"), serving, log)
            _wait_until(lambda: not _tasks(folder / "portal.sqlite3"), serving, log)
            yield address
        finally:
            serving.terminate()
            serving.wait()


def _wait_until(holds: Callable[[], bool], serving: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if serving.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The newsroom does not come up:\n{log.read_text()[-4000:]}")
        time.sleep(0.5)


def _answers(address: str) -> bool:
    try:
        return read(address)[0] == 200
    except OSError:
        return False


def _tasks(database: Path) -> int:
    """Counts what the worker has still to do."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        query = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING')"
        return int(connection.execute(query).fetchone()[0])

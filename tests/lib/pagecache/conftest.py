"""A newsroom in processes of its own, on a database in a file (or on PostgreSQL, by DATABASE_URL)."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import brotli
import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        encoding = self.headers.get("content-encoding", "")
        return {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[encoding](self.body).decode()

    @property
    def cache(self) -> str:
        return self.headers["x-cache"]


class Process:
    """A running process of the newsroom."""

    def __init__(self, folder: Path, database: str, **environment: str) -> None:
        self.folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.lib.pagecache.newsroom.process"],
            cwd=ROOT,
            env=os.environ | {"NEWSROOM_DIR": str(folder), "NEWSROOM_DATABASE": database} | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, name: str, *arguments: Any) -> Any:
        """Has the process do ``name`` and returns what it answers. Raises ``RuntimeError`` if it failed."""
        assert self._process.stdin and self._process.stdout
        print(json.dumps([name, arguments]), file=self._process.stdin, flush=True)
        reply = json.loads(self._process.stdout.readline() or '{"error": "The process ended."}')
        if "error" in reply:
            raise RuntimeError(reply["error"])
        return reply["result"]

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        return self._answer(self.tell("get", path, headers, method))

    def get_while(self, path: str, change: str, *arguments: Any) -> Answer:
        return self._answer(self.tell("get_while", path, change, *arguments))

    def change(self, name: str, *arguments: Any) -> Any:
        return self.tell("change", name, *arguments)

    def end(self) -> None:
        self._process.communicate()

    def _answer(self, told: dict[str, Any]) -> Answer:
        return Answer(told["status"], told["headers"], told["body"].encode("latin-1"))


@pytest.fixture(scope="session")
def newsroom_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yields the address of an empty database that only these tests use."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{tmp_path_factory.mktemp('newsroom') / 'newsroom.sqlite3'}"
        return
    name = f"newsroom_{uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def newsroom_processes(newsroom_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Process]]:
    folder = tmp_path_factory.mktemp("pages")
    with ExitStack() as stack:
        processes = [Process(folder, newsroom_database) for _ in range(2)]
        for process in processes:
            stack.callback(process.end)
        processes[0].tell("migrate")
        yield processes


@pytest.fixture
def both(newsroom_processes: list[Process]) -> list[Process]:
    """Returns two processes of a newsroom that has just opened: nothing is stored anywhere."""
    newsroom_processes[0].change("found")
    shutil.rmtree(newsroom_processes[0].folder / "pages", ignore_errors=True)
    for process in newsroom_processes:
        process.tell("forget")
    return newsroom_processes


@pytest.fixture
def newsroom(both: list[Process]) -> Process:
    return both[0]


@pytest.fixture
def start(both: list[Process], newsroom_database: str) -> Iterator[Callable[..., Process]]:
    """Returns a function that starts one more process of the newsroom, with other variables if need be."""
    with ExitStack() as stack:

        def start_one(**environment: str) -> Process:
            process = Process(both[0].folder, newsroom_database, **environment)
            stack.callback(process.end)
            return process

        yield start_one

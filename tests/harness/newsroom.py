"""A newsroom in processes of its own, on a database in a file (or on PostgreSQL, by DATABASE_URL)."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import urlsplit
from uuid import uuid4

import brotli
import psycopg
import pytest
from psycopg.sql import SQL, Identifier, Literal

DECODERS = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        decode: Callable[[bytes], bytes] = DECODERS[self.headers.get("content-encoding", "")]
        return decode(self.body).decode()

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
        self.send(name, *arguments)
        return self.hear()

    def send(self, name: str, *arguments: Any) -> None:
        """Has the process do ``name`` while we do something else."""
        assert self._process.stdin
        print(json.dumps([name, arguments]), file=self._process.stdin, flush=True)

    def hear(self) -> Any:
        """Waits for what the process answers to ``send``."""
        assert self._process.stdout
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
        """Lets the process go, by force if it is still busy: the test has failed then."""
        if self._process.poll() is not None:
            return
        try:
            self._process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()

    def _answer(self, told: dict[str, Any]) -> Answer:
        return Answer(told["status"], told["headers"], told["body"].encode("latin-1"))


class SqliteFile:
    """A database in a file."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "newsroom.sqlite3"
        self.address = f"sqlite:///{self._file}"

    def take_away(self) -> None:
        self._file.rename(self._file.with_suffix(".away"))

    def give_back(self) -> None:
        self._file.with_suffix(".away").rename(self._file)

    def drop(self) -> None:
        pass  # pytest keeps its folders tidy


class PostgresDatabase:
    """A database of its own on the server of ``DATABASE_URL``."""

    def __init__(self, server: str) -> None:
        self._name = f"newsroom_{uuid4().hex[:8]}"
        self._server = server
        self.address = urlsplit(server)._replace(path=f"/{self._name}").geturl()
        self._run("CREATE DATABASE {name}")

    def take_away(self) -> None:
        self._run("ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        self._run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {text}")

    def give_back(self) -> None:
        self._run("ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    def drop(self) -> None:
        self._run("DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: LiteralString) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(SQL(statement).format(name=Identifier(self._name), text=Literal(self._name)))


Database = SqliteFile | PostgresDatabase


@contextmanager
def new_database(folder: Path) -> Iterator[Database]:
    server = os.environ.get("DATABASE_URL", "")
    database = PostgresDatabase(server) if server.startswith("postgres") else SqliteFile(folder)
    try:
        yield database
    finally:
        database.drop()


@pytest.fixture(scope="session")
def newsroom_processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Process]]:
    folder = tmp_path_factory.mktemp("newsroom")
    with new_database(folder) as database, ExitStack() as stack:
        processes = [Process(folder, database.address) for _ in range(2)]
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
def database(tmp_path: Path) -> Iterator[Database]:
    """Yields a database for one test alone, which may take it away."""
    with new_database(tmp_path) as database:
        yield database


@pytest.fixture
def start(database: Database, tmp_path: Path) -> Iterator[Callable[..., Process]]:
    """Returns a function that starts a process of a newsroom of its own, with other variables if need be."""
    with ExitStack() as stack:

        def start_one(**environment: str) -> Process:
            process = Process(tmp_path, database.address, **environment)
            stack.callback(process.end)
            return process

        open_newsroom(start_one())
        yield start_one


def open_newsroom(opener: Process) -> None:
    """Has ``opener`` fill its database as a newsroom begins, and ends it."""
    opener.tell("migrate")
    opener.change("found")
    opener.end()

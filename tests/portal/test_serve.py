"""`make run` is `manage.py serve --prepare`: the programs here are the real ones, on a port of their own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings

Manage = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def manage(tmp_path: Path) -> Iterator[Manage]:
    """Returns a function that starts ``manage.py words``; its output ends when all that it started has ended."""
    data = {"PORTAL_DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3"}
    with ExitStack() as started:

        def manage(*words: str, **environment: object) -> subprocess.Popen[str]:
            process = subprocess.Popen(
                [sys.executable, "manage.py", *words],
                cwd=settings.BASE_DIR,
                env=os.environ | data | {name: str(value) for name, value in environment.items()},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            started.enter_context(process)
            started.callback(process.kill)
            return process

        yield manage


def status(process: subprocess.Popen[str], port: int, path: str) -> int:
    """Returns the status that ``path`` answers with, once the web server listens."""
    while process.poll() is None:
        with suppress(OSError), closing(HTTPConnection("127.0.0.1", port)) as connection:
            connection.request("GET", path)
            return connection.getresponse().status
    raise AssertionError(process.communicate()[0])


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_and_stops_cleanly(manage: Manage, port: int, signum: signal.Signals) -> None:
    assert manage("migrate", "--verbosity=0").communicate()[0] == ""
    serve = manage("serve", PORT=port)
    assert status(serve, port, "/healthz") == 200
    serve.send_signal(signum)
    output = serve.communicate(timeout=60)[0]
    assert serve.returncode == 0, output
    assert f"http://127.0.0.1:{port}/admin/" in output


def test_it_stops_the_web_server_when_the_task_worker_ends(manage: Manage, port: int) -> None:
    serve = manage("serve", PORT=port)  # without a database the worker cannot go on
    output = serve.communicate(timeout=60)[0]
    assert serve.returncode == 1
    assert "Stopped: the task worker ended by itself (exit code 1)." in output


def test_it_says_that_the_port_is_taken(manage: Manage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        serve = manage("serve", "--prepare", PORT=port)
        output = serve.communicate(timeout=60)[0]
    assert (serve.returncode, output.count("\n")) == (1, 1)
    assert f"Port {port}: Address already in use." in output


@pytest.mark.parametrize("port", ["none", "0", "70000", "٣", "8" * 5000])
def test_it_refuses_what_is_no_port_in_one_sentence(manage: Manage, port: str) -> None:
    serve = manage("serve", PORT=port)
    output = serve.communicate(timeout=60)[0]
    assert (serve.returncode, output.count("\n")) == (1, 1)
    assert output.startswith("PORT must be a whole number from 1 to 65535")

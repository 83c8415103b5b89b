"""The programs here are real: each says that it waits, and the output ends when the last of them is gone."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings

SUPERVISOR = "from lib.supervisor import Supervisor; print('ended:', Supervisor({commands}).run())"
WAIT = "import os, signal, time; os.write(1, b'waits\\n'); time.sleep(600)"
WAITS = [sys.executable, "-c", WAIT]
STUBBORN = [sys.executable, "-c", WAIT.replace(";", "; signal.signal(15, signal.SIG_IGN);", 1)]
ENDS = [sys.executable, "-c", "raise SystemExit(3)"]

Supervise = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def supervise() -> Iterator[Supervise]:
    """Returns a function that starts ``commands`` under a supervisor, and waits until so many of them wait."""
    with ExitStack() as started:

        def supervise(waiting: int, **commands: list[str]) -> subprocess.Popen[str]:
            command = [sys.executable, "-c", SUPERVISOR.format(commands=commands)]
            supervisor = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)
            started.enter_context(supervisor)
            started.callback(supervisor.kill)
            assert supervisor.stdout
            assert [supervisor.stdout.readline() for _ in range(waiting)] == ["waits\n"] * waiting
            return supervisor

        yield supervise


def test_it_stops_all_when_asked(supervise: Supervise) -> None:
    supervisor = supervise(waiting=2, web=WAITS, tasks=WAITS)
    supervisor.terminate()
    assert supervisor.communicate(timeout=30)[0] == "ended: \n"


def test_it_stops_all_when_one_ends(supervise: Supervise) -> None:
    supervisor = supervise(waiting=0, web=ENDS, tasks=WAITS)
    assert "ended: web ended by itself (exit code 3)\n" in supervisor.communicate(timeout=30)[0]


def test_it_kills_what_does_not_stop_on_a_second_ctrl_c(supervise: Supervise) -> None:
    supervisor = supervise(waiting=1, web=STUBBORN)
    supervisor.terminate()
    while supervisor.poll() is None:
        supervisor.send_signal(signal.SIGINT)
    assert supervisor.communicate(timeout=30)[0] == "ended: \n"


def test_it_leaves_nothing_behind_when_it_is_killed_itself(supervise: Supervise) -> None:
    supervisor = supervise(waiting=2, web=WAITS, tasks=WAITS)
    supervisor.kill()
    assert supervisor.communicate(timeout=30)[0] == ""

"""The programs here are real: each says that it waits, and the output ends when the last of them is gone."""

import signal
import subprocess
import sys

from django.conf import settings

SUPERVISOR = "from lib.supervisor import Supervisor; print('ended:', Supervisor({commands}).run())"
WAITS = [sys.executable, "-c", "print('waits', flush=True); import time; time.sleep(600)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(15, signal.SIG_IGN); print('waits', flush=True); time.sleep(600)",
]
ENDS = [sys.executable, "-c", "raise SystemExit(3)"]


def supervise(waiting: int, **commands: list[str]) -> subprocess.Popen[str]:
    """Starts ``commands`` under a supervisor and returns it once ``waiting`` of them wait."""
    program = SUPERVISOR.format(commands=commands)
    command = [sys.executable, "-u", "-c", program]
    supervisor = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout
    for _ in range(waiting):
        assert supervisor.stdout.readline() == "waits\n"
    return supervisor


def test_it_stops_all_when_asked() -> None:
    supervisor = supervise(waiting=2, web=WAITS, tasks=WAITS)
    supervisor.terminate()
    assert supervisor.communicate(timeout=30)[0] == "ended: \n"


def test_it_stops_all_when_one_ends() -> None:
    supervisor = supervise(waiting=0, web=ENDS, tasks=WAITS)
    assert "ended: web ended by itself (exit code 3)\n" in supervisor.communicate(timeout=30)[0]


def test_it_kills_what_does_not_stop_on_a_second_ctrl_c() -> None:
    supervisor = supervise(waiting=1, web=STUBBORN)
    supervisor.terminate()
    while supervisor.poll() is None:
        supervisor.send_signal(signal.SIGINT)
    assert supervisor.communicate(timeout=30)[0] == "ended: \n"


def test_it_leaves_nothing_behind_when_it_is_killed_itself() -> None:
    supervisor = supervise(waiting=2, web=WAITS, tasks=WAITS)
    supervisor.kill()
    assert supervisor.communicate(timeout=30)[0] == ""

"""Runs several programs as one: they start together, and when one ends, all end."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1  # linux/prctl.h


class Supervisor:
    """Starts ``commands`` (name → words) and stops them together.

    Ctrl-C, SIGTERM or SIGHUP lets them finish what they are doing for ``grace`` seconds; one more Ctrl-C
    kills them. Each runs in a process group of its own, so that Ctrl-C reaches only the supervisor.
    """

    def __init__(self, commands: Mapping[str, list[str]], keep: Sequence[int] = (), grace: float = 30) -> None:
        self.commands = commands
        self.keep = keep  # file descriptors that the programs inherit
        self.grace = grace
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = self.impatient = False

    def run(self) -> str:
        """Returns once all have ended: "" when asked to stop, else which one ended by itself, and how."""
        for signum in STOP_SIGNALS:
            signal.signal(signum, self._asked_to_stop)
        try:
            for name, command in self.commands.items():
                self.children[name] = self._start(command)
            return self._watch()
        finally:
            self._stop()

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, start_new_session=True, pass_fds=self.keep, preexec_fn=_end_with_us)

    def _asked_to_stop(self, signum: int, frame: FrameType | None) -> None:
        self.impatient |= self.stopping and signum == signal.SIGINT
        self.stopping = True

    def _watch(self) -> str:
        while not self.stopping:
            for name, child in self.children.items():
                if child.poll() is not None:
                    return f"{name} ended by itself (exit code {child.returncode})"
            time.sleep(0.1)
        return ""

    def _stop(self) -> None:
        self.stopping = True
        for child in self._running():
            child.terminate()
        deadline = time.monotonic() + self.grace
        while self._running():
            if self.impatient or time.monotonic() > deadline:
                self._kill()
            time.sleep(0.05)

    def _kill(self) -> None:
        for child in self._running():
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()

    def _running(self) -> list[subprocess.Popen[bytes]]:
        return [child for child in self.children.values() if child.poll() is None]


def _end_with_us() -> None:
    """Runs in the child: on Linux it is told to stop even when the supervisor itself is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

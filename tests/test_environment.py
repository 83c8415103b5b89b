"""bin/environment, which `make run` and `make test` begin with."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A clone in which nothing is installed, and nothing is asked for."""
    shutil.copytree(settings.BASE_DIR / "bin", tmp_path / "bin")
    (tmp_path / "requirements").mkdir()
    for pins in ("runtime", "dev"):
        (tmp_path / "requirements" / f"{pins}.txt").touch()
    return tmp_path


def environment(project: Path, pins: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [str(project / "bin" / "environment"), pins]
    return subprocess.run(command, env=os.environ | variables, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("python", ["no-such-python", "false"])
def test_it_asks_for_python_in_one_sentence(project: Path, python: str) -> None:
    answer = environment(project, "runtime", PYTHON=python)
    assert answer.returncode == 1
    assert answer.stderr.startswith("Python 3.11 or newer is needed")
    assert not (project / ".venv").exists()


def test_it_makes_the_environment_once_for_the_same_pins(project: Path) -> None:
    first = environment(project, "dev", PYTHON=sys.executable)
    assert first.returncode == 0, first.stderr
    assert (project / ".venv" / "bin" / "python").exists()
    again = [environment(project, pins) for pins in ("dev", "runtime")]
    assert [(answer.returncode, answer.stdout) for answer in again] == [(0, ""), (0, "")]
    (project / "requirements" / "runtime.txt").write_text("# another\n")
    assert "Installing" in environment(project, "runtime", PYTHON=sys.executable).stdout

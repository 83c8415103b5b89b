"""A wrong value in the environment stops the start with one sentence that names it."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORTAL_BASE_URL", "news.example"),
        ("PORTAL_LANGUAGE", "de"),
        ("PORTAL_TIME_ZONE", "Moscow"),
        ("PORTAL_DEMO", "perhaps"),
        ("PORTAL_PAGE_CACHE_MB", "many"),
        ("DATABASE_URL", "mysql://127.0.0.1/portal"),
    ],
)
def test_it_tells_a_wrong_value_in_one_sentence(variable: str, value: str) -> None:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "check"]
    environment = os.environ | {"PORTAL_DATA_DIR": str(settings.DATA_DIR), variable: value}
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode != 0
    assert variable in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def test_it_needs_a_secret_key_for_a_public_address() -> None:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "check"]
    public = {"PORTAL_BASE_URL": "https://news.example", "PORTAL_DATA_DIR": str(settings.DATA_DIR)}
    environment = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"} | public
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (answer.returncode != 0, "SECRET_KEY" in answer.stderr) == (True, True)

"""What every test stands on: no network beyond this machine, translations compiled, browsers."""

from uuid import uuid4

import pytest
from django.core.management import call_command
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

pytest_plugins = ["tests.harness.browser", "tests.harness.newsroom", "tests.harness.site", "tests.people"]

# An ordinary run tries the same examples each time: a failure is never luck. `make trial` explores.
hypothesis_settings.register_profile("default", deadline=None, derandomize=True)
hypothesis_settings.register_profile("trial", deadline=None, derandomize=False, max_examples=5_000)
hypothesis_settings.load_profile("default")


def pytest_configure(config: pytest.Config) -> None:
    """Compiles the translations once, before pytest-xdist starts its workers."""
    if not hasattr(config, "workerinput"):
        call_command("compilemessages", verbosity=0)


@pytest.fixture(autouse=True)
def own_throttles(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Counts the requests of each test apart: all of them come from one address, many within one minute."""
    settings.THROTTLE_DIR = tmp_path_factory.getbasetemp() / "throttles" / uuid4().hex

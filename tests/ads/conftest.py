"""An advertiser's booking, and the spool of this test alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

READER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


@pytest.fixture(autouse=True)
def spool_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.SPOOL_DIR = tmp_path / "spool"
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "spool" / "ads"


@pytest.fixture
def reader(client: Client) -> Client:
    """A reader with an ordinary browser."""
    client.defaults["HTTP_USER_AGENT"] = READER
    return client


@pytest.fixture
def count() -> Callable[[], None]:
    """Returns a function that adds what waits in the spool to the counts."""

    def count() -> None:
        call_command("count", verbosity=0)

    return count


@pytest.fixture
def adas(db: None) -> Client:
    """A browser in which Ada, the ad manager, is signed in."""
    call_command("migrate", verbosity=0)
    ada = User.objects.create_user("ada", password="ada-ada-ada-ada", is_staff=True)
    ada.groups.add(Group.objects.get(name="Ad manager"))
    client = Client()
    client.force_login(ada)
    return client

"""The people of the newsroom, one for each kind of right."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client


@pytest.fixture
def erin(db: None) -> User:
    """An editor: writes and publishes everything."""
    user = User.objects.create_user("erin", password="erin-erin-erin", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label__in=["articles", "portal"]))
    return user


@pytest.fixture
def walt(db: None) -> User:
    """A reporter: writes, but does not publish."""
    user = User.objects.create_user("walt", password="walt-walt-walt", is_staff=True)
    wanted = ["view_article", "add_article", "change_article", "view_media", "add_media", "change_media"]
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="articles", codename__in=wanted))
    return user


@pytest.fixture
def mona(db: None) -> User:
    """A moderator: decides about comments and nothing else."""
    user = User.objects.create_user("mona", password="mona-mona-mona", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="comments", codename="can_moderate"))
    return user


@pytest.fixture
def monas(mona: User, client: Client) -> Client:
    """A browser in which Mona is signed in."""
    client.force_login(mona)
    return client


@pytest.fixture
def rita(db: None) -> User:
    """A reader with a login and no rights."""
    return User.objects.create_user("rita", password="rita-rita-rita")


@pytest.fixture
def erins(erin: User, client: Client) -> Client:
    """A browser in which Erin is signed in."""
    client.force_login(erin)
    return client


@pytest.fixture
def walts(walt: User, client: Client) -> Client:
    """A browser in which Walt is signed in."""
    client.force_login(walt)
    return client

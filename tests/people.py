"""The people of the newsroom, one for each kind of right."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client


@pytest.fixture
def erin(db: None) -> User:
    """She may do everything: writes, edits and publishes every story, and arranges the front page."""
    user = User.objects.create_user("erin", password="erin-erin-erin", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label__in=["articles", "portal"]))
    return user


WRITING = ("view_article", "add_article", "change_article", "view_media", "add_media", "change_media")


def make_person(name: str, *rights: str) -> User:
    """Returns somebody at the desk who writes, and has further ``rights`` to articles."""
    user = User.objects.create_user(name, password=f"{name}-{name}-{name}", is_staff=True)
    wanted = Permission.objects.filter(content_type__app_label="articles", codename__in=(*WRITING, *rights))
    user.user_permissions.set(wanted)
    return user


@pytest.fixture
def walt(db: None) -> User:
    """A reporter: writes stories of his own, and publishes none."""
    return make_person("walt")


@pytest.fixture
def edith(db: None) -> User:
    """An editor: edits every story, marks it ready, and publishes none."""
    return make_person("edith", "edit_every_article")


@pytest.fixture
def paula(db: None) -> User:
    """A publisher: edits and publishes every story."""
    return make_person("paula", "edit_every_article", "publish_article", "delete_article", "delete_for_good")


@pytest.fixture
def sam(db: None) -> User:
    """A section editor: edits and publishes what stands in the sections in his charge. Tests name these."""
    return make_person("sam", "publish_article")


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
def ediths(edith: User, client: Client) -> Client:
    """A browser in which Edith is signed in."""
    client.force_login(edith)
    return client


@pytest.fixture
def sams(sam: User, client: Client) -> Client:
    """A browser in which Sam is signed in."""
    client.force_login(sam)
    return client


@pytest.fixture
def walts(walt: User, client: Client) -> Client:
    """A browser in which Walt is signed in."""
    client.force_login(walt)
    return client

"""One sign-in for each role of the demo newsroom."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.utils.functional import Promise

from articles.models import Category, Remit
from portal.demo.data import read
from portal.roles import ADMINISTRATOR, TITLES

_PEOPLE = read("people")
PASSWORD: str = _PEOPLE["password"]


@dataclass(frozen=True)
class SignIn:
    username: str
    first_name: str
    last_name: str
    role: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def title(self) -> str | Promise:
        """The role, translated."""
        return TITLES[self.role]


SIGN_INS = [SignIn(**each) for each in _PEOPLE["signins"]]


def sign_up() -> dict[str, User]:
    """Makes the users of the demo; returns them by their usernames."""
    return {each.username: _user(each) for each in SIGN_INS}


def put_in_charge(users: dict[str, User], categories: dict[str, Category]) -> None:
    """Gives the section editor a section."""
    Remit.objects.create(user=users["sectioneditor"], category=categories["kultura"])


def _user(person: SignIn) -> User:
    is_admin = person.role == ADMINISTRATOR
    names = {"first_name": person.first_name, "last_name": person.last_name}
    user = User.objects.create_user(person.username, password=PASSWORD, is_staff=True, is_superuser=is_admin, **names)
    if not is_admin:
        user.groups.add(Group.objects.get(name=person.role))
    return user

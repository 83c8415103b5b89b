"""Asks every address of the desk as every role and writes down what is answered, as a table."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from itertools import groupby
from typing import Any, ClassVar

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client

from tests.harness.addresses import Address, addresses, path_to
from tests.harness.sending import sent
from tests.harness.staff import STAFF, Newsroom

ROLES = ("Anonymous", *STAFF)
ANSWERS = {400: "400", 403: "refused", 404: "hidden", 405: "405", 409: "409", 422: "422", 423: "held"}
QUIET = ("session", "articles_presence", "articles_hold")
"""Tables that tell who is there; writing them changes nothing for anybody else."""
OF_ONE = ("/change/", "/delete/", "/history/", "/password/")
LEGEND = """\
What the desk answers: address × method (and what is sent) × thing × role. Written by tests/portal/test_role_matrix.py.

open      a page, or a way on; nothing was written        400, 422  let in, and what was sent does not fit
writes    something was written                           405       the address does not take this method
sign-in   led to the sign-in page                         409       let in, and the state of the thing is against it
refused   403                                             410       the link is spent
hidden    404, or led away as if there were nothing
"""

Row = tuple[str, str, str, tuple[str, ...]]
"""A route, a method with what is sent, a thing, and an answer for each role."""


PARTS = {"stories": "admin/articles/article/", "newsroom": "admin/articles/", "site": "admin/"}
"""The tables, each with the addresses that begin so and are in none before it."""


def part_of(route: str) -> str:
    return next(name for name, beginning in PARTS.items() if route.startswith(beginning))


def generated(room: Newsroom, part: str) -> list[Row]:
    """Returns the rows of one of ``PARTS``."""
    browsers = {role: Browser(room, role) for role in ROLES}
    rows: list[Row] = []
    not_taken: dict[tuple[str, str], tuple[str, ...]] = {}
    for address in (each for each in addresses() if part_of(each.route) == part):
        for method in ("GET", *sent(address)):
            key = address.route, method
            answers = not_taken.get(key) or tuple(browsers[role].ask(address, method) for role in ROLES)
            if set(answers[1:]) == {"405"}:  # whatever it is about
                not_taken[key] = answers
            rows.append((*key, address.thing, answers))
    return rows


class Remembering(ModelBackend):
    """Knows the people and their rights, which stay as they are, without asking for them each time."""

    people: ClassVar[dict[int, User]] = {}

    def get_user(self, user_id: Any) -> User:
        if user_id not in self.people:
            person = User.objects.get(pk=user_id)
            person.get_all_permissions()
            self.people[user_id] = person
        return copy(self.people[user_id])


class Browser:
    """Somebody of a role who is signed in, and asks as if everything before had not been."""

    def __init__(self, room: Newsroom, role: str) -> None:
        self.room, self.role = room, role
        self.client = Client(raise_request_exception=False)
        if role in STAFF:
            Remembering.people.pop(room.people[role].pk, None)
            self.client.force_login(room.people[role], f"{__name__}.{Remembering.__name__}")
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def ask(self, address: Address, method: str) -> str:
        path = path_to(self.room, self.role, address)
        data = None if method == "GET" else sent(address)[method](self.room, self.role, address)
        with written() as tables:
            answer = self.answer(path, data)
        return told(answer, path, has_written=data is not None and bool(tables))

    def answer(self, path: str, data: dict[str, Any] | None = None) -> Any:
        """Returns what a GET is answered, or a POST of ``data``."""
        self.client.cookies.clear()
        for name, value in self.cookies.items():
            self.client.cookies[name] = value
        with transaction.atomic():
            answer = self.client.get(path) if data is None else self.client.post(path, data)
            transaction.set_rollback(True)
        return answer


@contextmanager
def written() -> Iterator[list[str]]:
    """Collects the statements that write, but for those into ``QUIET`` tables."""
    found: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not any(table in sql.split('"')[1] for table in QUIET):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


def told(answer: Any, path: str, *, has_written: bool) -> str:
    code, leads = answer.status_code, answer.headers.get("Location", "")
    if code == 302 and leads.startswith("/admin/login/") and not path.startswith("/admin/log"):
        return "sign-in"
    if code == 302 and leads == "/admin/" and path.endswith(OF_ONE):
        return "hidden"  # as Django answers for what a queryset leaves out
    if code < 400:
        return "writes" if has_written else "open"
    return ANSWERS.get(code, str(code))


def table(rows: list[Row]) -> str:
    """Returns the rows as text; things of which the same is true stand in one line."""
    lines = [LEGEND]
    for route, of_route in groupby(rows, key=lambda row: row[0]):
        lines += ["", route, _line("", "", tuple(ROLES))]
        methods: dict[str, dict[tuple[str, ...], list[str]]] = {}
        for _route, method, thing, answers in of_route:
            methods.setdefault(method, {}).setdefault(answers, []).append(thing)
        for method, by_answers in methods.items():
            for answers, things in by_answers.items():
                lines += _lines(method, things, answers, is_any=len(by_answers) == 1)
    return "\n".join(lines) + "\n"


def _lines(method: str, things: list[str], answers: tuple[str, ...], *, is_any: bool) -> list[str]:
    if is_any and len(things) > 1:
        return [_line(method, "any", answers)]
    return [_line(method, thing, answers) for thing in things]


def _line(method: str, thing: str, answers: tuple[str, ...]) -> str:
    cells = "".join(f"{answer:<{max(len(role), 7) + 2}}" for role, answer in zip(ROLES, answers, strict=True))
    return f"  {method:<22}{thing:<35}{cells}".rstrip()

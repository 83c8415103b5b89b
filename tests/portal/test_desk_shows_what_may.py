"""Whatever the desk shows to a role, it may use: every link leads somewhere, every button is answered."""

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.template.backends.django import Template
from django.urls import resolve, reverse
from lxml import html
from pytest_django import Settings

from tests.harness.matrix import Browser, Remembering
from tests.harness.staff import STAFF, Newsroom, open_newsroom

pytestmark = pytest.mark.django_db
REFUSALS = {403, 404, 405, 500}
EACH = 2
"""So many links of a kind are tried on a page; the rows of a list are alike."""
LOOKED_AT = (
    *("own draft", "own review", "own live", "another's review", "another's live"),
    *("in section, review", "in section, live", "own binned"),
)
WORK = {"Articles", "Media"}
MENUS = {
    "Reporter": WORK,
    "Editor": WORK | {"Comments"},
    "Section editor": WORK,
    "Publisher": WORK | {"Front page", "Comments", "Settings"},
    "Moderator": {"Comments"},
    "Ad manager": {"Advertising"},
    "Administrator": WORK | {"Front page", "Comments", "Advertising", "Settings"},
}


@pytest.fixture
def room(settings: Settings) -> Iterator[Newsroom]:
    settings.AUTHENTICATION_BACKENDS = [f"{Remembering.__module__}.{Remembering.__name__}"]
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if not each.startswith("zeal.")]
    settings.LANGUAGE_CODE = "en"
    logging.disable()
    yield open_newsroom()
    logging.disable(logging.NOTSET)


@contextmanager
def bare_pages() -> Iterator[None]:
    """Leaves templates out while only the answer counts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", lambda self, context=None, request=None: "")
        yield


class Visitor:
    """Somebody of a role who looks at a page of every kind and presses whatever stands there."""

    def __init__(self, room: Newsroom, role: str) -> None:
        self.browser = Browser(room, role)
        self.looked_at: list[str] = []
        self.kinds: set[str] = set()
        self.tried: dict[Any, int] = {}
        self.sheets = _sheets(room, role)
        self.waiting = ["/admin/", *self.sheets]

    def refused(self) -> Iterator[str]:
        """Yields what is shown and refused: on which page, what, and the answer."""
        while self.waiting:
            path = self.waiting.pop(0)
            if path in self.looked_at or (_kind(path) in self.kinds and path not in self.sheets):
                continue
            self.looked_at.append(path)
            self.kinds.add(_kind(path))
            answer = self.browser.answer(path)
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                yield from self._pressed(path, html.fromstring(answer.content))

    def _pressed(self, path: str, page: Any) -> Iterator[str]:
        found = [*_links(path, page), *_buttons(path, page)]
        kinds: Counter[Any] = Counter()
        for method, target, data in found:
            kind = method, _kind(target), tuple(data or ())
            kinds[kind] += 1
            if kinds[kind] > EACH:
                continue
            code = self._tried(target, data)
            if code in REFUSALS:
                yield f"{path}: {method} {target} {list((data or {}).items())[-1:]} answers {code}"
            elif method == "GET":
                self.waiting.append(target)

    def _tried(self, target: str, data: dict[str, Any] | None) -> int:
        key = target, str(data)
        if key not in self.tried:
            with bare_pages():
                self.tried[key] = self.browser.answer(target, data).status_code
        return self.tried[key]


def _sheets(room: Newsroom, role: str) -> list[str]:
    if role in {"Moderator", "Ad manager"}:
        return []
    stories = {**room.things, **room.own[role]}
    return [reverse("admin:articles_article_change", args=[stories[name].pk]) for name in LOOKED_AT]


def _kind(target: str) -> str:
    return resolve(urlsplit(target).path).route


def _links(path: str, page: Any) -> Iterator[tuple[str, str, None]]:
    for link in page.iter("a"):
        target = urljoin(path, link.get("href", "#")).partition("#")[0]
        if target.startswith("/admin/") and target != path:
            yield "GET", target, None


def _buttons(path: str, page: Any) -> Iterator[tuple[str, str, dict[str, Any] | None]]:
    for form in page.forms:
        values = [(name, value) for name, value in form.form_values() if name]
        for button in form.xpath(".//button[not(@type='button')] | .//input[@type='submit']"):
            target = urljoin(path, button.get("formaction") or form.get("action") or path).partition("#")[0]
            if not target.startswith("/admin/") or button.get("disabled") is not None:
                continue
            pressed = [(button.get("name"), button.get("value") or "")] if button.get("name") else []
            method = (button.get("formmethod") or form.method).upper()
            data: dict[str, Any] = {}
            for name, value in [*values, *pressed]:
                data.setdefault(name, []).append(value)
            yield method, target, data if method == "POST" else None


@pytest.mark.parametrize("role", STAFF)
def test_it_shows_nothing_that_it_refuses(room: Newsroom, role: str) -> None:
    visitor = Visitor(room, role)
    refused = list(visitor.refused())
    assert len(visitor.kinds) > 4
    assert not refused, "\n".join(refused)


def test_it_shows_each_role_its_work_in_the_menu(room: Newsroom) -> None:
    for role in STAFF:
        menu = Browser(room, role).answer("/admin/").context["desk_menu"]
        assert {str(group.label) for group in menu} == MENUS[role], role


@pytest.mark.parametrize("role", ["Moderator", "Ad manager"])
def test_it_names_no_draft_to_who_sees_none(room: Newsroom, role: str) -> None:
    visitor, browser = Visitor(room, role), Browser(room, role)
    assert list(visitor.refused()) == []
    pages = [browser.answer(path).text for path in visitor.looked_at]
    assert pages and not [page for page in pages if "olga: draft" in page or "olga: review" in page]

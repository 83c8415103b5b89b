"""Browsers: the system's Chromium, offline, and a test fails on anything the console complains about."""

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from tests.harness import chromium

# Playwright's loop runs in the thread of the test, which is otherwise plain synchronous Django.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

LAUNCH_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
# Notes everything that moves after it was drawn: by how much, and the classes of what moved.
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    window.shifts.push([entry.value, ...entry.sources.map((each) => each.node?.className)]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
# Preloading would write a <style> into the page, which the content policy refuses.
WCAG_22_AA = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "preload": False}
EDITOR_SETTLES = "new Promise(done => setTimeout(done, 60))"

expect.set_options(timeout=30_000)  # as long as actions may take: a busy machine is no fault of a page

OpenPage = Callable[..., Page]
CheckAccessibility = Callable[[Page], None]


def signed_in(page: Page, site: str, name: str = "erin", to: str = "/admin/") -> Page:
    """Signs in one of ``tests/people.py``, whose passwords are their names three times, and opens ``to``."""
    page.goto(f"{site}/admin/login/?next={to}")
    page.fill("#id_username", name)
    page.fill("#id_password", f"{name}-{name}-{name}")
    page.click("#login-form [type=submit]")
    page.wait_for_url(site + to)
    return page


class Complaints(list[str]):
    """What browsers complained about in this test; content policy violations are among the console's errors."""

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.append(f"script error: {error.error}"))
        context.on("request", self._request)

    def expect(self, words: str) -> None:
        """Takes out the complaints that contain ``words``; fails if there is none."""
        expected = [complaint for complaint in self if words in complaint]
        assert expected, f"No complaint says «{words}», only {list(self)}"
        self[:] = [complaint for complaint in self if complaint not in expected]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.append(f"console {message.type}: {message.text} ({message.location.get('url')})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(("http://localhost:", "http://127.0.0.1:", "data:", "blob:", "about:")):
            self.append(f"request beyond this machine: {request.url}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | {"executable_path": chromium.find(), "args": LAUNCH_ARGS}


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Whatever is left in here when the browsers of the test are closed fails it."""
    complaints = Complaints()
    yield complaints
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def site_outlives_browsers(request: pytest.FixtureRequest) -> None:
    if "site" in request.fixturenames:
        request.getfixturevalue("site")


@pytest.fixture
def open_page(
    complaints: Complaints, site_outlives_browsers: None, new_context: Callable[..., BrowserContext]
) -> OpenPage:
    """Returns a function that opens a page of a reader of its own: ``open_page(width=360, locale="en")``."""

    def open_page(width: int = 1280, height: int = 900, **options: Any) -> Page:
        options = {"locale": "ru-RU", "viewport": {"width": width, "height": height}} | options
        context = new_context(**options)
        complaints.watch(context)
        return context.new_page()

    return open_page


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A desktop, 1280 px wide."""
    return open_page()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A phone, 360 px wide."""
    return open_page(width=360, height=740, has_touch=True, is_mobile=True)


@pytest.fixture
def page_without_js(open_page: OpenPage) -> Page:
    return open_page(java_script_enabled=False)


@pytest.fixture(scope="session")
def axe() -> CheckAccessibility:
    """Returns a function that fails unless the page keeps WCAG 2.2 AA, as far as a machine can tell."""

    def axe(page: Page) -> None:
        violations = Axe().run(page, options=WCAG_22_AA).response["violations"]
        assert not violations, "\n".join(map(_told, violations))

    return axe


def _told(violation: dict[str, Any]) -> str:
    nodes = "\n".join(f"    {node['html']}\n      {node['failureSummary']}" for node in violation["nodes"])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}\n{nodes}"


def moved(page: Page) -> float:
    """Returns by how much things have moved since they were drawn (their layout shift); wants SHIFTS in the page."""
    return float(page.evaluate("window.shifts.reduce((sum, [value]) => sum + value, 0)"))


def wait_until(page: Page, condition: str, arg: Any = None) -> None:
    """Waits until ``condition`` (JavaScript) holds. ``Page.wait_for_function`` would ask within the page, where the
    content policy lets nobody evaluate words; only its first look passes."""
    deadline = time.monotonic() + 30
    while not page.evaluate(condition, arg):
        assert time.monotonic() < deadline, f"It never came to this: {condition}"
        page.wait_for_timeout(50)


def enter_text(page: Page) -> Locator:
    """Puts the focus into the text of an article. The editor sets the caret once more 20 ms later, and undoes what a
    key did to it before."""
    text = page.locator(".ProseMirror")
    text.focus()
    page.evaluate(EDITOR_SETTLES)
    return text


def move_caret(page: Page, *keys: str) -> None:
    """Presses keys that move the caret in a text. The browser tells the editor of it later than of the next key, if
    the machine is busy, and that key would do its work where the caret was before."""
    for key in keys:
        page.keyboard.press(key)
    page.evaluate(EDITOR_SETTLES)

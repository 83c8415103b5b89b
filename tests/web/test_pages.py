"""Every kind of page of the demo newsroom under the eyes of axe, of the Nu HTML checker and of Lighthouse."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.harness.browser import CheckAccessibility, OpenPage
from tests.web import lighthouse
from tests.web.crawl import Found

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
CATEGORIES = ("accessibility", "best-practices", "seo")
PAGE_BYTES = 60 * 1024


def test_it_leads_nowhere_that_is_not_there(found: Found) -> None:
    assert len(found.html) > 60
    assert found.broken == {}


def test_it_writes_html_without_an_error(found: Found, tmp_path: Path) -> None:
    names = {}
    for number, (path, html) in enumerate(found.html.items()):
        file = tmp_path / f"{number}.html"
        file.write_text(html)
        names[file.name] = path
    checker = ["java", "-jar", str(MODULES / "vnu-jar/build/dist/vnu.jar"), "--format", "json", "--exit-zero-always"]
    told = subprocess.run([*checker, str(tmp_path)], capture_output=True, text=True, check=True).stderr
    messages = [each for each in json.loads(told)["messages"] if each["type"] == "error" or each.get("subType")]
    assert "\n".join(f"{names[each['url'].rsplit('/', 1)[-1]]}: {told_by(each)}" for each in messages) == ""


def told_by(message: dict[str, Any]) -> str:
    return f"line {message.get('lastLine')}: {message['message']} «{message.get('extract', '').strip()}»"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_it_keeps_nobody_out(
    newsroom: str,
    found: Found,
    open_page: OpenPage,
    axe: CheckAccessibility,
    complaints: list[str],
    width: int,
    scheme: str,
) -> None:
    page = open_page(width=width, color_scheme=scheme)
    findings = {}
    one_of_each = [paths[0] for paths in found.kinds.values()]
    for path in one_of_each:
        page.goto(newsroom + path)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")  # the comment form and the ads come
        try:
            axe(page)
        except AssertionError as error:
            findings[path] = str(error)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            findings[path] = f"{findings.get(path, '')} wider than {width}"
    assert "\n".join(f"{path}: {finding}" for path, finding in findings.items()) == ""


@pytest.fixture(scope="session")
def three(found: Found) -> dict[str, str]:
    """Returns the pages that are measured: home, a category, the longest article."""
    articles = [
        path for kind in ("ru articles:article", "ru articles:article_short") for path in found.kinds.get(kind, [])
    ]
    return {
        "home": "/",
        "category": found.kinds["ru articles:category"][0],
        "article": max(articles, key=lambda path: len(found.html[path])),
    }


@pytest.mark.parametrize("name", ["home", "category", "article"])
def test_it_pleases_lighthouse(newsroom: str, three: dict[str, str], tmp_path: Path, name: str) -> None:
    report = lighthouse.look_at(newsroom + three[name], tmp_path / "report.json")
    scores = {each: report["categories"][each]["score"] for each in CATEGORIES}
    assert (scores, failed(report)) == (dict.fromkeys(CATEGORIES, 1), [])
    assert report["audits"]["cumulative-layout-shift"]["numericValue"] == 0
    sent = {
        item["resourceType"]: item["transferSize"] for item in report["audits"]["resource-summary"]["details"]["items"]
    }
    assert sent["document"] + sent["stylesheet"] + sent["script"] < PAGE_BYTES
    assert sent.get("third-party", 0) == 0


def failed(report: dict[str, Any]) -> list[str]:
    audits = [each["id"] for name in CATEGORIES for each in report["categories"][name]["auditRefs"]]
    return [f"{each}: {report['audits'][each]['title']}" for each in audits if report["audits"][each]["score"] == 0]

"""The rules of docs/architecture.md that no other tool can see."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Engine

ROOT: Path = settings.BASE_DIR
APPS = ("portal", "comments", "ads", "articles", "lib")
WIRING = ("portal/wiring.py", "lib/pagecache/")
TRUSTED_HTML = {
    "articles/body/blocks.py": "a text that was cleaned when it was saved",
    "lib/jsonld.py": "a data block, in which every character that could close it is escaped",
    "lib/pagecache/holes.py": "what a part of a page rendered, put back into that page",
}
"""Files that mark text as safe HTML, and why it is."""

ASKS_FOR = re.compile(r"{%\s*(load|include|extends)\s+(.+?)\s*%}")
LISTENS = re.compile(r"@receiver\b|(?<!sqlite3)\.connect\((?!\))")
TRUSTS = re.compile(r"\|\s*safe(seq)?\b|autoescape off|\bmark_safe\b|\bSafeString\(")
DATA_BLOCK = r'type="application/(ld\+)?json"'
INLINE = re.compile(rf"<script(?![^>]*(\bsrc=|\bnonce=|{DATA_BLOCK}))|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)


def test_it_keeps_the_import_contracts() -> None:
    answer = lint_imports(ROOT)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("articles/feeds.py", "import portal", "Imports go down only"),
        ("comments/forms.py", "from ads import slots", "Imports go down only"),
        ("lib/html.py", "def clean():\n    from articles import body", "Imports go down only"),
        ("ads/slots.py", "import articles", "Ads are given plain words"),
    ],
)
def test_it_answers_a_wrong_import_with_the_contract(tmp_path: Path, module: str, line: str, contract: str) -> None:
    for app in APPS:
        (tmp_path / app).mkdir()
        (tmp_path / app / "__init__.py").touch()
    for name in ("articles/body.py", "ads/slots.py", module):
        (tmp_path / name).write_text(line if name == module else "")
    answer = lint_imports(tmp_path)
    assert answer.returncode == 1
    assert re.search(rf"{contract}.* BROKEN", answer.stdout), answer.stdout


def test_it_keeps_parts_to_their_own_app() -> None:
    assert list(strangers(templates())) == []


def test_it_sees_a_part_that_uses_another_app(tmp_path: Path) -> None:
    part = tmp_path / "templates" / "articles" / "_card.html"
    part.parent.mkdir(parents=True)
    part.write_text('{% load l10n %}{% include "site/_time.html" %}{% include "comments/_count.html" %}')
    assert list(strangers([part])) == ["articles/_card.html: include comments"]


def test_it_listens_only_in_the_wiring() -> None:
    assert list(matches(LISTENS, python_files(), allowed=WIRING)) == []


def test_it_trusts_no_html_outside_the_list() -> None:
    assert list(matches(TRUSTS, [*python_files(), *templates()], allowed=tuple(TRUSTED_HTML))) == []


def test_it_writes_no_inline_style_script_or_handler() -> None:
    assert list(matches(INLINE, templates())) == []


@pytest.mark.parametrize(
    "inline", ["<script>1</script>", "<style>", '<p style="color: red">', '<a href="/" onclick="x()">']
)
def test_it_sees_what_the_content_policy_would_refuse(inline: str) -> None:
    assert INLINE.search(inline)


@pytest.mark.parametrize(
    "outside", ['<script type="module" src="/a.js">', '<script type="application/ld+json">', "<p>once=more</p>"]
)
def test_it_lets_through_what_the_content_policy_allows(outside: str) -> None:
    assert not INLINE.search(outside)


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    wide = os.environ | {"COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=wide, capture_output=True, text=True, check=False)


def python_files() -> Iterator[Path]:
    return (file for app in APPS for file in sorted((ROOT / app).rglob("*.py")) if "migrations" not in file.parts)


def templates() -> list[Path]:
    return sorted(ROOT.glob("templates/**/*.html")) + sorted(ROOT.glob("*/templates/**/*.html"))


def matches(
    pattern: re.Pattern[str], files: Iterator[Path] | list[Path], allowed: tuple[str, ...] = ()
) -> Iterator[str]:
    """Yields "file:line: text" for every line outside ``allowed`` that matches."""
    for file in files:
        name = str(file.relative_to(ROOT))
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if pattern.search(line) and not name.startswith(allowed):
                yield f"{name}:{number}: {line.strip()}"


def strangers(files: list[Path]) -> Iterator[str]:
    """Yields what parts (``templates/app/…/_name.html``) load, include or extend of another app."""
    for file in files:
        name = str(file).rpartition("/templates/")[2]
        app = name.split("/")[0]
        if file.name.startswith("_"):
            for verb, words in ASKS_FOR.findall(file.read_text()):
                owners = libraries(words) if verb == "load" else {words.strip("'\"").split("/")[0]}
                yield from (f"{name}: {verb} {owner}" for owner in sorted(owners - {app, "site"}))


def libraries(words: str) -> set[str]:
    """Returns which of our apps ``{% load words %}`` asks; portal's tags belong to ``site/``."""
    modules = Engine.get_default().libraries
    owners = {modules.get(name, "").split(".")[0] for name in words.rpartition(" from ")[2].split()}
    return {"site" if owner == "portal" else owner for owner in owners & {"portal", "comments", "ads", "articles"}}


def test_it_measures_type_in_what_a_reader_chose() -> None:
    """A size in pixels would stay as it is where a reader, or a browser, asks for larger letters."""
    of_the_desk_or_paper = {"print.css", "ads-desk.css", "moderation.css"}
    fixed = re.compile(r"\bfont(-size)?:[^;}]*\dpx")
    sheets = [each for each in (ROOT / "static" / "css").glob("*.css") if each.name not in of_the_desk_or_paper]
    assert [f"{each.name}: {found[0]}" for each in sheets for found in fixed.finditer(each.read_text())] == []

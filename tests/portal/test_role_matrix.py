"""Role × address of the desk × own or another's thing: what is answered stands in the tables beside this file.

``PORTAL_WRITE_MATRIX=1 pytest tests/portal/test_role_matrix.py`` writes it anew; look through the difference, cell by
cell, before you commit it.
"""

import logging
import os
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from django.template.backends.django import Template
from pytest_django import Settings

from tests.harness.matrix import PARTS, Remembering, generated, table
from tests.harness.staff import open_newsroom

pytestmark = pytest.mark.django_db
TABLES = Path(__file__).with_name("role_matrix")
AGAIN = "PORTAL_WRITE_MATRIX=1 pytest tests/portal/test_role_matrix.py"


@pytest.fixture
def bare_pages(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Leaves out the templates and the count of queries: who is let in is decided before both."""
    settings.AUTHENTICATION_BACKENDS = [f"{Remembering.__module__}.{Remembering.__name__}"]
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if not each.startswith("zeal.")]

    def render(self: Template, context: Any = None, request: Any = None) -> str:
        return ""

    monkeypatch.setattr(Template, "render", render)


@pytest.fixture
def no_log() -> Iterator[None]:
    """A refusal is logged with all that led to it, thousands of times."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("part", PARTS)
def test_it_answers_each_role_as_the_table_says(part: str, bare_pages: None, no_log: None) -> None:
    found, file = table(generated(open_newsroom(), part)), TABLES / f"{part}.txt"
    if "PORTAL_WRITE_MATRIX" in os.environ:
        file.write_text(found)
    kept = file.read_text()
    difference = "\n".join(
        unified_diff(kept.splitlines(), found.splitlines(), "the table", "the desk", lineterm="", n=4)
    )
    assert found == kept, f"The desk answers otherwise than the table says. To write it anew: {AGAIN}\n{difference}"


def test_it_breaks_nowhere() -> None:
    cells = [line.split() for file in TABLES.glob("*.txt") for line in file.read_text().splitlines()[12:]]
    assert not [cell for cells_of_line in cells for cell in cells_of_line if cell.startswith("50")]

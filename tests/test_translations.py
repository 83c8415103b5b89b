"""Every string is translated, and says with its numbers and names what the English says."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+# 0]*\d*(?:\.\d+)?[sdifr]|{\w*}")


@pytest.fixture(scope="module")
def russian() -> list[polib.POEntry]:
    files = [file for folder in settings.LOCALE_PATHS for file in Path(folder).glob("ru/LC_MESSAGES/*.po")]
    return [entry for file in files for entry in polib.pofile(str(file)) if not entry.obsolete]


def test_it_has_russian(russian: list[polib.POEntry]) -> None:
    assert russian


def test_it_translates_every_string(russian: list[polib.POEntry]) -> None:
    assert [entry.msgid for entry in russian if not all(said(entry))] == []


def test_it_leaves_no_guess_of_a_tool(russian: list[polib.POEntry]) -> None:
    assert [entry.msgid for entry in russian if entry.fuzzy] == []


def test_it_has_the_four_forms_of_a_russian_plural(russian: list[polib.POEntry]) -> None:
    plural = [entry for entry in russian if entry.msgid_plural]
    assert [entry.msgid for entry in plural if sorted(entry.msgstr_plural) != [0, 1, 2, 3]] == []


def test_it_keeps_numbers_and_names(russian: list[polib.POEntry]) -> None:
    assert [entry.msgid for entry in russian if any(loses_placeholders(entry))] == []


@pytest.mark.parametrize("msgstr", ["Осталось: %d", "Осталось", "Осталось: %(count)d, {name}"])
def test_it_sees_a_lost_or_invented_placeholder(msgstr: str) -> None:
    assert any(loses_placeholders(polib.POEntry(msgid="%(count)d left", msgstr=msgstr)))


def said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def loses_placeholders(entry: polib.POEntry) -> Iterator[bool]:
    meant = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    return (sorted(PLACEHOLDER.findall(msgstr)) != meant for msgstr in said(entry))

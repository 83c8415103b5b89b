"""The commands that make what is made from something else: translations, static files."""

import gettext
import os
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from pytest_django import Settings

from portal.management.commands.makemessages import Command as MakeMessages


@pytest.fixture
def catalog(tmp_path: Path, settings: Settings) -> Path:
    """A Russian catalog of one string."""
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    file = tmp_path / "locale" / "ru" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    translate(file, story="статья")
    return file


def translate(file: Path, **strings: str) -> None:
    catalog = polib.POFile()
    catalog.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalog.extend(polib.POEntry(msgid=msgid, msgstr=msgstr) for msgid, msgstr in strings.items())
    catalog.save(str(file))


def compiled(file: Path, msgid: str) -> str:
    with file.with_suffix(".mo").open("rb") as binary:
        return gettext.GNUTranslations(binary).gettext(msgid)


def test_it_compiles_translations_without_gettext(catalog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    call_command("compilemessages", verbosity=0)
    assert compiled(catalog, "story") == "статья"


def test_it_compiles_again_only_what_changed(catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("compilemessages")
    call_command("compilemessages")
    translate(catalog, story="материал")
    later = catalog.with_suffix(".mo").stat().st_mtime + 1
    os.utime(catalog, (later, later))
    call_command("compilemessages")
    assert compiled(catalog, "story") == "материал"
    assert capsys.readouterr().out == "Compiled ru/LC_MESSAGES/django.po\n" * 2


def test_it_tells_which_strings_are_not_in_the_catalog(catalog: Path, tmp_path: Path) -> None:
    template = tmp_path / "locale" / "django.pot"
    translate(template, story="", correction="")
    command = MakeMessages(stdout=None)
    command.check_only, command.new = True, set()
    command.write_po_file(str(template), "ru")
    assert command.new == {"correction"}


@pytest.mark.django_db
def test_it_collects_static_files_only_when_one_changed(tmp_path: Path, settings: Settings) -> None:
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [tmp_path / "sources"], tmp_path / "collected"
    source, collected = tmp_path / "sources" / "front.css", tmp_path / "collected" / "front.css"
    source.parent.mkdir()
    source.write_text("a {}")
    call_command("prepare")
    collected.unlink()
    call_command("prepare")
    assert not collected.exists()
    source.write_text("a { color: red }")
    call_command("prepare")
    assert collected.read_text() == "a { color: red }"

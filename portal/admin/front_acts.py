"""Reads what an editor sent from the front page screen: which act, with what."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.admin.front_forms import PinForm, ZoneForm
from portal.arranging import pins, undoing, zones
from portal.arranging.changes import Act, Gone, Spot
from portal.front import FrontChange, FrontZone

KEY = r"[0-9]{1,18}"


@dataclass(frozen=True)
class Wish:
    """What an editor wants done: the name of the record, and the act for ``changes.change``."""

    name: str
    act: Act
    focus: str = ""
    """Where on the screen the editor goes on: the id of an element."""


class Unfit(Exception):
    """The form that was sent has errors; it keeps what was typed."""

    def __init__(self, name: str, form: Any, zone: int = 0) -> None:
        super().__init__("The form has errors.")
        self.name = name
        self.form = form
        self.zone = zone


def wish(language: str, post: QueryDict, now: datetime) -> Wish:
    """Returns what ``post`` asks for. Raises Unfit, Gone, or BadRequest for what no button of the screen sends."""
    name, _colon, rest = post.get("act", "").partition(":")
    if name == "pin":
        return _pin(language, post, now)
    if name == "add":
        return _add(language, post)
    if name == "settle":
        return _settle(language, post, _numbers(rest, KEY)[0])
    reader = READERS.get(name)
    if reader is None:
        raise BadRequest("unknown act")
    return reader(language, rest, now)


def _numbers(text: str, pattern: str) -> list[int]:
    if re.fullmatch(pattern, text, re.ASCII) is None:
        raise BadRequest("malformed act")
    return [int(each) for each in re.findall(KEY, text)]


def focus_of(spot: Spot) -> str:
    return f"place-{spot.zone}-{spot.block}-{spot.number}"


def _pin(language: str, post: QueryDict, now: datetime) -> Wish:
    form = PinForm(post, now=now)
    if not form.is_valid():
        raise Unfit("pin", form)
    spot: Spot = form.cleaned_data["place"]
    until = form.end()
    return Wish("pin", lambda: pins.pin(language, form.cleaned_data["article"], spot, until, now), focus_of(spot))


def _add(language: str, post: QueryDict) -> Wish:
    form = ZoneForm(post, language=language)
    if not form.is_valid():
        raise Unfit("add", form)
    zone: FrontZone = form.save(commit=False)
    return Wish("add", lambda: zones.add(language, zone), "zones-end")


def _settle(language: str, post: QueryDict, key: int) -> Wish:
    form = ZoneForm(post, instance=zones.of(language, key), language=language)
    if not form.is_valid():
        raise Unfit("settle", form, key)
    return Wish("settle", lambda: zones.settle(form.instance), f"zone-{key}")


def _unpin(language: str, rest: str, now: datetime) -> Wish:
    zone, story = _numbers(rest, f"{KEY}-{KEY}")
    return Wish("unpin", lambda: pins.unpin(language, zone, story), f"zone-{zone}")


def _move(language: str, rest: str, now: datetime) -> Wish:
    zone, story, *place = _numbers(rest, f"{KEY}-{KEY}:{KEY}/{KEY}/{KEY}")
    spot = Spot(*place)
    return Wish("move", lambda: pins.move(language, zone, story, spot, now), focus_of(spot))


def _undo(language: str, rest: str, now: datetime) -> Wish:
    number = _numbers(rest, "[0-9]{1,9}")[0]
    record = FrontChange.objects.filter(language=language, number=number).first()
    if record is None:
        raise Gone(_("There is no such change."))
    return Wish("undo", lambda: undoing.undo(record, now), "log")


def _zone_act(name: str) -> Callable[[str, str, datetime], Wish]:
    acts: dict[str, Callable[[str, int], dict[str, Any]]] = {
        "up": lambda language, key: zones.shift(language, key, up=True),
        "down": lambda language, key: zones.shift(language, key, up=False),
        "on": lambda language, key: zones.switch(language, key, on=True),
        "off": lambda language, key: zones.switch(language, key, on=False),
        "remove": zones.remove,
    }

    def read(language: str, rest: str, now: datetime) -> Wish:
        key = _numbers(rest, KEY)[0]
        return Wish(name, lambda: acts[name](language, key), f"zone-{key}")

    return read


READERS = {"unpin": _unpin, "move": _move, "undo": _undo} | {
    name: _zone_act(name) for name in ("up", "down", "on", "off", "remove")
}

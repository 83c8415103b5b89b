"""What is sent to the addresses of the desk that take a POST: the least that does what a button there does."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.admin.bin import FOR_GOOD
from articles.models import Article, State
from articles.preview_links import USUAL_TERM
from articles.timing import standing
from articles.workflow import TABLE
from tests.factories import make_picture
from tests.harness.addresses import Address, found
from tests.harness.staff import Newsroom
from tests.sheets import newest, typed

Sent = Callable[[Newsroom, str, Address], dict[str, Any]]
SHEET = "0" * 32


def sent(address: Address) -> dict[str, Sent]:
    """Returns by name what is sent to an address."""
    route = address.route.removeprefix("admin/")
    if route == f"{ARTICLE}<path:object_id>/change/":
        return {f"POST {act}": partial(_sheet, act) for act, states in ACTS.items() if _state(address.thing) in states}
    if route in SPECIAL:
        return SPECIAL[route]
    if route.endswith(("<path:object_id>/", "history/")):
        return {}
    if route.endswith("/delete/"):
        for_good = {FOR_GOOD: "1"} if "binned" in address.thing else {}
        return {"POST": _plain(post="yes", **for_good)}
    return {"POST": _plain()} | _actions(route)


def _state(thing: str) -> State:
    """Returns the state that the name of a story tells; what is in the bin was a draft."""
    name = thing.split()[-1]
    return {"review": State.REVIEW, "live": State.PUBLISHED}.get(name, State.DRAFT)


def _plain(**data: Any) -> Sent:
    return lambda room, role, address: data


def _actions(route: str) -> dict[str, Sent]:
    """Returns the actions of a list: pressed by everybody, offered or not."""
    for model, of in admin.site._registry.items():
        if route == f"{model._meta.app_label}/{model._meta.model_name}/" and of.actions is not None:
            names = [each if isinstance(each, str) else each.__name__ for each in of.actions]
            return {f"POST {name}": partial(_action, name, str(model._meta.model_name)) for name in _unique(names)}
    return {}


def _unique(names: list[str]) -> list[str]:
    return list(dict.fromkeys([*names, "delete_selected"]))


def _action(name: str, model: str, room: Newsroom, role: str, address: Address) -> dict[str, Any]:
    thing = room.things.get(model)
    key = thing.pk if thing else _first(room, model)
    return {"action": name, "_selected_action": [key], "post": "yes", "index": 0}


def _first(room: Newsroom, model: str) -> Any:
    live = room.things["another's live"]
    of = {"correction": live.corrections, "update": live.updates}.get(model)
    return of.first().pk if of else 1


def _sheet(act: str, room: Newsroom, role: str, address: Address) -> dict[str, Any]:
    """Returns a sheet as a browser sends it, with another title."""
    story = found(room, role, address.thing)
    person = room.people.get(role) or room.people["Olga"]
    said: dict[str, Any] = {"editor": person.pk, "sheet": SHEET, "lead": "Плиту уложили.", "reason": "Дописать"}
    said |= {"body": "<p>Плиту уложили ночью.</p>", "category": room.things["city"].pk}
    if isinstance(story, Article):
        content = newest(story).content
        said |= {"based_on": newest(story).number, "standing": standing(story), "category": content.category}
    return typed(act, authors=[str(room.things["author"])], **said)


def _file(name: str, room: Newsroom, role: str, address: Address) -> dict[str, Any]:
    return {name: SimpleUploadedFile("new.jpg", make_picture(64, 64, colour="#445566"), "image/jpeg")}


def _media(room: Newsroom, role: str, address: Address, **more: Any) -> dict[str, Any]:
    key = found(room, role, address.thing).pk
    words = {"alt": "Мост", "credit": "Илья Соснин", "caption": "Мост", "focal_x": "0.5", "focal_y": "0.5"}
    named = {f"{before}-{name}": value for name, value in words.items() for before in (key, "shared")}
    return words | named | {"chosen": [key], "key": key, "picture": key, "until": "", "confirmed": "1"} | more


def _comment(room: Newsroom, role: str, address: Address) -> dict[str, Any]:
    key = room.things["portalcomment"].pk
    return {"decide": f"approved {key}", "seen": f"{key} pending"}


def _typo(act: str, room: Newsroom, role: str, address: Address) -> dict[str, Any]:
    return {act: room.things[address.thing].typos.get().pk}


def _note(act: str, room: Newsroom, role: str, address: Address) -> dict[str, Any]:
    note = found(room, role, address.thing).notes.get()
    return {"note": f"{act}:{note.pk}" if act != "add" else act, "note_text": "Проверить"}


def _translation(room: Newsroom, role: str, address: Address) -> dict[str, Any]:
    return {"act": "unlink", "other": room.things["another's draft"].pk}


def _missing(room: Newsroom, role: str, address: Address) -> dict[str, Any]:
    key = room.things["missingaddress"].pk
    return {"redirect": key, f"to-{key}": "/about/"}


def _merging(room: Newsroom, role: str, address: Address) -> dict[str, Any]:
    tags = [room.things["tag"].pk, room.things["other tag"].pk]
    return {"tag": tags, "into": tags[0]}


def _invited(act: str, room: Newsroom, role: str, address: Address) -> dict[str, Any]:
    return {"act": f"{act}:{room.things['invitation'].pk}"}


def _chosen(room: Newsroom, role: str, address: Address) -> dict[str, Any]:
    return {"chosen": [room.things["in section, draft"].pk]}


ACTS = {each.act: each.states for each in TABLE if each.act not in {"withdraw", "replan", "unplan"}}
"""What the sheet can send, and the states in which it means something."""
SHEETS: dict[str, Sent] = {"POST": partial(_sheet, "save")}
ARTICLE, ONE = "articles/article/", "articles/article/<int:pk>/"
LIBRARY = "articles/media/"
SPECIAL: dict[str, dict[str, Sent]] = {
    f"{ARTICLE}add/": {f"POST {act}": partial(_sheet, act) for act in ("save", "review", "publish")},
    **{f"{before}{name}/": SHEETS for before in (ARTICLE, ONE) for name in ("autosave", "draft", "checks", "typeset")},
    f"{ONE}keep/": SHEETS,
    f"{ONE}presence/": {"POST": _plain(sheet=SHEET), "POST leaving": _plain(sheet=SHEET, leaving="1")},
    f"{ONE}notes/": {f"POST {act}": partial(_note, act) for act in ("add", "settle", "delete")},
    f"{ONE}translations/": {"POST start": _plain(act="start", language="en"), "POST unlink": _translation},
    f"{ONE}preview-links/": {"POST": _plain(for_whom="Юрист", term=USUAL_TERM)},
    f"{ONE}kept/<int:key>/": {"POST bring": _plain(), "POST drop": _plain(act="drop")},
    f"{ONE}embargo/": {"POST": _plain(reason="Можно")},
    f"{ARTICLE}bulk/choose/": {"POST": _chosen},
    f"{ARTICLE}bulk/<int:key>/": {
        "POST ask": _plain(do="ask", act="state", to="review"),
        "POST begin": _plain(do="begin"),
        "POST undo": _plain(do="undo"),
    },
    f"{ARTICLE}lists/": {"POST": _plain(act="name", name="Мои", query="")},
    f"{ARTICLE}typography/": {"POST": _plain(title='"Мост"')},
    **{f"{LIBRARY}{name}/": {"POST": partial(_file, "files")} for name in ("upload", "picker/upload")},
    f"{LIBRARY}drop/": {"POST": partial(_file, "file")},
    f"{LIBRARY}<int:pk>/replace/": {"POST": partial(_file, "file")},
    **{f"{LIBRARY}{name}/": {"POST": _media} for name in ("describe", "licences", "bulk", "bulk/bin", "words")},
    f"{LIBRARY}<path:object_id>/change/": {"POST": _media},
    "articles/typo/": {f"POST {act}": partial(_typo, act) for act in ("close", "open")},
    "articles/tag/merge/": {"POST": _merging},
    "comments/portalcomment/": {"POST": _comment},
    "portal/missingaddress/": {"POST": _missing},
    "portal/frontzone/<slug:language>/arrange/": {"POST": _plain(act="pin")},
    "auth/user/invitations/": {f"POST {act}": partial(_invited, act) for act in ("again", "call_back")},
    "profile/": {"POST": _plain(act="end_others")},
    "bin/": {"POST": _plain(older="30")},
}

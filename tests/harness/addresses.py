"""Every address below ``/admin/``, with each thing that it can be about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver

from tests.harness.staff import STATES, Newsroom

DESK = "admin/"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
WHOLE = re.compile(r"\(\?P<(\w+)>[^)]*\)")  # of a regular expression
STORIES = tuple(f"{whose} {state}" for whose in ("own", "another's") for state in STATES)
STORIES += tuple(f"in section, {state}" for state in STATES)
FEW = tuple(thing for thing in STORIES if thing.endswith(("draft", "live")) or thing == "own binned")
"""Enough for what does not ask for more of the state of a story."""
TOLD = ("another's live", "in section, live")
MEDIA = ("own file", "another's file", "binned media")
OF_MODEL = {
    "articles/article": STORIES,
    "articles/media": MEDIA,
    "articles/correction": TOLD,
    "articles/update": TOLD,
    "articles/typo": TOLD,
    "auth/user": ("oneself", "Olga", "Administrator"),
}
"""Which things there are of the models that have more than one, or one and one in the bin."""
IN_BIN = ("category", "author", "source", "page")
RELATED = {"correction": "corrections", "update": "updates", "typo": "typos"}


@dataclass(frozen=True)
class Address:
    route: str
    thing: str
    """What it is about, in words; empty where it is about nothing in particular."""


def routes() -> list[str]:
    return sorted({route for route in _walked(get_resolver().url_patterns) if route.startswith(DESK)})


def _walked(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLResolver):
            yield from _walked(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def addresses() -> list[Address]:
    return [Address(route, thing) for route in routes() for thing in _things(route)]


def _things(route: str) -> tuple[str, ...]:
    """Returns what the address can be about."""
    model = "/".join(route.removeprefix(DESK).split("/")[:2])
    if route == "admin/autocomplete/":
        return tuple(_autocompletes())
    if "invitation" in route:
        return ("",)
    if route.startswith("admin/r/"):
        return ("own draft", "another's draft", "another's live", "campaign", "page", "Olga")
    if "bulk/<int:key>" in route:
        return ("own change", "another's change")
    if "<slug:what>" in route:
        return ("author", "source", "tag", "article")
    if route.endswith("<path:object_id>/"):
        return OF_MODEL.get(model, (model.partition("/")[2],))[:1]
    if not {"object_id", "pk", "id"} & set(PARAMETER.findall(route)) or "redirect/file/" in route:
        return _listed(route)
    name = model.partition("/")[2]
    if model == "articles/article" and not route.endswith("/change/"):
        asks_the_bin = route.endswith(("/delete/", "/restore/"))
        return tuple(thing for thing in STORIES if thing in FEW or (asks_the_bin and "binned" in thing))
    alone = (name, f"binned {name}") if name in IN_BIN else (name,)
    return OF_MODEL.get(model, alone)


def _listed(route: str) -> tuple[str, ...]:
    """Returns what is said in the query or the form of a list, and not in its address."""
    if route in {f"admin/articles/media/{name}/" for name in ("describe", "licences", "bulk", "bulk/bin", "words")}:
        return MEDIA[:2]
    if route == "admin/articles/typo/":
        return TOLD
    if "app_label" in route:
        return tuple(sorted({model._meta.app_label for model in admin.site._registry}))
    return ("",)


def _autocompletes() -> Iterator[str]:
    for of in admin.site._registry.values():
        for each in (of, *(inline(of.model, admin.site) for inline in of.inlines)):
            for name in each.autocomplete_fields:
                yield f"{each.opts.label}.{name}"


def found(room: Newsroom, role: str, thing: str) -> Any:
    """Returns what a thing is for somebody of that role."""
    own = room.own.get(role) or room.own["Reporter"]
    return own.get(thing) or room.things.get(thing) or room.people.get(thing)


def path_to(room: Newsroom, role: str, address: Address) -> str:
    """Returns the address as somebody of that role would ask for it."""
    about = found(room, role, address.thing)
    values = {"number": "1", "language": "ru", "url": "nowhere", "uidb64": "MQ", "token": "0" * 40}
    values |= {"what": address.thing, "app_label": address.thing, "invitation": "1"}
    if address.thing and about is not None:
        values |= dict.fromkeys(("object_id", "pk", "id"), str(_key(about, address.route)))
        values["key"] = str(_part(about, address.route))
    if address.route.startswith("admin/r/"):
        values |= {"content_type_id": str(ContentType.objects.get_for_model(about).pk), "object_id": str(about.pk)}
    if "redirect/file/" in address.route:
        values["pk"] = str(room.things["redirectfile"].pk)
    if "invitation" in address.route:
        values["pk"] = str(room.things["invitation"].pk)
    path = address.route
    for pattern in (WHOLE, PARAMETER):
        path = pattern.sub(lambda match: values[match[1]], path)
    return f"/{path}{_query(room, role, address)}"


def _key(about: Any, route: str) -> Any:
    model = route.removeprefix(DESK).split("/")[1]
    return getattr(about, RELATED[model]).first().pk if model in RELATED else about.pk


def _part(about: Any, route: str) -> Any:
    """Returns the key of what belongs to a story: a text that was kept, a link to a preview."""
    of = "kept_texts" if "/kept/" in route else "preview_links" if "/preview-links/" in route else ""
    return getattr(about, of).first().pk if of else about.pk


def _query(room: Newsroom, role: str, address: Address) -> str:
    if address.route == "admin/autocomplete/":
        label, model, field = address.thing.split(".")
        return f"?app_label={label}&model_name={model.lower()}&field_name={field}"
    if address.route.startswith("admin/articles/media/") and address.thing in MEDIA and "<" not in address.route:
        return f"?media={found(room, role, address.thing).pk}"
    if address.route.endswith("tag/merge/"):
        return f"?tag={room.things['tag'].pk}&tag={room.things['other tag'].pk}"
    if address.route.endswith("compare/"):
        return "?old=1&new=1"
    return "?q=mo" if "suggest" in address.route or "/links/" in address.route else ""

"""Contents as an editor reads them: names instead of keys, one query for each kind of thing however many contents."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.content import Content
from articles.forms import ContentForm
from articles.models import Article, Author, Byline, Category, Media, Source
from lib.moments import in_words

Told = dict[str, str | list[str]]
ROWS = {"authors": Author, "sources": Source, "related": Article}


def label(name: str) -> str:
    """Returns what a field of the content is called on the sheet."""
    rows = {"authors": _("Authors"), "sources": _("Sources"), "related": _("Related stories")}
    rows["embargo_lifted"] = _("Why the embargo was lifted")
    if name in rows:
        return rows[name]
    return str(capfirst(ContentForm.base_fields[name].label)) if name in ContentForm.base_fields else name


class Names:
    """What the keys of some contents stand for."""

    def __init__(self, contents: Sequence[Content]) -> None:
        self.authors = _named(Author, {one.author for each in contents for one in each.authors})
        self.sources = _named(Source, {one.source for each in contents for one in each.sources})
        self.stories = _named(Article, {key for each in contents for key in each.related})
        keys = {key for each in contents for key in (each.category, *each.categories) if key}
        self.categories = _named(Category, keys)
        self.pictures: dict[int, Media] = Media.objects.in_bulk({each.hero for each in contents if each.hero})


def _named(model: type[Model], keys: set[int]) -> dict[int, str]:
    rows: Any = model._default_manager.all()
    if model is Article:
        rows = rows.only("title", "pk")
    return {pk: str(row) for pk, row in rows.in_bulk(keys).items()} if keys else {}


def told(content: Content, names: Names) -> Told:
    """Returns ``content`` by fields; those of several things as a list."""
    found: dict[str, Any] = content.to_json() | {
        "category": _name(names.categories, content.category),
        "categories": [_name(names.categories, key) for key in content.categories],
        "authors": [_signature(_name(names.authors, one.author), one.role) for one in content.authors],
        "sources": [" ".join(filter(None, (_name(names.sources, one.source), one.url))) for one in content.sources],
        "related": [_name(names.stories, key) for key in content.related],
        "hero": str(names.pictures.get(content.hero, f"№ {content.hero}")) if content.hero else "",
    }
    return {name: _said(name, value) for name, value in found.items()}


def _name(names: dict[int, str], key: int | None) -> str:
    return names.get(key, _("№ %(key)d, gone by now") % {"key": key}) if key else ""


def _signature(name: str, role: str) -> str:
    if role == Byline.Role.TEXT:
        return name
    return f"{name} ({dict(Byline.Role.choices).get(role, role)})"


def _said(name: str, value: Any) -> str | list[str]:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return [str(each) for each in value]
    choices = dict(getattr(ContentForm.base_fields.get(name), "choices", ()) or ()) if value else {}
    if value and (name.endswith("_at") or name.endswith("_until")):
        return _moment(str(value))
    return str(choices.get(value, value if value is not None else ""))


def _moment(written: str) -> str:
    try:
        return in_words(datetime.fromisoformat(written))
    except ValueError:
        return written

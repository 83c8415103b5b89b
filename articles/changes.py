"""What differs between two contents of an article in one column, word by word: for a conflict, and for a kept text."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.comparison import Budget, Piece
from articles.comparison.told import Names, Told, label, told
from articles.comparison.words import within
from articles.content import Content
from lib.html import plain_text

__all__ = ["Change", "Piece", "changes", "label"]


@dataclass(frozen=True)
class Change:
    """A field that changed, in pieces that stayed, went or came."""

    label: str
    pieces: list[Piece]


def changes(old: Content, new: Content) -> list[Change]:
    """Returns the fields in which ``new`` differs from ``old``, in the order of the form."""
    budget, names = Budget(), Names([old, new])
    before, after = _lines(told(old, names)), _lines(told(new, names))
    changed = [
        Change(label(name), list(within(before[name], after[name], budget)))
        for name in before
        if before[name] != after[name]
    ]
    if old.body != new.body and before["body"] == after["body"]:
        changed.append(Change(label("body"), [Piece("same", _("Only pictures, links or headings differ."))]))
    return changed


def _lines(content: Told) -> dict[str, str]:
    """Returns each field on one line."""
    told = {name: ", ".join(value) if isinstance(value, list) else value for name, value in content.items()}
    return told | {"body": plain_text(told["body"])}

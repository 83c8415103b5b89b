"""Materialised paths: where a comment stands in its thread.

A path is the path of the comment that it answers and the comment's own key, ten digits each, so that reading
a thread is sorting it and nothing is ever renumbered. Digits sort alike under every collation.
"""

from typing import Any

from django.db import models

WIDTH = 10
DEEPEST = 100
"""Levels of a path. A reply to a comment down there stands beside it instead: an index entry has its limits."""


def segment(pk: int) -> str:
    return f"{pk:0{WIDTH}}"


def below(parent: str, pk: int) -> str:
    """Returns the path of the comment ``pk`` that answers the one at ``parent`` ("" for none)."""
    return parent[: (DEEPEST - 1) * WIDTH] + segment(pk)


def above(path: str) -> list[str]:
    """Returns the paths of all comments above ``path``, the thread's first comment first."""
    return [path[:end] for end in range(WIDTH, len(path), WIDTH)]


def depth(path: str) -> int:
    """Returns how deep ``path`` stands: 0 for the first comment of a thread."""
    return len(path) // WIDTH - 1


class PathField(models.CharField[str, str]):
    """The path of a comment, written with its row: by then the base table has given the key."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"max_length": WIDTH * DEEPEST, "editable": False})

    def pre_save(self, model_instance: Any, add: bool) -> str:
        if add:
            parent = model_instance.reply_to
            setattr(model_instance, self.attname, below(parent.path if parent else "", model_instance.pk))
        return str(super().pre_save(model_instance, add))

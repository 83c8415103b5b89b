"""Text that exists in each language of the site."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override


class PerLanguage:
    """A read-only attribute over the columns ``<name>_ru`` and ``<name>_en``.

    Answers in the active language; where that column is empty, in whichever language has text. A name stands in
    for its translation better than nothing; whole sentences do not: they have ``borrowed=False``.
    """

    def __init__(self, *, borrowed: bool = True) -> None:
        self.borrowed = borrowed

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        codes = [code for code, _ in settings.LANGUAGES]
        active = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
        for code in sorted(codes, key=lambda code: code != active) if self.borrowed else [active]:
            if text := getattr(instance, f"{self.name}_{code}"):
                return text
        return ""


def in_language(code: str, ask: Callable[[], str]) -> str:
    """Returns what ``ask`` answers while the language ``code`` is active, such as an address."""
    with override(code):
        return ask()

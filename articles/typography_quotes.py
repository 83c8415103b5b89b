"""Which quotation mark opens and which closes, and how deep it stands."""

import re

_MARKS = re.compile('["“”„«»‟]')
_OPENERS = {"ru": ("«", "„"), "en": ("“", "‘")}
_CLOSERS = {"ru": ("»", "“"), "en": ("”", "’")}
_BEFORE_OPENING = set(" \t\n\u00a0([{—–-/\ufffc«„“‘")


def quoted(text: str, language: str) -> list[tuple[int, int, str]]:
    """Returns what to put for the quotation marks of ``text``: «outer „inner“» in Russian, “outer ‘inner’” in English.

    A mark without a partner stays as it was written, and so do inches.
    """
    language = language if language in _OPENERS else "ru"
    pairs = _pairs(text, language)
    changes = []
    for opening, closing in pairs:
        depth = min(1, sum(first < opening and closing < last for first, last in pairs))
        changes += [
            (opening, opening + 1, _OPENERS[language][depth]),
            (closing, closing + 1, _CLOSERS[language][depth]),
        ]
    return sorted(changes)


def _pairs(text: str, language: str) -> list[tuple[int, int]]:
    waiting: list[int] = []
    pairs: list[tuple[int, int]] = []
    for match in _MARKS.finditer(text):
        at = match.start()
        inside = text[waiting[-1]] if waiting else ""
        if _opens(text, at, inside, language):
            waiting.append(at)
        elif waiting and not (text[at] == '"' and _is_inch(text, at) and _closes_later(text, at)):
            pairs.append((waiting.pop(), at))
    return pairs


def _opens(text: str, at: int, inside: str, language: str) -> bool:
    mark = text[at]
    if mark in "«„‟":
        return True
    if mark == "»" or (mark == "“" and inside == "„"):
        return False
    if mark == "”" and language == "en":
        return False
    before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    if mark == "“" and language == "en":
        return True
    return (
        before in _BEFORE_OPENING or (before == '"' and inside == '"' and text[at - 2 : at - 1].strip() == "")
    ) and not after.isspace()


def _is_inch(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit()


def _closes_later(text: str, at: int) -> bool:
    return text.count('"', at + 1) % 2 == 1

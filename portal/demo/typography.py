"""Spaces that do not break, where a Russian or English typesetter puts them."""

import re

NO_BREAK = "\xa0"
_RULES = [
    re.compile(r" (?=[—–] )"),  # a dash never begins a line
    re.compile(r"(?<=\d) (?=[\w%₽°«])"),  # 12 400 рублей, 40 minutes
    re.compile(r"(?<=№) "),
    # A preposition, conjunction or particle of one or two letters does not end a line.
    re.compile(r"(?<=(?<!\w)[АБВИКОСУЯабвикосуя]) "),
    re.compile(r"(?<=(?<!\w)[А-Яа-яё][а-яё]) (?=\w)"),
]


def typeset(text: str) -> str:
    """Returns plain ``text`` with no-break spaces; what has them already stays as it is."""
    for rule in _RULES:
        text = rule.sub(NO_BREAK, text)
    return text

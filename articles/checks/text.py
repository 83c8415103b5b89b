"""Rules about the text itself."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.checks.rules import Level, Rule, Spot, Subject
from lib.html import HEADINGS, plain_text

LONG_PARAGRAPH = 1_200
MOST = 10
"""More places of one kind than this are only counted."""
_DOUBLE = re.compile(r"[^\s>][ \u00a0]{2,}[^\s<]")
_NOT_WORDS = re.compile(r"<(?:img|audio|video|hr)\b")


def _empty(subject: Subject) -> Iterator[Spot]:
    if not subject.text:
        yield Spot(_("There is no text."), "body")


def _headings(subject: Subject) -> Iterator[Spot]:
    last = 1
    for number, block in enumerate(subject.blocks):
        if block.tag not in HEADINGS:
            continue
        words, depth = plain_text(block.html), int(block.tag[1])
        if not words:
            yield Spot(_("A heading is empty."), "body", number)
        elif depth > last + 1:
            yield Spot(_("A heading skips a step: «%s».") % words[:60], "body", number)
        last = depth


def _empty_paragraphs(subject: Subject) -> Iterator[Spot]:
    empty = [
        number
        for number, block in enumerate(subject.blocks)
        if block.tag == "p" and not plain_text(block.html) and not _NOT_WORDS.search(block.html)
    ]
    for number in empty[:MOST]:
        yield Spot(_("A paragraph is empty."), "body", number)
    if len(empty) > MOST:
        yield Spot(_("Further empty paragraphs: %d.") % (len(empty) - MOST), "body")


def _double_spaces(subject: Subject) -> Iterator[Spot]:
    content = subject.content
    for field, text in (("title", content.title), ("lead", content.lead)):
        if _DOUBLE.search(text):
            yield Spot(_("Two spaces in a row."), field)
    found = 0
    for number, block in enumerate(subject.blocks):
        if block.tag != "pre" and _DOUBLE.search(block.html) and found < MOST:
            found += 1
            yield Spot(_("Two spaces in a row."), "body", number)


def _long_paragraphs(subject: Subject) -> Iterator[Spot]:
    for number, block in enumerate(subject.blocks):
        words = plain_text(block.html) if block.tag == "p" else ""
        if len(words) > LONG_PARAGRAPH:
            yield Spot(_("A long paragraph: «%s…».") % words[:60], "body", number)


RULES = (
    Rule(
        "text",
        gettext_lazy("Text"),
        gettext_lazy("A flash has only a title; every other story has a text."),
        Level.WARNING,
        _empty,
    ),
    Rule(
        "headings",
        gettext_lazy("Order of headings"),
        gettext_lazy("Screen readers and the contents of the page follow their steps. The largest comes first."),
        Level.WARNING,
        _headings,
    ),
    Rule(
        "empty_paragraphs",
        gettext_lazy("Empty paragraphs"),
        gettext_lazy("They tear holes into the page. Distances are the work of the design."),
        Level.WARNING,
        _empty_paragraphs,
    ),
    Rule(
        "double_spaces",
        gettext_lazy("Double spaces"),
        gettext_lazy("They come from typing and show in letters and feeds."),
        Level.WARNING,
        _double_spaces,
    ),
    Rule(
        "long_paragraphs",
        gettext_lazy("Long paragraphs"),
        gettext_lazy("More than 1,200 characters fill the whole screen of a phone."),
        Level.OFF,
        _long_paragraphs,
    ),
)

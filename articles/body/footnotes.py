"""Footnotes: written in the text where they belong, shown as numbered marks with the notes below.

Stored in place (``<sup class="footnote">words</sup>``), a note moves with its sentence and needs no number. The
roles are those of the publishing module of ARIA (https://www.w3.org/TR/dpub-aria-1.1/).
"""

import re

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.body.blocks import trusted

_NOTE = re.compile(r'\s*<sup class="footnote">((?:(?!<sup\b).)*?)</sup>', re.DOTALL)


def numbered(html: str) -> str:
    """Returns ``html`` with a mark in the place of each note, and the notes after the text."""
    marked, notes = _taken_out(html, "articles/_body_footnote_mark.html")
    return marked + render_to_string("articles/_body_footnotes.html", {"notes": notes}) if notes else html


def listed(html: str) -> str:
    """The same for readers outside the site, where links within a text lead nowhere."""
    marked, notes = _taken_out(html)
    return f"{marked}<ol>{''.join(f'<li>{note}</li>' for note in notes)}</ol>" if notes else html


def _taken_out(html: str, template: str = "") -> tuple[str, list[SafeString]]:
    notes: list[SafeString] = []

    def mark(match: re.Match[str]) -> str:
        notes.append(trusted(match[1]))
        number = len(notes)
        return render_to_string(template, {"number": number}).strip() if template else f"<sup>{number}</sup>"

    return (_NOTE.sub(mark, html), notes) if 'class="footnote"' in html else (html, notes)

"""What differs between two parts of a text beyond their words, said in words."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.comparison.blocks import Block

KINDS = {
    "h2": gettext_lazy("heading"),
    "h3": gettext_lazy("smaller heading"),
    "h4": gettext_lazy("smallest heading"),
    "li": gettext_lazy("item of a list"),
    "dt": gettext_lazy("term"),
    "dd": gettext_lazy("explanation of a term"),
    "quote": gettext_lazy("quotation"),
    "pull": gettext_lazy("pull quote"),
    "aside": gettext_lazy("note"),
    "tr": gettext_lazy("row of a table"),
    "caption": gettext_lazy("caption of a table"),
    "figure": gettext_lazy("picture"),
    "figcaption": gettext_lazy("caption"),
    "pre": gettext_lazy("text as typed"),
    "summary": gettext_lazy("heading that opens"),
    "hr": gettext_lazy("line between parts"),
}
MARKS = {
    "bold": gettext_lazy("bold"),
    "italic": gettext_lazy("italic"),
    "struck": gettext_lazy("struck out"),
    "underlined": gettext_lazy("underlined"),
    "sub": gettext_lazy("subscript"),
    "sup": gettext_lazy("superscript"),
    "code": gettext_lazy("code"),
    "marked": gettext_lazy("highlighted"),
    "abbreviation": gettext_lazy("abbreviation"),
    "cite": gettext_lazy("title of a work"),
    "quoted": gettext_lazy("in quotes"),
    "footnote": gettext_lazy("footnote"),
}
LONG = 80
MOST = 12
"""More than this is only counted."""


def kind_label(kind: str) -> str:
    """Returns what a part of a text is called; nothing for a paragraph."""
    return str(KINDS.get(kind, ""))


def notes(old: Block | None, new: Block | None) -> list[str]:
    """Returns what changed besides words; if nothing else did, that it is only markup."""
    found = [*_kind(old, new), *_links(old, new), *_marks(old, new), *_pictures(old, new), *_further(old, new)]
    same_words = old and new and "".join(old.words).split() == "".join(new.words).split()
    further = len(found) - MOST
    if further > 0:
        return [
            *found[:MOST],
            ngettext("And %d more change of markup.", "And %d more changes of markup.", further) % further,
        ]
    return found or ([_("Only spaces or markup differ.")] if same_words else [])


def _kind(old: Block | None, new: Block | None) -> Iterator[str]:
    if old and new and old.kind != new.kind:
        names = {"old": kind_label(old.kind) or _("paragraph"), "new": kind_label(new.kind) or _("paragraph")}
        yield _("Was: %(old)s, is now: %(new)s.") % names


def _runs(block: Block | None, *, links: bool) -> Counter[tuple[str, str, str]]:
    return Counter(run for run in block.runs() if (run[0] == "link") == links) if block else Counter()


def _links(old: Block | None, new: Block | None) -> Iterator[str]:
    before, after = _runs(old, links=True), _runs(new, links=True)
    come: dict[str, list[str]] = {}
    for _name, words, address in after - before:
        come.setdefault(words, []).append(address)
    for _name, words, address in before - after:
        told = {"words": _cut(words), "address": _cut(address)}
        if now := come.get(words):
            yield _("Link of «%(words)s»: was %(address)s, is now %(new)s.") % (told | {"new": _cut(now.pop())})
        else:
            yield _("Link removed: «%(words)s», %(address)s.") % told
    for words, addresses in come.items():
        for address in addresses:
            yield _("Link added: «%(words)s», %(address)s.") % {"words": _cut(words), "address": _cut(address)}


def _marks(old: Block | None, new: Block | None) -> Iterator[str]:
    """Of words that are gone or new altogether the marks are no news."""
    if not (old and new):
        return
    before, after = _runs(old, links=False), _runs(new, links=False)
    there, here = "".join(old.words), "".join(new.words)
    for name, words, _value in before - after:
        if words in here:
            yield _("No longer %(mark)s: «%(words)s».") % {"mark": MARKS[name], "words": _cut(words)}
    for name, words, _value in after - before:
        if words in there:
            yield _("Now %(mark)s: «%(words)s».") % {"mark": MARKS[name], "words": _cut(words)}


def _pictures(old: Block | None, new: Block | None) -> Iterator[str]:
    before = {each.src: each for each in (old.pictures if old else [])}
    after = {each.src: each for each in (new.pictures if new else [])}
    for src in before.keys() & after.keys():
        if before[src].alt != after[src].alt:
            told = {"old": _cut(before[src].alt), "new": _cut(after[src].alt)}
            yield _("Description of the picture: was «%(old)s», is now «%(new)s».") % told
    gone, come = before.keys() - after.keys(), after.keys() - before.keys()
    if gone and come:
        yield _("Another picture or file.")
    elif come:
        yield _("A picture or file was added.")
    elif gone:
        yield _("A picture or file was removed.")
    elif old and new and list(before) != list(after):
        yield _("The order of the pictures changed.")


def _further(old: Block | None, new: Block | None) -> Iterator[str]:
    if not (old and new):
        return
    for gone in sorted(old.further - new.further):
        yield _("Markup removed: %s.") % _cut(gone)
    for come in sorted(new.further - old.further):
        yield _("Markup added: %s.") % _cut(come)


def _cut(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG]}…"

"""A save on top of an older revision: what does not conflict is brought together, what does is asked on the sheet."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles import keeping
from articles.admin.bases import editor
from articles.changes import Piece, changes
from articles.content import Content
from articles.desk import name_of
from articles.forms import ContentForm, written
from articles.merging import BOTH, JOINED_BY, MINE, THEIRS, Clash, merge
from articles.models import Article, KeptText, Revision
from articles.timing import standing, timing

CHOICES = (MINE, THEIRS, BOTH)


class Clashing(Exception):
    """Two people changed the same and not alike: ``newest`` is what the other one saved on top of ``based_on``."""

    def __init__(self, article: Article, newest: Revision, based_on: int) -> None:
        super().__init__(f"Revision {newest.number} changes the same.")
        self.article, self.newest, self.based_on = article, newest, based_on


@dataclass(frozen=True)
class Question:
    """A clash as the sheet shows it: both sides by words."""

    key: str
    label: str
    mine: list[Piece]
    theirs: list[Piece]
    choices: list[tuple[str, str]]


def settled(
    request: HttpRequest, article: Article, newest: Revision | None, form: ContentForm, content: Content, act: str
) -> tuple[Content, str]:
    """Returns what to save of ``content`` and what to do then; ``form`` is based on the newest revision afterwards.

    What another has saved since is brought together with it, what was chosen on the sheet is taken. Whoever pressed
    more than «Save» has not seen the whole of it: then it is only saved. Raises Clashing when something is to be asked.
    """
    typed, based_on = content, form.cleaned_data["based_on"]
    kept = _kept_text(request, article)
    if kept is not None:
        content = _as_chosen(request, kept, based_on, typed)
    by, sheet = editor(request), form.cleaned_data["sheet"]
    if newest is not None and newest.number != based_on and not newest.is_of(sheet, by):
        merged = merge(keeping.text_before(article, based_on), content, newest.content)
        if merged.clashes:
            raise Clashing(article, newest, based_on)
        content = merged.content()
        form.cleaned_data["based_on"] = newest.number
        _tell(request, article, newest, typed, content)
    if kept is not None:
        keeping.settle(kept, timezone.now())
    if content != typed and act != "save":
        messages.warning(request, _("The text is only saved: look at what became of it, then press again."))
        act = "save"
    return content, act


def _tell(request: HttpRequest, article: Article, newest: Revision, typed: Content, content: Content) -> None:
    """Says what of the text came from whom."""
    theirs = ", ".join(change.label.lower() for change in changes(typed, content))
    if not theirs:
        return
    number = newest.number if content == newest.content else newest.number + 1
    told = _("Brought together with revision %(number)d, which %(who)s saved meanwhile. From there: %(fields)s.")
    address = reverse("admin:articles_article_revision", args=[article.pk, number])
    words = told % {"number": newest.number, "who": name_of(newest.by), "fields": theirs}
    messages.info(request, format_html('{} <a href="{}">{}</a>', words, address, _("What changed")))


def _kept_text(request: HttpRequest, article: Article) -> KeptText | None:
    """Returns the text about which the sheet has asked, if it did."""
    key = request.POST.get("kept", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    return article.kept_texts.filter(pk=key, settled_at=None).first()


def _as_chosen(request: HttpRequest, kept: KeptText, based_on: int, typed: Content) -> Content:
    """Returns ``typed`` with what was chosen on the sheet; what was typed since counts before a choice."""
    theirs = kept.article.revisions.filter(number=based_on).first()
    if theirs is None:
        return typed
    asked = merge(keeping.text_before(kept.article, kept.based_on), kept.content, theirs.content)
    choices = {clash.key: request.POST.get(f"clash-{clash.key}", MINE) for clash in asked.clashes}
    allowed = {clash.key: [choice for choice, _label in _choices(clash)] for clash in asked.clashes}
    chosen = {key: choice for key, choice in choices.items() if choice in allowed[key]}
    return merge(asked.content(), typed, asked.content(chosen)).content()


@transaction.atomic
def keep(request: HttpRequest, article: Article, form: ContentForm, based_on: int) -> KeptText:
    """Keeps what a refused save had in it, in the place of what the sheet had asked about before."""
    content, now = form.content(), timezone.now()
    before = _kept_text(request, article)
    if before is not None:
        content = _as_chosen(request, before, based_on, content)
        keeping.settle(before, now)
    why = KeptText.Why.CONFLICT
    return keeping.keep(article, content, by=editor(request), based_on=based_on, why=why, now=now)


def asked(kept: KeptText, newest: Revision, sheet: str, **rights: bool) -> tuple[ContentForm, dict[str, Any]]:
    """Returns the form with what could be brought together, on top of ``newest``, and what the sheet asks about it."""
    merged = merge(keeping.text_before(kept.article, kept.based_on), kept.content, newest.content)
    content = merged.content()
    questions = [_question(clash) for clash in merged.clashes]
    theirs = [change.label for change in changes(kept.content, content)]
    shown = Revision(article=kept.article, number=newest.number, data=content.to_json())
    seen = {"based_on": newest.number, "standing": standing(kept.article), "sheet": sheet}
    initial = written(content) | timing(kept.article, shown) | seen
    form = ContentForm(article=kept.article, initial=initial, **rights)
    return form, {"conflict": newest, "kept": kept, "questions": questions, "theirs": theirs}


def _question(clash: Clash) -> Question:
    sides = (replace(Content(), **{clash.field: side}) for side in (clash.theirs, clash.mine))
    found = changes(*sides)
    pieces = found[0].pieces if found else []
    label = found[0].label if found else clash.field
    if clash.place:
        label = _("%(field)s, place %(number)d") % {"field": label, "number": clash.place}
    mine = [piece for piece in pieces if piece.kind != "gone"]
    theirs = [piece for piece in pieces if piece.kind != "new"]
    return Question(f"clash-{clash.key}", label, mine, theirs, _choices(clash))


def _choices(clash: Clash) -> list[tuple[str, str]]:
    """Returns what can be chosen: both only where they fit into the field one after the other."""
    labels = {MINE: _("Mine"), THEIRS: _("Theirs"), BOTH: _("Both")}
    field = ContentForm.base_fields.get(clash.field)
    longest = getattr(field, "max_length", None) or 0
    fits = clash.field in JOINED_BY and clash.mine and clash.theirs and len(clash.taken(BOTH)) <= longest
    return [(choice, labels[choice]) for choice in CHOICES if choice != BOTH or fits]

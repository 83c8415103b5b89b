"""What is kept of a sheet while it is written: what is right of it, without being asked."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from articles import publishing
from articles.content import PLANNED_FIELDS, Content, Reference
from articles.forms import PLAIN_FIELDS, ContentForm
from articles.models import Article, Revision, Source

ROWS = ("authors", "sources", "related")
SHEET = re.compile("[0-9a-f]{32}")
"""The name of an open sheet."""


def keepable(form: ContentForm, before: Content) -> tuple[Content, list[str]]:
    """Returns what can be kept of ``form``, valid or not, and the names of the fields that cannot.

    Those are as in ``before``. Nothing is made, not even a source with a new name: that is for who presses «Save».
    """
    form.is_valid()
    wrong = [name for name in (*PLAIN_FIELDS, *PLANNED_FIELDS, "change_at", "embargo_until") if name in form.errors]
    kept: dict[str, Any] = {name: form.cleaned_data[name] for name in PLAIN_FIELDS if name not in wrong}
    if "embargo_until" not in form.errors:
        kept |= form.embargoed()
    if not {*PLANNED_FIELDS, "change_at"} & form.errors.keys():
        kept |= dict.fromkeys(PLANNED_FIELDS, "") | form.planned()
    if form.bylines.is_valid():
        kept["authors"] = form.bylines.signatures
    if form.related.is_valid():
        kept["related"] = form.related.keys
    sources = _known_sources(form)
    if sources is not None:
        kept["sources"] = sources
    return replace(before, **kept), sorted({*wrong, *(set(ROWS) - set(kept))})


def _known_sources(form: ContentForm) -> list[Reference] | None:
    """Returns the sources of a form; None if one of them is not known (yet), or is half typed."""
    if not form.citations.is_valid():
        return None
    rows = [row.cleaned_data for row in form.citations.forms if row.cleaned_data.get("name")]
    known = {source.name: source.pk for source in Source.objects.filter(name__in={row["name"] for row in rows})}
    if any(row["name"] not in known for row in rows):
        return None
    return [Reference(known[row["name"]], row["url"]) for row in rows]


@transaction.atomic
def begun(sheet: str, *, by: User) -> Article | None:
    """Returns the draft that ``sheet`` has begun already, though its answer may have been lost on the way.

    One at a time for each person: until the transaction ends, a second request of the same sheet waits here.
    """
    # No stronger: rows that name the person are written meanwhile, and two requests must not wait for each other.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    return written_on(sheet, by=by)


def written_on(sheet: str, *, by: User) -> Article | None:
    """Returns the article that ``sheet`` of ``by`` has begun, as it stands by now; None for one that began nothing."""
    if not SHEET.fullmatch(sheet):
        return None
    first = Revision.objects.filter(sheet=sheet, by=by).order_by("pk").values_list("article", flat=True).first()
    return Article.objects.filter(pk=first).first() if first else None


@transaction.atomic
def autosave(
    article: Article | None, content: Content, *, by: User, based_on: int, sheet: str, now: datetime
) -> Revision | None:
    """Keeps ``content`` as the newest revision; a sheet that has no article yet begins its draft.

    Returns None where there is nothing to keep yet. What is the same already is left as it is. Raises
    publishing.Conflict when somebody else has saved since ``based_on``.
    """
    article = article or begun(sheet, by=by)
    if article is None:
        if content == Content(language=content.language, comments_mode=content.comments_mode):
            return None
        article = publishing.start(content, by=by, kind=Revision.Kind.AUTOSAVE, sheet=sheet, now=now)
        return article.revisions.newest()
    newest = article.revisions.newest()
    known = newest is not None and (newest.number == based_on or newest.is_of(sheet, by))
    if newest is not None and known and newest.content == content:
        return newest
    kind = Revision.Kind.AUTOSAVE
    return publishing.save(article, content, by=by, kind=kind, based_on=based_on, sheet=sheet, now=now)

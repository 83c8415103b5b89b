"""Notes of the newsroom on an article: said, answered, settled; and who is asked by them."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from articles import rights
from articles.models import Article, Note

TO_THINK = timedelta(minutes=15)
"""As long as this, the author of a note may delete it, if nobody has answered."""
MENTION = re.compile(r"(?<![\w@.])@([\w.@+-]{1,150})")
MOST_MENTIONS = 20
MOST_PEOPLE = 300


class Refused(Exception):
    """Who asks may not do that, or not any more."""


def people() -> QuerySet[User]:
    """Returns those who can be asked by a note: whoever writes at the desk."""
    writing = User.objects.with_perm(rights.WRITE, backend="django.contrib.auth.backends.ModelBackend")
    return writing.filter(is_staff=True).order_by("last_name", "first_name", "username")


def mentioned(text: str) -> list[User]:
    """Returns the people that a text names as @username; what ends a sentence is no part of a name."""
    named = [name for found in MENTION.findall(text)[:MOST_MENTIONS] for name in {found, found.rstrip(".-+@")} if name]
    if not named:
        return []
    return list(people().filter(reduce(or_, (Q(username__iexact=name) for name in named))))


@transaction.atomic
def add(
    article: Article,
    text: str,
    *,
    by: User,
    now: datetime,
    field: str = "",
    quote: str = "",
    to: Iterable[User] = (),
    answers_to: Note | None = None,
) -> Note:
    """Writes a note, or an answer to one, which opens a settled thread again. Asks ``to`` and whom the text names."""
    if answers_to is not None:
        root = answers_to.answers_to or answers_to
        root.resolved_at = root.resolved_by = None
        root.save(update_fields=["resolved_at", "resolved_by"])
        answers_to = root
    about = {"field": field, "quote": quote, "answers_to": answers_to}
    note = Note.objects.create(article=article, text=text, by=by, at=now, **about)
    note.mentions.set({*to, *mentioned(text)} - {by})
    return note


def settle(note: Note, *, by: User, now: datetime) -> None:
    """Marks a thread as done."""
    note.resolved_at, note.resolved_by = now, by
    note.save(update_fields=["resolved_at", "resolved_by"])


def open_again(note: Note) -> None:
    """Marks a settled thread as not done after all."""
    note.resolved_at = note.resolved_by = None
    note.save(update_fields=["resolved_at", "resolved_by"])


def may_delete(note: Note, user: User, now: datetime) -> bool:
    """Whether ``user`` may take ``note`` back: one's own, still fresh, and answered by nobody."""
    answered = note.answers_to_id is None and bool(note.answers.all())
    return note.by_id == user.pk and now - note.at < TO_THINK and not answered


@transaction.atomic
def delete(note: Note, *, by: User, now: datetime) -> None:
    """Takes a note back. Raises Refused unless it is one's own, still fresh, and nobody has answered."""
    if not may_delete(note, by, now):
        raise Refused
    note.delete()


def asking(user: User) -> QuerySet[Note]:
    """Returns the open notes that ask ``user``, in themselves or in an answer, the newest first."""
    # By a subquery: a person is named in few notes, and an OR over joins would look through all of them.
    named = Note.objects.filter(pk__in=Note.mentions.through.objects.filter(user=user).values("note"))
    roots = named.annotate(root=Coalesce("answers_to", "pk")).values("root")
    found = Note.objects.open().filter(pk__in=roots, article__binned_at=None)
    return found.select_related("by", "article__newest").defer("article__body", "article__newest__data").order_by("-pk")

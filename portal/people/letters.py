"""Letters to the people of the newsroom: written down with the act that causes them, sent by the worker.

The row is the letter's place in the queue. It stands in the transaction of its cause, so it is lost with it or not at
all; one worker at a time takes it. A worker that dies between handing a letter over and noting so leaves it to be
handed over again after a while, under the same Message-ID, by which mail systems know a copy. The words are written
only when it is sent: a link that signs somebody in is never stored.
"""

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_tasks import task

logger = logging.getLogger(__name__)

WAITS = (1, 5, 30, 120, 360)
"""Minutes before the second, third… attempt."""
ABANDONED = timedelta(minutes=15)
"""After so long, a letter that a worker took and never finished is anybody's."""
KEPT = timedelta(days=30)
STAY_HERE = ("console", "filebased", "dummy")
"""Back ends of Django that send nothing to anybody."""


class Words(NamedTuple):
    """What a letter says, in the language of who gets it."""

    subject: str
    text: str


class Letter(models.Model):
    """A letter in the queue, without its words."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        PASSWORD = "password", _("new password")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("of a letter", "waiting")
        SENDING = "sending", pgettext_lazy("of a letter", "being sent")
        SENT = "sent", pgettext_lazy("of a letter", "sent")
        FAILED = "failed", pgettext_lazy("of a letter", "not delivered")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    to = models.EmailField(max_length=254)
    language = models.CharField(max_length=2)
    invitation = models.ForeignKey("portal.Invitation", models.CASCADE, null=True, related_name="letters")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="letter_due")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.to}"

    @property
    def message_id(self) -> str:
        """The same at every attempt (RFC 5322, section 3.6.4)."""
        host = urlsplit(settings.BASE_URL).hostname
        return f"<letter-{self.pk}-{self.created_at:%Y%m%d%H%M%S}@{host}>"


Writer = Callable[[Letter, datetime], Words | None]
_WRITERS: dict[str, Writer] = {}


def writes(kind: Letter.Kind) -> Callable[[Writer], Writer]:
    """Marks the function that writes the words of a kind of letter in its language; None if it is needed no more."""

    def register(writer: Writer) -> Writer:
        _WRITERS[kind] = writer
        return writer

    return register


def mail_leaves() -> bool:
    """Whether this site sends mail at all; on a laptop it is only printed."""
    return settings.EMAIL_BACKEND.split(".")[-2] not in STAY_HERE


@transaction.atomic
def post(kind: Letter.Kind, to: str, language: str, now: datetime, *, invitation: Any = None) -> Letter:
    """Puts a letter into the queue; it goes when the transaction is committed."""
    times = {"created_at": now, "due_at": now, "changed_at": now}
    letter = Letter.objects.create(kind=kind, to=to, language=language, invitation=invitation, **times)
    _send_at(now)
    return letter


def _send_at(moment: datetime) -> None:
    transaction.on_commit(lambda: send_due.using(run_after=moment).enqueue())


@task()
def send_due() -> None:
    """Sends every letter that is due, one after the other."""
    Letter.objects.filter(changed_at__lt=timezone.now() - KEPT).exclude(state=Letter.State.WAITING).delete()
    while letter := _taken(timezone.now()):
        _send(letter)


@transaction.atomic
def _taken(now: datetime) -> Letter | None:
    """Returns the next letter that is due, for this worker alone."""
    due = Q(state=Letter.State.WAITING, due_at__lte=now)
    left = Q(state=Letter.State.SENDING, changed_at__lt=now - ABANDONED)
    letter = Letter.objects.select_for_update(skip_locked=True).filter(due | left).order_by("due_at", "pk").first()
    if letter is not None:
        letter.state, letter.changed_at = Letter.State.SENDING, now
        letter.save(update_fields=["state", "changed_at"])
    return letter


def _send(letter: Letter) -> None:
    now = timezone.now()
    with translation.override(letter.language):
        words = _WRITERS[letter.kind](letter, now)
    if words is None:
        letter.delete()
        return
    try:
        _hand_over(letter, words)
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("Letter %s was not delivered: %s", letter.pk, error)
        _settle(letter, now, again=_may_pass(error), answer=str(error))
    else:
        _settle(letter, now, again=None)


def _hand_over(letter: Letter, words: Words) -> None:
    subject = " ".join(words.subject.split())  # a header is one line, whatever a name holds
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    EmailMessage(subject, words.text, to=[letter.to], headers=headers).send()


def _may_pass(error: Exception) -> bool:
    """Whether what went wrong may go well later: a permanent refusal (5xx) of the address will not."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return any(code < 500 for code, _words in error.recipients.values())
    return True


def _settle(letter: Letter, now: datetime, *, again: bool | None, answer: str = "") -> None:
    """Notes what became of a letter; ``again`` is None where it was handed over."""
    letter.attempts += 1
    letter.changed_at, letter.answer = now, " ".join(answer.split())[:300]
    if again is None:
        letter.state = Letter.State.SENT
    elif again and letter.attempts <= len(WAITS):
        letter.state, letter.due_at = Letter.State.WAITING, now + timedelta(minutes=WAITS[letter.attempts - 1])
    else:
        letter.state = Letter.State.FAILED
    with transaction.atomic():
        letter.save(update_fields=["attempts", "changed_at", "answer", "state", "due_at"])
        if letter.state == Letter.State.WAITING:
            _send_at(letter.due_at)

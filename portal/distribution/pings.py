"""Tells WebSub hubs and IndexNow what was published, changed or withdrawn: from the task queue, never in a request.

A ping is a row that waits until it is due. Saving a story three times in a minute makes one of it; a task that
runs twice or late finds nothing to do, or does it then; a failure is tried again with longer and longer waits,
and stays on the desk when all of them were in vain.
"""

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import models, transaction
from django.db.models import Min, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_tasks import task

from articles import feeds
from articles.models import Article, State
from lib import outbound
from lib.addresses import absolute
from portal.distribution.settings import Distribution

RULES = outbound.PUBLIC
SETTLING = timedelta(seconds=30)
"""How long a story may still change before the first of its changes is announced."""
WAITS = (1, 5, 30, 120, 360)
"""Minutes before the second, third… attempt."""
ABANDONED = timedelta(minutes=15)
"""After so long, a ping that a worker took and never finished is anybody's."""
IS_NEWS = timedelta(days=2)
"""A story that comes to the site with an older date is of an archive that moves in."""
KEPT = timedelta(days=30)
MOST_AT_ONCE = 1_000
ACCEPTED, TRY_AGAIN = range(200, 300), {408, 425, 429, *range(500, 600)}


class Ping(models.Model):
    """One story to be announced to one receiver."""

    class Service(models.TextChoices):
        INDEXNOW = "indexnow", "IndexNow"
        WEBSUB = "websub", "WebSub"

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("of a ping", "waiting")
        SENDING = "sending", _("being sent")
        DONE = "done", _("accepted")
        FAILED = "failed", pgettext_lazy("of a ping", "failed")

    service = models.CharField(_("service"), max_length=10, choices=Service.choices)
    receiver = models.CharField(_("receiver"), max_length=500)
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, related_name="pings", verbose_name=_("article"), editable=False
    )
    address = models.TextField(_("address"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField(_("due"))
    changed_at = models.DateTimeField(_("changed"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    answer = models.CharField(_("answer"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("ping")
        verbose_name_plural = _("pings")
        ordering = ["-due_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="ping_due")]

    def __str__(self) -> str:
        return f"{self.get_service_display()}: {self.address}"


def receivers(distribution: Distribution) -> list[tuple[str, str]]:
    """Returns to whom the site announces: service and address of each. Empty while nothing is configured."""
    hubs = [(Ping.Service.WEBSUB.value, hub) for hub in distribution.hubs]
    search = [(Ping.Service.INDEXNOW.value, distribution.indexnow_address)]
    return [*hubs, *(search if distribution.indexnow and distribution.indexnow_key else [])]


@transaction.atomic
def announce(*, article: Article, first: bool = False, now: datetime | None = None, **signal: Any) -> None:
    """Listens to ``article_published`` and ``article_withdrawn``: has the receivers told when readers see it."""
    now = now or timezone.now()
    wanted = [] if moves_in(article, first, now) else receivers(Distribution.current())
    if not wanted:
        return
    waiting = Ping.objects.select_for_update().filter(article=article, state=Ping.State.WAITING)
    soonest = waiting.filter(attempts=0).aggregate(soonest=Min("due_at"))["soonest"] or now + SETTLING
    waiting.delete()
    moments = _moments(article, now, soon=min(soonest, now + SETTLING))
    Ping.objects.bulk_create(
        Ping(service=service, receiver=receiver, article=article, address=address, due_at=at, changed_at=now)
        for service, receiver in wanted
        for address in _addresses(article, service)
        for at in moments
    )
    for at in moments:
        _send_at(at)


def moves_in(article: Article, first: bool, now: datetime) -> bool:
    """Says whether ``article`` comes to the site as part of an archive: nobody need be told."""
    return first and article.publish_at is not None and article.publish_at < now - IS_NEWS


def _moments(article: Article, now: datetime, *, soon: datetime) -> list[datetime]:
    """Returns when readers see something new of ``article``: soon or at its time, and when it goes off by the clock."""
    if article.state != State.PUBLISHED or article.in_bin or article.publish_at is None:
        was_public = article.first_published_at is not None and article.first_published_at <= now
        return [soon] if was_public else []
    begins = max(soon, article.publish_at)
    ends = article.unpublish_at
    return [begins, ends] if ends and ends > begins else [begins]


def _addresses(article: Article, service: str) -> set[str]:
    """Returns the address of ``article``; for search engines also the one it was last announced under, if it moved."""
    address = absolute(article.get_absolute_url())
    done = Ping.objects.filter(article=article, service=service, state=Ping.State.DONE)
    before = done.values_list("address", flat=True).first()
    return {address, before} if before and service == Ping.Service.INDEXNOW else {address}


def _send_at(moment: datetime) -> None:
    transaction.on_commit(lambda: send_due.using(run_after=moment).enqueue())


@task()
def send_due() -> None:
    """Sends every ping that is due."""
    now = timezone.now()
    distribution = Distribution.current()
    wanted = receivers(distribution)
    Ping.objects.filter(changed_at__lt=now - KEPT).exclude(state=Ping.State.WAITING).delete()
    for (service, receiver), group in groupby(_claimed(now), key=lambda ping: (ping.service, ping.receiver)):
        pings = list(group)
        if (service, receiver) in wanted:
            _settle(pings, *_sent(service, receiver, pings, distribution), now)
        else:  # the administrator has taken it away since
            Ping.objects.filter(pk__in=[ping.pk for ping in pings]).delete()


@transaction.atomic
def _claimed(now: datetime) -> list[Ping]:
    """Returns what is due, for this task alone. What readers do not see yet is forgotten: it has a new time."""
    due = Q(state=Ping.State.WAITING, due_at__lte=now)
    left = Q(state=Ping.State.SENDING, changed_at__lt=now - ABANDONED)
    rows = Ping.objects.select_for_update(skip_locked=True, of=("self",)).filter(due | left)
    found = list(rows.select_related("article").order_by("service", "receiver", "due_at")[:MOST_AT_ONCE])
    unseen = {ping.pk for ping in found if ping.article and not _was_public(ping.article, now)}
    Ping.objects.filter(pk__in=unseen).delete()
    claimed = [ping for ping in found if ping.pk not in unseen]
    Ping.objects.filter(pk__in=[ping.pk for ping in claimed]).update(state=Ping.State.SENDING, changed_at=now)
    return claimed


def _was_public(article: Article, now: datetime) -> bool:
    return article.first_published_at is not None and article.first_published_at <= now


def _sent(service: str, receiver: str, pings: list[Ping], distribution: Distribution) -> tuple[Ping.State, str]:
    """Sends ``pings`` in one request; returns what has become of them, and what was answered."""
    body, content_type = _MESSAGES[service](pings, distribution)
    try:
        reply = outbound.post(receiver, body, content_type, rules=RULES)
    except outbound.Unreachable as error:
        return Ping.State.WAITING, str(error)
    words = f"{reply.status} {reply.words}".strip()
    if reply.status in ACCEPTED:
        return Ping.State.DONE, words
    return (Ping.State.WAITING if reply.status in TRY_AGAIN else Ping.State.FAILED), words


def _settle(pings: Iterable[Ping], state: Ping.State, words: str, now: datetime) -> None:
    for ping in pings:
        ping.attempts += 1
        ping.state, ping.answer, ping.changed_at = state, words[:300], now
        if state == Ping.State.WAITING and ping.attempts > len(WAITS):
            ping.state = Ping.State.FAILED
        elif state == Ping.State.WAITING:
            ping.due_at = now + timedelta(minutes=WAITS[ping.attempts - 1])
    with transaction.atomic():
        Ping.objects.bulk_update(pings, ["attempts", "state", "answer", "changed_at", "due_at"])
        for moment in {ping.due_at for ping in pings if ping.state == Ping.State.WAITING}:
            _send_at(moment)


@transaction.atomic
def send_again(pings: "models.QuerySet[Ping]", now: datetime) -> int:
    """Tries failed ``pings`` once more, with all their attempts. Returns how many there are."""
    number = pings.filter(state=Ping.State.FAILED).update(
        state=Ping.State.WAITING, due_at=now, changed_at=now, attempts=0, answer=""
    )
    if number:
        _send_at(now)
    return number


def _indexnow(pings: list[Ping], distribution: Distribution) -> tuple[bytes, str]:
    """Writes a batch as https://www.indexnow.org/documentation has it."""
    key = distribution.indexnow_key
    told = {
        "host": urlsplit(settings.BASE_URL).netloc,
        "key": key,
        "keyLocation": absolute(reverse("indexnow_key", args=[key])),
        "urlList": sorted({ping.address for ping in pings}),
    }
    return json.dumps(told).encode(), "application/json; charset=utf-8"


def _websub(pings: list[Ping], distribution: Distribution) -> tuple[bytes, str]:
    """Writes a publisher's ping, as hubs know it from PubSubHubbub 0.4, for every feed that shows a story."""
    topics = sorted({topic for ping in pings if ping.article for topic in _topics(ping.article)})
    fields = [("hub.mode", "publish"), *(("hub.url", topic) for topic in topics)]
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def _topics(article: Article) -> list[str]:
    with translation.override(article.language):
        found = feeds.channels(article)
        return [absolute(channel.address_as(form)) for channel in found for form in feeds.FORMS]


_MESSAGES: dict[str, Callable[[list[Ping], Distribution], tuple[bytes, str]]] = {
    Ping.Service.INDEXNOW: _indexnow,
    Ping.Service.WEBSUB: _websub,
}

"""What is wrong or about to be, for «Today»: each with a link to where it is mended, for those who can mend it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django_tasks_db.models import DBTaskResult

from articles import rights
from articles.models import Article, Listing, MissedSearch
from comments import moderation
from comments.models import PortalComment
from lib.days import midnight
from lib.heartbeat import last_beat
from portal.distribution.pings import Ping
from portal.waiting import MOST, counted

LATELY = timedelta(days=2)
MONTH = timedelta(days=30)
COMMENT_WAITS = timedelta(hours=1)
TASK_WAITS = timedelta(minutes=10)
COUNTER_SILENT = timedelta(minutes=5)
PILE, PILE_SPAN = 4, timedelta(minutes=10)
"""So many stories within such a time crowd each other out of the front page."""
AHEAD = timedelta(days=3)
MOST_COMING = 300
EVENING = 15
"""From this hour on the next day should have something in it."""


@dataclass(frozen=True)
class Trouble:
    text: str | Promise
    address: str
    is_bad: bool = False
    """Whether something is broken now, rather than worth a look."""


@dataclass(frozen=True)
class _Counted:
    """A trouble that is so many rows of a query."""

    told: Any
    """What ``ngettext_lazy`` makes, with a place for the number."""
    rows: QuerySet[Any]
    address: str
    is_bad: bool = False

    def trouble(self, number: int) -> Trouble:
        told = str(self.told % {"number": number})
        return Trouble(told if number < MOST else format_lazy("{} +", told), self.address, self.is_bad)


def troubles(user: User, now: datetime) -> list[Trouble]:
    """Returns what ``user`` should see to, the broken first; in two queries however much there is."""
    asked = dict(enumerate(each for ask in ASKED for each in ask(user, now)))
    numbers = counted({key: each.rows for key, each in asked.items()})
    found = [each.trouble(numbers[key]) for key, each in asked.items() if numbers[key]]
    found += _of_the_counter(user, now)
    found += _of_what_comes(user, now)
    return sorted(found, key=lambda each: not each.is_bad)


def _of_editors(user: User, now: datetime) -> Iterator[_Counted]:
    if not (user.has_perm(rights.PUBLISH) or user.has_perm(rights.EDIT_EVERY)):
        return
    listed = Listing.objects.filter(key="all", language__in=dict(settings.LANGUAGES))
    recent = listed.filter(publish_at__gt=now - MONTH, publish_at__lte=now).values("article")
    articles = reverse("admin:articles_article_changelist")
    yield _Counted(
        ngettext_lazy(
            "%(number)d recent story has a main picture that nobody described",
            "%(number)d recent stories have a main picture that nobody described",
            "number",
        ),
        Article.objects.published(now).filter(pk__in=recent, hero__alt=""),
        f"{articles}?state=live",
    )
    if user.has_perm("articles.change_missedsearch"):
        yield _Counted(
            ngettext_lazy("%(number)d search found nothing", "%(number)d searches found nothing", "number"),
            MissedSearch.objects.filter(is_done=False),
            reverse("admin:articles_missedsearch_changelist"),
        )


def _of_moderators(user: User, now: datetime) -> Iterator[_Counted]:
    if user.has_perm(moderation.PERMISSION):
        yield _Counted(
            ngettext_lazy(
                "%(number)d comment has waited for more than an hour",
                "%(number)d comments have waited for more than an hour",
                "number",
            ),
            PortalComment.objects.waiting().filter(submit_date__lt=now - COMMENT_WAITS),
            reverse("admin:comments_portalcomment_changelist"),
        )


def _of_machines(user: User, now: datetime) -> Iterator[_Counted]:
    if user.has_perm("portal.view_ping"):
        yield _Counted(
            ngettext_lazy("%(number)d ping failed", "%(number)d pings failed", "number"),
            Ping.objects.filter(state=Ping.State.FAILED, changed_at__gt=now - LATELY),
            f"{reverse('admin:portal_ping_changelist')}?state__exact=failed",
            True,
        )
    if user.is_superuser:
        tasks = reverse("admin:django_tasks_database_dbtaskresult_changelist")
        due = Q(run_after__lte=now - TASK_WAITS) | Q(run_after__year=9999)
        yield _Counted(
            ngettext_lazy("%(number)d background task failed", "%(number)d background tasks failed", "number"),
            DBTaskResult.objects.failed().filter(finished_at__gt=now - LATELY),
            f"{tasks}?status__exact=FAILED",
            True,
        )
        yield _Counted(
            ngettext_lazy(
                "The task worker does not run: %(number)d task waits",
                "The task worker does not run: %(number)d tasks wait",
                "number",
            ),
            DBTaskResult.objects.filter(due, status="READY", enqueued_at__lt=now - TASK_WAITS),
            f"{tasks}?status__exact=READY",
            True,
        )


ASKED: tuple[Callable[[User, datetime], Iterator[_Counted]], ...] = (_of_machines, _of_moderators, _of_editors)


def _of_the_counter(user: User, now: datetime) -> Iterator[Trouble]:
    if not user.is_superuser:
        return
    last = last_beat("count")
    if last is None or last < now - COUNTER_SILENT:
        told = _("Readers are not counted: the counter has never run")
        if last:
            since = date_format(timezone.localtime(last), "j E, H:i")
            told = _("Readers are not counted: the counter was last at work: %s") % since
        yield Trouble(told, reverse("admin:index"), True)


def _of_what_comes(user: User, now: datetime) -> Iterator[Trouble]:
    """What the plan of the next days lacks, or has too much of at once; in one query."""
    if not user.has_perm(rights.PUBLISH):
        return
    address = f"{reverse('admin:articles_article_changelist')}?state=scheduled"
    listed = Listing.objects.filter(key="all", language__in=dict(settings.LANGUAGES))
    coming = listed.filter(publish_at__gt=now, publish_at__lt=now + AHEAD).order_by("publish_at")
    moments = list(coming.values_list("publish_at", flat=True)[:MOST_COMING])
    here = timezone.localtime(now)
    tomorrow = midnight(here.date() + timedelta(days=1))
    if here.hour >= EVENING and not any(tomorrow <= at < tomorrow + timedelta(days=1) for at in moments):
        yield Trouble(_("Nothing is scheduled for tomorrow"), address)
    for first, last in zip(moments, moments[PILE - 1 :], strict=False):
        if last - first <= PILE_SPAN:
            when = date_format(timezone.localtime(first), "j E, H:i")
            yield Trouble(_("Several stories come at once: %(when)s") % {"when": when}, address)
            return

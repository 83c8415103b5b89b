"""What was done with the front page, in a sentence in the language of whoever reads it."""

from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.front import FrontChange

SENTENCES = {
    "pin": gettext_noop("Pinned «%(story)s»: %(place)s, %(until)s"),
    "move": gettext_noop("Moved «%(story)s»: from %(from)s to %(place)s"),
    "unpin": gettext_noop("Unpinned «%(story)s»: %(place)s"),
    "add": gettext_noop("Added the zone «%(zone)s»"),
    "settle": gettext_noop("Changed the zone «%(zone)s»"),
    "up": gettext_noop("Moved the zone «%(zone)s» up"),
    "down": gettext_noop("Moved the zone «%(zone)s» down"),
    "on": gettext_noop("Switched on the zone «%(zone)s»"),
    "off": gettext_noop("Switched off the zone «%(zone)s»"),
    "remove": gettext_noop("Removed the zone «%(zone)s» with its pins"),
    "undo": gettext_noop("Undone: %(sentence)s"),
}


def sentence(change: FrontChange) -> str:
    """Returns what ``change`` did: Pinned «Bridge opens»: «Lead story», place 1, until 20:00."""
    words = dict(change.words)
    if change.act == "undo":
        undone = FrontChange(act=words["act"], words=words["words"], at=change.at)
        words["sentence"] = sentence(undone)
    if change.act == "pin":
        words["until"] = until(parse_datetime(words["until"]) if words["until"] else None, change.at)
    return _(SENTENCES[change.act]) % words


def until(end: datetime | None, seen_at: datetime) -> str:
    """Returns the end of a pin in words."""
    return _("without an end") if end is None else _("until %s") % moment(end, seen_at)


def moment(told: datetime, seen_at: datetime) -> str:
    """Returns the hour, with the day unless it is the day of ``seen_at``."""
    here = timezone.localtime(told)
    today = here.date() == timezone.localdate(seen_at)
    return str(date_format(here, "H:i" if today else "j E, H:i"))

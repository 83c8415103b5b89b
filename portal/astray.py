"""Notes who comes by an old address, and by one that leads nowhere: an editor sees what to mend, and what may go.

Each such visit is a line in the spool, so that nobody waits for it and a flood writes no rows. Of the visitor nothing
is kept, of the address no more than could be printed on paper: queries are cut off but for WordPress's ``?p=12``.
"""

import logging
import re
from collections import Counter
from collections.abc import Callable
from copy import copy
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lib.spool import Batch, Spool
from lib.spool.draining import drain
from lib.throttle import Throttle
from portal.models import Redirect
from portal.models.missing import LONGEST, MissingAddress

logger = logging.getLogger(__name__)

THROTTLE = Throttle("astray", 60)
"""How many visits of one address count within a minute: whoever tries passwords and holes asks for thousands."""
MOST_NEW = 300
"""How many addresses join the list in a day; those that are in it count on."""
MOST_AT_ONCE = 2_000
"""How many addresses are looked at when the spool is drained; a flood may bring any number."""
KEPT = timedelta(days=90)
NOISE = re.compile(
    r"\.(?:php\d?|aspx?|jspx?|cgi|env|ini|ya?ml|sql|bak|old|zip|gz|tgz|tar|rar|7z|log|map|cfg|conf|sh|exe)(?:$|[/~.])"
    r"|/(?:wp-(?:admin|login|includes|content/plugins|json)|\.|cgi-bin|phpmyadmin|vendor/|xmlrpc|actuator|solr|boaform)"
    r"|/(?:apple-touch-icon[^/]*|browserconfig\.xml|favicon[^/]*|app-ads\.txt|ads\.txt|security\.txt)$"
    r"|[\x00-\x1f\x7f<>\"'|\\{}^`@]|//|%",
    re.IGNORECASE,
)
"""What no link of a newsroom ever led to: tries for holes, files that browsers ask for by themselves."""
SHORT_ADDRESS = re.compile(r"(?:^|&)((?:p|page_id)=[0-9]{1,12})(?:&|$)")


@dataclass(frozen=True)
class Visit:
    """A visit of ``path``, which a redirect (its key) led on, or nothing did."""

    path: str
    at: float
    redirect: int | None = None
    referrer: str = ""

    @property
    def day(self) -> date:
        return datetime.fromtimestamp(self.at, timezone.get_default_timezone()).date()


def spool_folder() -> Path:
    folder: Path = settings.SPOOL_DIR / "astray"
    return folder


def printable(path: str, query: str = "") -> str:
    """Returns an address as it may stand in the list; empty when it is not to be kept."""
    short = SHORT_ADDRESS.search(query)
    address = f"{path}?{short[1]}" if short else path
    return "" if NOISE.search(path) or len(address) > LONGEST or not address.isprintable() else address


def tell(request: HttpRequest, found: Redirect | None) -> None:
    """Says of a request that no page answers, and what redirect does."""
    request.astray = found  # type: ignore[attr-defined]  # read by the middleware below


def noting(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Notes the requests of which ``tell`` was told."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = copy(request)  # the view of a stored page is not shown who asks: see lib.pagecache.misses
        asked.META = asked.environ = request.META.copy()  # type: ignore[attr-defined]  # of WSGI
        response = get_response(request)
        if hasattr(request, "astray"):
            note(asked, request.astray, timezone.now())
        return response

    return middleware


def note(request: HttpRequest, found: Redirect | None, now: datetime) -> None:
    """Appends that somebody came astray, unless they are of the newsroom. A full disk costs only the note."""
    path = printable(request.path, request.META.get("QUERY_STRING", ""))
    if not (path or found) or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return
    if THROTTLE.wait(request, now.timestamp()):
        return
    visit = Visit(path, now.timestamp(), found.pk if found else None, _host(request.headers.get("Referer", "")))
    try:
        Spool(spool_folder()).append(asdict(visit))
    except OSError:
        logger.exception("A visit by a missing address is not noted: the spool takes nothing.")


def _host(referrer: str) -> str:
    try:
        host = urlsplit(referrer).hostname or ""
    except ValueError:
        return ""
    return host if len(host) <= 255 and host.isprintable() else ""


def count(now: datetime) -> int:
    """Adds what waits in the spool to redirects and the list; returns how many visits that were."""
    return sum(drain(Spool(spool_folder()), _count, now))


def thin(now: datetime) -> None:
    """Takes out of the list what nobody asked for in a long time."""
    MissingAddress.objects.filter(last_seen__lt=timezone.localdate(now - KEPT)).delete()


def _count(batch: Batch) -> int:
    visits = [visit for record in batch.records() if (visit := _visit(record))]
    days: dict[date, list[Visit]] = {}
    for visit in visits:
        days.setdefault(visit.day, []).append(visit)
    for day in sorted(days):
        _add_to_redirects(Counter(visit.redirect for visit in days[day] if visit.redirect), day)
        _add_to_missing([visit for visit in days[day] if not visit.redirect and visit.path], day)
    return len(visits)


def _visit(record: dict[str, Any]) -> Visit | None:
    """Reads a line of the spool; None if it is not one of ours."""
    try:
        key = record["redirect"]
        visit = Visit(str(record["path"]), float(record["at"]), key and int(key), str(record["referrer"]))
        visit.day  # noqa: B018  # raises for a time that no calendar has
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
    return visit


def _add_to_redirects(numbers: Counter[int], day: date) -> None:
    for key in sorted(numbers):
        Redirect.objects.filter(pk=key).update(visits=F("visits") + numbers[key], last_visit=day)


def _add_to_missing(visits: list[Visit], day: date) -> None:
    """Adds to the rows that are there; of the others those join that were asked for most, up to MOST_NEW a day."""
    numbers = Counter(visit.path for visit in visits)
    numbers = Counter(dict(numbers.most_common(MOST_AT_ONCE)))
    came_from = {visit.path: visit.referrer for visit in visits if visit.referrer}
    rows = {row.path: row for row in MissingAddress.objects.filter(path__in=list(numbers))}
    for path in sorted(rows):
        row = rows[path]
        row.number, row.last_seen, row.referrer = row.number + numbers[path], day, came_from.get(path, row.referrer)
    MissingAddress.objects.bulk_update(rows.values(), ["number", "last_seen", "referrer"], batch_size=500)
    room = max(0, MOST_NEW - MissingAddress.objects.filter(first_seen=day).count())
    fresh = [path for path, _number in numbers.most_common() if path not in rows][:room]
    MissingAddress.objects.bulk_create(
        MissingAddress(path=path, number=numbers[path], referrer=came_from.get(path, ""), first_seen=day, last_seen=day)
        for path in fresh
    )

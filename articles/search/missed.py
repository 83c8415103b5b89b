"""Notes what readers looked for and did not find, without knowing who: editors write about it, or tag it.

A search appends a line to the spool: the words, and a mark. The mark is a hash of the address under a key that is
random and deleted when the day is over, as in ``articles.reads``; of the words it holds only which of twenty slots they
fall into. So an address counts once a day for a search, and for twenty searches at most.
"""

import logging
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from articles.models import MissedSearch
from articles.models.missed import LONGEST
from articles.search.query import Query
from articles.search.words import WORD
from lib.daily_key import daily_key, forget_keys
from lib.days import midnight_after
from lib.spool import Batch, Spool
from lib.spool.draining import drain, known, remember
from lib.visitors import mark, network_of, not_a_reader

logger = logging.getLogger(__name__)

SLOTS = 20
MOST_DIGITS = 6
"""A text with more may be a telephone number or a passport: it is not kept, nor is one with an @."""
MOST_NEW = 200
"""How many texts join the list in a day; those that are in it count on."""
MOST_AT_ONCE = 1_000
"""How many texts of a day are looked at when the spool is drained; a flood may bring any number."""
KEPT = timedelta(days=90)
"""How long after it was last missed a text stays in the list."""

Key = tuple[str, str]
"""Language and text."""


@dataclass(frozen=True)
class Miss:
    language: str
    text: str
    at: float
    visitor: str

    @property
    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.at, timezone.get_default_timezone())

    @property
    def mark(self) -> str:
        return f"missed:{self.visitor}"


def spool_folder() -> Path:
    folder: Path = settings.SPOOL_DIR / "searches"
    return folder


def normal(query: Query) -> str:
    """Returns the words of ``query`` as they stand in the list; empty when they are not to be kept."""
    text = " ".join(WORD.findall(query.text.lower()))
    is_private = "@" in query.text or sum(map(str.isdigit, text)) > MOST_DIGITS
    return "" if is_private or len(text) > LONGEST else text


def note(request: HttpRequest, query: Query, language: str, now: datetime) -> None:
    """Appends that a reader found nothing for ``query``. A full disk costs the note, never the page."""
    text = normal(query)
    if not text or not_a_reader(request):
        return
    try:
        key = daily_key(spool_folder(), timezone.localdate(now))
        slot = int(mark(key, language, text), 16) % SLOTS
        miss = Miss(language, text, now.timestamp(), mark(key, slot, network_of(request)))
        Spool(spool_folder()).append(asdict(miss))
    except OSError:
        logger.exception("A search without results is not noted: the spool takes nothing.")


def count(now: datetime) -> int:
    """Adds what waits in the spool to the list; returns how many searches that were."""
    forget_keys(spool_folder(), timezone.localdate(now))
    return sum(drain(Spool(spool_folder()), _count, now))


def thin(now: datetime) -> None:
    """Takes out of the list what nobody missed for long."""
    MissedSearch.objects.filter(last_seen__lt=timezone.localdate(now - KEPT)).delete()


def _count(batch: Batch) -> int:
    misses = _counting(batch)
    remember({miss.mark: midnight_after(miss.moment) for miss in misses})
    days: dict[date, Counter[Key]] = {}
    for miss in misses:
        days.setdefault(miss.moment.date(), Counter())[miss.language, miss.text] += 1
    for day in sorted(days):
        _add(Counter(dict(days[day].most_common(MOST_AT_ONCE))), day)
    return len(misses)


def _counting(batch: Batch) -> list[Miss]:
    """Returns the misses of ``batch`` whose visitor does not count already."""
    told = [miss for record in batch.records() if (miss := _miss(record))]
    counted = known({miss.mark for miss in told})
    found = {miss.mark: miss for miss in reversed(told) if miss.mark not in counted}
    return list(reversed(found.values()))


def _miss(record: dict[str, Any]) -> Miss | None:
    """Reads a line of the spool; None if it is not one of ours."""
    try:
        miss = Miss(str(record["language"]), str(record["text"]), float(record["at"]), str(record["visitor"]))
        miss.moment  # noqa: B018  # raises for a time that no calendar has
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
    return miss


def _add(numbers: Counter[Key], day: date) -> None:
    """Adds to the rows that are there; of the others those join that were missed most, up to MOST_NEW a day."""
    texts = [text for _language, text in numbers]
    rows = {(row.language, row.text): row for row in MissedSearch.objects.filter(text__in=texts)}
    for key in sorted(rows.keys() & numbers.keys()):
        MissedSearch.objects.filter(pk=rows[key].pk).update(number=F("number") + numbers[key], last_seen=day)
    room = max(0, MOST_NEW - MissedSearch.objects.filter(first_seen=day).count())
    fresh = [key for key, _number in numbers.most_common() if key not in rows][:room]
    MissedSearch.objects.bulk_create(
        MissedSearch(language=language, text=text, number=numbers[language, text], first_seen=day, last_seen=day)
        for language, text in sorted(fresh)
    )

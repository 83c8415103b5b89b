"""What a flight has delivered, day by day, and the same as CSV for the advertiser."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from ads.models import DailyCount, Flight
from ads.slots import SLOTS

FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Row:
    day: Any
    creative: str
    slot: str
    seen: int
    clicks: int

    @property
    def ctr(self) -> float | None:
        """Clicks of a hundred times seen, or None where it was not seen."""
        return round(self.clicks * 100 / self.seen, 2) if self.seen else None

    @property
    def place(self) -> str:
        return str(SLOTS[self.slot].name) if self.slot in SLOTS else self.slot


def by_day(flight: Flight) -> list[Row]:
    """Returns a row for each day, the latest first."""
    sums = DailyCount.objects.filter(flight=flight).order_by("-day").values("day").annotate(Sum("seen"), Sum("clicks"))
    return [Row(each["day"], "", "", each["seen__sum"], each["clicks__sum"]) for each in sums]


def in_detail(flight: Flight) -> list[Row]:
    """Returns a row for each day, creative and place, the earliest first."""
    counts = DailyCount.objects.filter(flight=flight).select_related("creative").order_by("day", "creative", "slot")
    return [Row(each.day, each.creative.name, each.slot, each.seen, each.clicks) for each in counts]


def total(rows: Iterable[Row]) -> Row:
    rows = list(rows)
    return Row(None, "", "", sum(row.seen for row in rows), sum(row.clicks for row in rows))


def to_csv(flight: Flight) -> str:
    """Returns the details as CSV that a spreadsheet opens in Cyrillic and takes no cell of for a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([_("day"), _("creative"), _("place"), _("seen"), _("clicks"), _("CTR, %")])
    for row in in_detail(flight):
        writer.writerow([row.day.isoformat(), _plain(row.creative), row.place, row.seen, row.clicks, row.ctr])
    return "\ufeff" + file.getvalue()


def _plain(text: str) -> str:
    """Quotes what a spreadsheet would run (OWASP: CSV injection)."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_BEGINS) else text

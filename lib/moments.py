"""Moments in words, as every screen of the desk writes them, and the zone that they are told in."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format


def in_words(at: datetime) -> str:
    """Returns day, month and time in the zone of the site, with the year if it is not the present one."""
    here = timezone.localtime(at)
    return str(date_format(here, "j E, H:i" if here.year == timezone.localdate().year else "j E Y, H:i"))


def from_utc(at: datetime) -> str:
    """Says how far the zone of the site is from UTC at that moment, as people write it: UTC+3, UTC−3:30."""
    offset = timezone.localtime(at).utcoffset() or timedelta()
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    sign = "\N{MINUS SIGN}" if offset < timedelta() else "+"
    return "UTC" + (f"{sign}{hours}" if offset else "") + (f":{minutes:02}" if minutes else "")

"""Days of the calendar in the time zone of the site."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def midnight(day: date) -> datetime:
    """Returns the aware moment at which ``day`` begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


def midnight_after(moment: datetime) -> datetime:
    """Returns the aware moment at which the day of ``moment`` is over."""
    return midnight(timezone.localtime(moment).date() + timedelta(days=1))

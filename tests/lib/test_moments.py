"""Moments and zones in words."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from lib.moments import from_utc


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Moscow", "UTC+3"),
        ("UTC", "UTC"),
        ("Asia/Kolkata", "UTC+5:30"),
        ("America/St_Johns", "UTC−3:30"),
        ("America/New_York", "UTC−5"),
    ],
)
def test_it_says_how_far_a_zone_is_from_utc(zone: str, words: str) -> None:
    with timezone.override(zone):
        assert from_utc(datetime(2026, 1, 9, tzinfo=UTC)) == words

"""Whatever editors do with the front page: no story stands twice, and each change can be undone, the newest first."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, State
from portal.arranging import changes, pins, undoing, zones
from portal.arranging.changes import Act, Refused, Spot
from portal.front import FrontChange, FrontZone, Pin
from portal.frontpage import arrange

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
STORY, ZONE, NUMBER = st.integers(0, 4), st.integers(0, 2), st.integers(1, 3)
DEED = st.tuples(st.sampled_from(["pin", "move", "unpin", "up", "off", "remove"]), STORY, ZONE, NUMBER, st.booleans())
Deed = tuple[str, int, int, int, bool]


def made() -> tuple[list[FrontZone], list[Article]]:
    FrontZone.objects.all().delete()
    kinds = {"lead": 1, "seconds": 3, "opinion": 3}
    made_zones = [
        FrontZone.objects.create(language="ru", kind=kind, size=size, order=order)
        for order, (kind, size) in enumerate(kinds.items())
    ]
    fields = {"state": State.PUBLISHED, "publish_at": NOW - timedelta(days=1)}
    return made_zones, [Article.objects.create(title=str(number), **fields) for number in range(5)]


def act_of(deed: Deed, keys: list[int], stories: list[int]) -> Act:
    name, story, zone, number, ends = deed
    key, article, spot = keys[zone], stories[story], Spot(keys[zone], 0, number)
    held = Pin.objects.filter(article=article).values_list("zone", flat=True).first() or key
    acts: dict[str, Act] = {
        "pin": lambda: pins.pin("ru", article, spot, NOW + timedelta(hours=1) if ends else None, NOW),
        "move": lambda: pins.move("ru", held, article, spot, NOW),
        "unpin": lambda: pins.unpin("ru", held, article),
        "up": lambda: zones.shift("ru", key, up=ends),
        "off": lambda: zones.switch("ru", key, on=ends),
        "remove": lambda: zones.remove("ru", key),
    }
    return acts[name]


def do(name: str, act: Act) -> FrontChange | None:
    try:
        return changes.change("ru", name, act, based_on=changes.newest_number("ru"), by=None, now=NOW)
    except Refused:
        return None


def undo(record: FrontChange) -> None:
    assert do("undo", lambda: undoing.undo(record, NOW)) is not None


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(DEED, min_size=1, max_size=7))
def test_it_can_be_undone_to_the_beginning(db: None, deeds: list[Deed]) -> None:
    with transaction.atomic():
        made_zones, stories = made()
        keys, articles = [zone.pk for zone in made_zones], [story.pk for story in stories]
        before = changes.read("ru", NOW)
        records = [record for deed in deeds if (record := do(deed[0], act_of(deed, keys, articles)))]
        shown = [place.key for block in arrange("ru", NOW).every_block for place in block.places]
        assert len(shown) == len(set(shown))
        for record in reversed(records):
            undo(record)
        assert changes.read("ru", NOW) == before
        transaction.set_rollback(True)

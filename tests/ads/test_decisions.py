"""Which ad stands where: the rules, whatever is booked."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ads.decisions import Candidate, Dice, Place, fill, refusal
from ads.slots import DESKTOP, PHONE, SLOTS

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PLACE = Place(SLOTS["article-top"], DESKTOP, "ru", "gorod/transport", frozenset({"мосты"}))
BOOKED = Candidate(1, 1, 1, 728, 90, NOW - timedelta(days=1), slots=frozenset(SLOTS))

moments = st.integers(-3, 3).map(lambda days: NOW + timedelta(days=days))
sizes = st.sampled_from([(728, 90), (1456, 180), (970, 90), (300, 250), (320, 100), (1, 1)])
words = st.frozensets(st.sampled_from(["gorod", "gorod/transport", "sport", "мосты", "река"]), max_size=2)
places = st.lists(
    st.builds(
        Place, st.sampled_from(list(SLOTS.values())), st.sampled_from([DESKTOP, PHONE]), st.just("ru"), tags=words
    ),
    max_size=6,
)
dice = st.integers(0, 2**32).map(lambda seed: random.Random(seed).random)


@st.composite
def stocks(draw: st.DrawFn) -> list[Candidate]:
    """Whatever may be booked: each flight has one campaign, tier and weight, as in the database."""
    stock: list[Candidate] = []
    for flight in range(draw(st.integers(0, 6))):
        booked = Candidate(
            flight,
            draw(st.integers(0, 3)),
            0,
            *draw(sizes),
            draw(moments),
            draw(st.none() | moments),
            draw(st.sampled_from([0, 20, 40])),
            draw(st.integers(0, 3)),
            slots=draw(st.frozensets(st.sampled_from(list(SLOTS)), max_size=4)),
            tags=draw(words),
            remaining=draw(st.none() | st.integers(0, 2)),
            lacks_erid=draw(st.booleans()),
        )
        stock.append(replace(booked, creative=flight * 10))
        width, height = draw(sizes)
        stock.append(replace(booked, creative=flight * 10 + 1, width=width, height=height))
    return stock


@given(places, stocks(), dice)
def test_it_shows_only_what_may_be_shown(places: list[Place], stock: list[Candidate], dice: Dice) -> None:
    for place, chosen in zip(places, fill(places, stock, NOW, dice), strict=True):
        eligible = [candidate for candidate in stock if refusal(candidate, place, NOW) is None]
        assert (chosen in eligible) if eligible else chosen is None


@given(places, stocks(), dice)
def test_it_repeats_no_campaign_while_there_is_another(places: list[Place], stock: list[Candidate], dice: Dice) -> None:
    used: set[int] = set()
    for place, chosen in zip(places, fill(places, stock, NOW, dice), strict=True):
        eligible = {candidate.campaign for candidate in stock if refusal(candidate, place, NOW) is None}
        assert chosen is None or chosen.campaign not in used or eligible <= used
        used |= {chosen.campaign} if chosen else set()


@given(places, stocks(), dice)
def test_it_shows_the_first_tier_that_has_something_new(
    places: list[Place], stock: list[Candidate], dice: Dice
) -> None:
    used: set[int] = set()
    for place, chosen in zip(places, fill(places, stock, NOW, dice), strict=True):
        eligible = [candidate for candidate in stock if refusal(candidate, place, NOW) is None]
        fresh = [candidate for candidate in eligible if candidate.campaign not in used] or eligible
        assert chosen is None or chosen.tier == min(candidate.tier for candidate in fresh)
        used |= {chosen.campaign} if chosen else set()


def test_it_shows_each_flight_by_its_weight() -> None:
    stock = [replace(BOOKED, flight=number, campaign=number, weight=number) for number in (1, 2, 3)]
    roll = random.Random(7).random
    shown = Counter(chosen.flight for _ in range(6_000) for chosen in fill([PLACE], stock, NOW, roll) if chosen)
    assert {flight: round(number, -2) for flight, number in shown.items()} == {1: 1_000, 2: 2_000, 3: 3_000}


def test_it_weighs_a_flight_once_however_many_creatives_it_has() -> None:
    stock = [replace(BOOKED, creative=number) for number in range(9)] + [replace(BOOKED, flight=2, campaign=2)]
    roll = random.Random(7).random
    shown = Counter(chosen.flight for _ in range(2_000) for chosen in fill([PLACE], stock, NOW, roll) if chosen)
    assert round(shown[2], -2) == 1_000


@pytest.mark.parametrize(("rolled", "flight"), [(0.0, 1), (0.249999, 1), (0.25, 2), (0.999999, 2)])
def test_it_draws_from_half_open_ranges(rolled: float, flight: int) -> None:
    stock = [replace(BOOKED, weight=1), replace(BOOKED, flight=2, campaign=2, weight=3)]
    [chosen] = fill([PLACE], stock, NOW, lambda: rolled)
    assert chosen
    assert chosen.flight == flight


def test_it_takes_the_largest_size_of_a_flight() -> None:
    stock = [replace(BOOKED, creative=1), replace(BOOKED, creative=2, width=1940, height=180)]
    [chosen] = fill([replace(PLACE, slot=SLOTS["page-top"])], stock, NOW, lambda: 0.0)
    assert chosen
    assert chosen.creative == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"starts_at": NOW + timedelta(seconds=1)}, "It has not started."),
        ({"ends_at": NOW}, "It is over."),
        ({"ends_at": NOW + timedelta(seconds=1)}, None),
        ({"weight": 0}, "Its weight is 0."),
        ({"lacks_erid": True}, "It has no erid."),
        ({"remaining": 0}, "Its goal is reached."),
        ({"remaining_today": 0}, "It was shown often enough today."),
        ({"slots": frozenset({"side"})}, "It is not booked for this place."),
        ({"width": 729}, "Its size does not fit this place."),
        ({"language": "en"}, "It is booked for another language."),
        ({"categories": frozenset({"gorod"})}, None),
        ({"categories": frozenset({"gorod/transport"})}, None),
        ({"categories": frozenset({"gorod/dvory", "sport"})}, "It is booked for other categories."),
        ({"tags": frozenset({"река", "мосты"})}, None),
        ({"tags": frozenset({"река"})}, "It is booked for other tags."),
    ],
)
def test_it_says_why_something_is_not_shown(change: dict[str, object], reason: str | None) -> None:
    with translation.override("en"):
        found = refusal(replace(BOOKED, **change), PLACE, NOW)  # type: ignore[arg-type]  # one field of its own type
        assert found == reason
